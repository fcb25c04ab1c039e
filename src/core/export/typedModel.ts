import { explainAction } from '../catalogue/actions';
import { isFieldName } from '../catalogue/fieldNames';
import type { JsonObject } from '../smile/fields';
import type { JobDocument } from '../smile/job';
import { READING_LIMITS } from '../smile/readingLimits';
import type { Steps } from '../slicedWork';

/** What was seen at one position of the responses. */
interface Shape {
  readonly plain: Set<'string' | 'number' | 'boolean' | 'null'>;
  /** How many objects were seen here, and their fields. */
  objects: number;
  readonly fields: Map<string, { readonly shape: Shape; seen: number }>;
  lists: number;
  items: Shape | null;
  /** Whether keys were seen that are not names of fields: they may be data, so none of them is named. */
  others: boolean;
  /** A map whose content is not read. */
  free: boolean;
}

const newShape = (): Shape => ({
  plain: new Set(),
  objects: 0,
  fields: new Map(),
  lists: 0,
  items: null,
  others: false,
  free: false,
});

/** Maps whose keys are the authority's or the user's own: they are typed as a whole. */
const FREE = /^(full_?data|image_?links|personal_?info|optional_?info)$/i;

/**
 * TypeScript interfaces of the responses that were seen: a field that some leave out is optional, one with
 * several types is a union. Never a value, and only names of fields that Smile ID documents: an index
 * signature covers all others.
 */
export function* typedModelSteps(
  responses: readonly JsonObject[],
  document: JobDocument = 'job-status',
): Steps<string> {
  const root = newShape();
  for (const response of responses) yield* look(root, response, 1);
  const declarations = new Declarations();
  yield* declare(root, NAMES[document], declarations);
  return `${declarations.texts.reverse().join('\n\n')}\n`;
}

/** The name of the outermost interface. */
const NAMES: Readonly<Record<JobDocument, string>> = {
  'job-status': 'JobStatusResponse',
  result: 'Callback',
  status: 'JobStatusResponse',
  webhook: 'Webhook',
  accepted: 'AcceptedResponse',
};

/** The interfaces so far, each with a name of its own. */
class Declarations {
  readonly texts: string[] = [];
  private readonly taken = new Set<string>();
  /** The last number that was added to a name: counting from 2 each time would take longer and longer. */
  private readonly numbers = new Map<string, number>();

  nameFor(name: string): string {
    let own = name;
    while (this.taken.has(own)) {
      const number = (this.numbers.get(name) ?? 1) + 1;
      this.numbers.set(name, number);
      own = `${name}${number}`;
    }
    this.taken.add(own);
    return own;
  }
}

function* look(shape: Shape, value: unknown, level: number): Steps<void> {
  yield;
  if (level > READING_LIMITS.levels) return;
  if (Array.isArray(value)) {
    shape.lists += 1;
    shape.items ??= newShape();
    for (const item of value) yield* look(shape.items, item, level + 1);
  } else if (value === null) {
    shape.plain.add('null');
  } else if (typeof value === 'object') {
    shape.objects += 1;
    for (const [key, field] of Object.entries(value)) {
      if (shape.free) continue;
      if (!isFieldName(key) && explainAction(key) === null) {
        shape.others = true;
        continue;
      }
      const known = shape.fields.get(key) ?? { shape: newShape(), seen: 0 };
      known.seen += 1;
      shape.fields.set(key, known);
      known.shape.free ||= FREE.test(key);
      yield* look(known.shape, field, level + 1);
    }
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    shape.plain.add(typeof value as 'string' | 'number' | 'boolean');
  }
}

function* typeOf(shape: Shape, name: string, declarations: Declarations): Steps<string> {
  yield;
  const types: string[] = [...shape.plain].filter((type) => type !== 'null').sort();
  if (shape.objects > 0) {
    types.push(
      shape.free || (shape.others && shape.fields.size === 0)
        ? 'Record<string, unknown>'
        : yield* declare(shape, name, declarations),
    );
  }
  if (shape.lists > 0) {
    const item = shape.items ? yield* typeOf(shape.items, singular(name), declarations) : '';
    const type = item === '' ? 'unknown' : item;
    types.push(type.includes(' ') ? `(${type})[]` : `${type}[]`);
  }
  // where only null was seen, it is not known what else there may be
  if (shape.plain.has('null')) types.push(types.length === 0 ? 'unknown' : 'null');
  return types.join(' | ');
}

function* declare(shape: Shape, name: string, declarations: Declarations): Steps<string> {
  const own = declarations.nameFor(name);
  const fields: string[] = [];
  for (const [key, { shape: field, seen }] of shape.fields) {
    const quoted = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    const type = yield* typeOf(field, pascalCase(key), declarations);
    fields.push(
      `  ${quoted}${seen < shape.objects ? '?' : ''}: ${type === '' ? 'unknown' : type};`,
    );
  }
  if (shape.others) fields.push('  [field: string]: unknown;');
  const body = fields.map((field) => `${field}\n`).join('');
  declarations.texts.push(`export interface ${own} {\n${body}}`);
  return own;
}

const pascalCase = (key: string): string =>
  key
    .split(/[_-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const singular = (name: string): string =>
  name.endsWith('ies')
    ? `${name.slice(0, -3)}y`
    : name.endsWith('s')
      ? name.slice(0, -1)
      : `${name}Entry`;
