import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, type LintDocument, type RuleId } from '../../../src/core/lint/lint';

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

/** The blocks of a file in this folder: each begins with "=== language path: title". */
export function blocksOf(
  file: string,
): { name: string; languageId: string; path: string; body: string }[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.split('\n');
      const { 1: languageId = '', 2: path = '' } = /^(\w+) ([^\s:]+)/.exec(head) ?? [];
      return { name: head, languageId, path, body: lines.join('\n') };
    });
}

const FILES: readonly string[] = [...RULES.map(({ id }) => id), 'whole-files'];

export const corpus: readonly Snippet[] = FILES.flatMap((rule) =>
  blocksOf(`${rule}.txt`).map(({ name, languageId, path, body }) => {
    const { text, marks } = unmarked(body, rule);
    return { name: `${rule}: ${name}`, document: { text, languageId, path }, marks };
  }),
);
