import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, type LintDocument, type RuleId } from '../../../src/core/lint/run/lint';

export interface Mark {
  readonly rule: RuleId;
  readonly start: number;
  readonly end: number;
}

export interface Snippet {
  readonly name: string;
  readonly document: LintDocument;
  readonly marks: readonly Mark[];
}

/** Takes the marks out of a text: `«1012»`, or `«@another-rule 1012»`. */
function unmarked(marked: string, rule: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  for (const part of marked.split(/(«[^»]*»)/)) {
    const { 1: other, 2: inside } = /^«(?:@([\w-]+) )?([^»]*)»$/.exec(part) ?? [];
    if (inside !== undefined) {
      const start = text.length;
      const named =
        RULES.find(({ id }) => id === other)?.id ?? RULES.find(({ id }) => id === rule)?.id;
      if (named === undefined) throw new Error(`No rule: ${part}`);
      marks.push({ rule: named, start, end: start + inside.length });
    }
    text += inside ?? part;
  }
  return { text, marks };
}

/** The snippets of a file in this folder, as its head in api-key-in-source.txt says. */
const blocksOf = (file: string) =>
  readFileSync(join(import.meta.dirname, `${file}.txt`), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.split('\n');
      const { 1: languageId = '', 2: path = '' } =
        /^(?:fix )?(\w+)(?: ([^\s:]+))?/.exec(head) ?? [];
      const isFix = head.startsWith('fix ');
      return { file, name: `${file}: ${head}`, isFix, languageId, path, body: lines.join('\n') };
    });

const BLOCKS = [...RULES.map(({ id }) => id), 'whole-files'].flatMap(blocksOf);

export const corpus: readonly Snippet[] = BLOCKS.filter(({ isFix }) => !isFix).map(
  ({ file, name, languageId, path, body }) => {
    const { text, marks } = unmarked(body, file);
    return { name, document: { text, languageId, path }, marks };
  },
);

/** Code before and after the fixes of a rule. */
export const fixes = RULES.flatMap(({ id }) =>
  BLOCKS.filter(({ file, isFix }) => isFix && file === id).map(({ name, languageId, body }) => {
    const [before = '', after = ''] = body.split('-----\n');
    return { rule: id, name, languageId, before, after };
  }),
);
