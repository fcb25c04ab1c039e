import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Term, TermKind } from '../../../src/core/codes/terms';

const KINDS: Readonly<Record<string, TermKind>> = {
  c: 'code',
  a: 'action',
  v: 'actionValue',
  j: 'jobType',
  s: 'status',
  r: 'reason',
};

export type Mark = Pick<Term, 'kind' | 'start' | 'end'>;
export interface Snippet {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** The snippets of a file in this folder. Marks are explained at the head of terms.txt; names of the SDKs (k) are found elsewhere. */
export function snippetsOf(file: string): Snippet[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.split('\n');
      const marks: Mark[] = [];
      let text = '';
      for (const part of lines.join('\n').split(/(«(?:[a-z]:)?[^»]*»)/)) {
        const { 1: letter = 'c', 2: word } = /^«(?:([a-z]):)?([^»]*)»$/.exec(part) ?? [];
        const kind = KINDS[letter];
        if (word !== undefined && kind !== undefined) {
          marks.push({ kind, start: text.length, end: text.length + word.length });
        }
        text += word ?? part;
      }
      return { name: head, languageId: head.split(':')[0] ?? '', text, marks };
    });
}
