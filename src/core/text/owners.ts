import type { CodeTree } from './codeTree';
import { headOf, type Head } from './functions';
import { bareName } from './names';
import { stringAt } from './values';

/** What a group belongs to, as the words before its bracket say, or its key in YAML. */
export interface Owner {
  readonly opener: number;
  /** Names and strings in the order of the text: `const`, `smile`. */
  readonly words: readonly string[];
}

const MOST_WORDS = 20;
const MOST_TOKENS = 60;
const DEEPEST = 40;

/** What a token is in, from the inside out. Strings with code in them are passed over. */
export function* ownersOf(code: CodeTree, index: number): Generator<Owner> {
  let opener = code.openerOf(code.whole(index).first);
  for (let depth = 0; opener >= 0 && depth < DEEPEST; depth += 1) {
    if (code.tokens.kindAt(opener) !== 'quote') yield { opener, words: wordsOf(code, opener) };
    opener = code.openerOf(opener);
  }
}

/** The functions and classes around a token, from the inside out. */
export function* headsAround(code: CodeTree, index: number): Generator<Head> {
  let opener = code.openerOf(index);
  for (let depth = 0; opener >= 0 && depth < DEEPEST * 3; depth += 1) {
    const head = headOf(code, opener);
    if (head !== null) yield head;
    opener = code.openerOf(opener);
  }
}

function wordsOf(code: CodeTree, opener: number): string[] {
  const { tokens } = code;
  const found: string[] = [];
  const add = (at: number): void => {
    const kind = tokens.kindAt(at);
    const text = kind === 'quote' ? stringAt(code, at) : bareName(tokens.textOf(at));
    if (text !== null && (kind === 'word' || kind === 'plain' || kind === 'quote'))
      found.push(text);
  };
  const isBracket = tokens.kindAt(opener) === 'open';
  if (!isBracket) {
    // the head of a block comes after the word that opens it
    for (
      let at = opener, steps = 0;
      at >= 0 && found.length < MOST_WORDS && steps < MOST_TOKENS;
      steps += 1
    ) {
      add(at);
      if (code.language.layout !== 'code') break;
      at = code.after(at);
    }
    return found;
  }
  let at = code.before(opener);
  for (let steps = 0; at >= 0 && found.length < MOST_WORDS && steps < MOST_TOKENS; steps += 1) {
    if (tokens.textOf(at) === ')') {
      // `switch (resultCode) {`
      const open = tokens.partnerOf(at);
      let inner = code.firstPart(open)?.last ?? -1;
      for (let more = 0; inner >= 0 && more < MOST_WORDS; more += 1) {
        add(inner);
        inner = code.before(inner);
      }
    }
    add(at);
    at = code.before(at);
  }
  return found.reverse();
}
