import { wordSet } from '../text/wordSet';
import { wordsOf } from './nameWords';
import { anyOf, inOrder, wholeWord } from './patterns';
import type { Stretch } from './search';
import type { Source } from './source';
import { IS_LIST, statementStart } from './statementStart';

/** How code treats a value as an outcome: by a name, a branch or an entry of a map. */
export interface Treatment {
  /** The name or the piece of code that says it. */
  readonly by: string;
  /** The value stands in a list, and could be taken out of it. */
  readonly isList: boolean;
  /** What is run for it, where it is a branch. */
  readonly branch: string;
}

/** The words by which code says that a value is an outcome. */
interface Outcome {
  /** Of names. */
  readonly words: ReadonlySet<string>;
  /** With one of these, a name says something else. */
  readonly contrary: ReadonlySet<string>;
  /** With this, a branch does something else. */
  readonly contraryText: RegExp;
  readonly call: RegExp;
}

const SUCCESS =
  'approved approve approves approval accepted pass passed passes passing success successes successful ' +
  'succeeded verified ok okay';
const FAILURE =
  'unverified unapproved rejected reject rejects fail failed fails failing failure denied deny declined';
const NEITHER =
  'not non un no error errors pending provisional review wait waiting retry retryable soft partial never false';
const UNCERTAIN = /pending|\breview|\bwait|provisional|retry/;

const callOf = (start: RegExp): RegExp =>
  inOrder('i', /(?:^|[^\w$])/, start, /_?\w*[!]?\s*(?:\(|$|;|\s\w)/);

export const AS_SUCCESS: Outcome = {
  words: wordSet(SUCCESS),
  contrary: wordSet(`${FAILURE} ${NEITHER}`),
  contraryText: anyOf(
    'i',
    UNCERTAIN,
    /reject|fail|den(?:y|ied)|declin|invalid|unverif|unapprov|rror\b/,
    /\b(?:not|false|throw|raise)\b/,
  ),
  call: callOf(/approve|accept|mark(?:_?as)?|set(?:_?as)?|pass/),
};

export const AS_FAILURE: Outcome = {
  words: wordSet(FAILURE),
  contrary: wordSet(`${SUCCESS} ${NEITHER}`),
  contraryText: anyOf(
    'i',
    UNCERTAIN,
    /approv|accept|pass|succe|\bverif|\b(?:ok|not|false|null|nil|none|undefined)\b/,
    /\b(?:clear|reset|remove|delete)/,
  ),
  call: callOf(/reject|deny|decline|fail|mark(?:_?as)?|set(?:_?as)?/),
};

const NOTES = wholeWord('log logger console print puts println printf metrics assert expect echo');
const ANSWERS = anyOf(
  '',
  inOrder(
    '',
    /\b(?:res|resp|response|reply|ctx|c|w)\b/,
    /.{0,40}\.?(?:json|send|status|end|WriteHeader)/,
  ),
  /HttpStatus|Status(?:Codes|\d\d\d|OK)|ResponseEntity/,
  /\bhead\b|\bjson\(|\brender\b/,
  /success:\s*true|['"]success['"]\s*(?:=>|:)\s*[tT]rue/,
);
const VALUE = inOrder(
  '',
  /^\s*(?:[\w$]+(?:\.|::|->))*["'`:]?/,
  /([A-Za-z][\w-]*)["'`]?\s*(?:[;,)}\n:]|$)/,
);
/** A field or a variable that is given a value, as the only thing on the rest of the line. */
const GIVEN = inOrder(
  'g',
  /([\w$]*)["'`\]]?\s*(?:[:=(]|=>|\breturn\b|^)\s*/,
  /((?:[\w$]+(?:\.|::|->))*["'`:]?[A-Za-z][\w-]*["'`]?)(?=\s*(?:[,)}\]]|$))/,
);
const ASSIGNED = inOrder(
  'g',
  /([A-Za-z_$][\w$?-]*)["'`]?\]?\s*(?::\s*[\w$<>[\].?|]+\s*)?/,
  /=>|:=|=(?![=~>])|:(?![:=])/,
);
const ARM = inOrder(
  'y',
  /["'`]?(?:\s*(?:,|\||\bor\b)\s*["'`]?\d{4}["'`]?)*/,
  /\s*(?:->|=>|:(?!:)|\bto\b|\bthen\b|,(?=\s*\w+\.))/,
);
const CHOICE = /["'`\])]*(?:\s*===?\s*true)?\s*\?(?![.?])/y;
const FUNCTION = anyOf(
  'g',
  inOrder(
    '',
    /\b(?:function|def|fun|func|bool|boolean|Boolean)\s+/,
    /(?:self\.|\([^)\n]*\)\s*)?(\w+\??)/,
  ),
  inOrder(
    '',
    /\b(?:const|let|var|val)\s+(\w+)\s*=\s*(?:async\s*)?/,
    /(?:\([^()\n]*\)|\w+)\s*(?::\s*\w+\s*)?=>/,
  ),
);
const NEGATION = anyOf(
  'i',
  /!==?|<>|\bnot\b|\bunless\b|(?<![\w)])!(?=\s*[[(\w$%])|\bfalse\s*===?/,
  /\bassert|\bexpect\(|\bwhile\b|\buntil\b/,
);

/**
 * Whether code treats the value of a range as an outcome; null where it does not, or where that is not known without
 * running it. Looks at the statement, at its branch, and at the name of the function.
 */
export function treatmentOf(
  source: Source,
  { start, end }: Stretch,
  outcome: Outcome,
): Treatment | null {
  const { code, bare } = source;
  const from = statementStart(source, start);
  const head = code.slice(from, start);
  const after = code.slice(end, end + 160).split('\n', 1)[0] ?? '';
  if (NEGATION.test(bare.slice(from, start)) || /^["'`\])]*\s*(?:!=|<>)/.test(after)) return null;
  const says = (name: string): boolean => {
    const all = wordsOf(name);
    return (
      all.some((word) => outcome.words.has(word)) && !all.some((word) => outcome.contrary.has(word))
    );
  };
  const treated = (by: string, isList = false, branch = ''): Treatment => ({ by, isList, branch });
  const ofBranch = (branch: string): Treatment | null =>
    branchSays(branch, outcome, says) ? treated('', false, branch) : null;

  const choice = matchAt(CHOICE, code, end);
  if (choice !== null) return ofValue(code.slice(choice, choice + 60), says, treated);

  const arm = matchAt(ARM, code, end);
  const label = /^\s*\}?\s*(?:case|when)\b/.test(head);
  if (label) {
    const at = arm ?? source.lineEnd(end);
    return at === null ? null : ofBranch(blockAfter(code, at, indentAt(source, from, head)));
  }
  const condition = lastMatch(/\b(?:if|elif|elsif|elseif)\b/g, bare.slice(from, start));
  if (condition !== null) {
    const before = head.slice(0, condition).replace(/^\s*\}?\s*(?:else)?\s*/, '');
    if (before !== '' && source.language.blocks !== 'brackets') return ofBranch(before);
    const at = conditionEnd(bare, from + condition, end);
    return ofBranch(blockAfter(code, at, indentAt(source, from, head)));
  }
  const isEntry = arm !== null && !/["'`]?\s*,/.test(code.slice(end, end + 2));
  if (isEntry || (arm !== null && /(?:\bput|\.of|mapOf)\s*\([^)]*$/.test(head))) {
    const value = code.slice(arm, arm + 80);
    if (!/^\s*true\b/i.test(value)) {
      return arm > 0 ? ofValue(value, says, treated) : null;
    }
  }
  const names = [...head.matchAll(ASSIGNED)];
  const name = source.languageId === 'yaml' ? yamlKey(code, start) : (names.at(-1)?.[1] ?? '');
  if (says(name)) return treated(name, isInList(source, start));
  const caller = functionAround(code, from, start);
  const returns =
    /\breturn\b|=>\s*$|^\s*[[%("'\w]/.test(head) && (name === '' || /=>|fun\b/.test(head));
  return returns && says(caller) ? treated(caller, isInList(source, start)) : null;
}

function ofValue(
  text: string,
  says: (name: string) => boolean,
  treated: (by: string) => Treatment,
): Treatment | null {
  const value = VALUE.exec(text)?.[1] ?? '';
  return wordsOf(value).length <= 3 && says(value) ? treated(value) : null;
}

function branchSays(
  branch: string,
  { contraryText, call }: Outcome,
  says: (name: string) => boolean,
): boolean {
  if (contraryText.test(branch)) return false;
  return branch.split(/[\n;]/).some((line) => {
    if (NOTES.test(line)) return false;
    // Who answers a callback with success says that it has arrived.
    if (ANSWERS.test(line) && !/verif|approv/i.test(line)) return false;
    const calls = call.exec(line)?.[0] ?? '';
    if (calls !== '' && says(calls)) return true;
    for (const [, name = '', value = ''] of line.matchAll(GIVEN)) {
      if (/^true$/i.test(value) ? says(name) : wordsOf(value).length <= 4 && says(value))
        return true;
    }
    return false;
  });
}

function conditionEnd(bare: string, keyword: number, from: number): number {
  const isParenthesised = /^\w+\s*\(/.test(bare.slice(keyword, keyword + 12));
  let depth = 0;
  for (let i = keyword; i < bare.length && i < from + 400; i += 1) {
    const sign = bare.charAt(i);
    if (sign === '(' || sign === '[') depth += 1;
    else if (sign === ')' || sign === ']') {
      depth -= 1;
      if (depth === 0 && isParenthesised && i >= from) return i + 1;
    } else if (depth === 0 && i >= from && (sign === '{' || sign === ':' || sign === '\n')) {
      return i + 1;
    }
  }
  return from;
}

/** What follows a condition or a label: the rest of its line, and the lines that are indented deeper. */
function blockAfter(code: string, at: number, indent: number): string {
  const [first = '', ...lines] = code.slice(at, at + 500).split('\n');
  let block = first.split(/\}|\belse\b/, 1)[0] ?? '';
  let hasBegun = /[^\s{]/.test(block);
  for (const line of lines.slice(0, 8)) {
    const own = line.length - line.trimStart().length;
    if (line.trim() === '' || line.trim() === '{') continue;
    const isLabel = !hasBegun && /^\s*(?:case|when)\b/.test(line);
    if (own <= indent && !isLabel) break;
    if (isLabel) {
      const rest = /(?::|->|then\b)(.*)$/.exec(line)?.[1] ?? '';
      block += `\n${rest}`;
      hasBegun ||= rest.trim() !== '';
      continue;
    }
    if (/^\s*(?:break|continue)\b/.test(line)) break;
    hasBegun = true;
    block += `\n${line}`;
  }
  return block;
}

function indentAt(source: Source, from: number, head: string): number {
  return source.lineBefore(from + (head.length - head.trimStart().length)).length;
}

function functionAround(code: string, from: number, start: number): string {
  const above = code.slice(Math.max(0, from - 400), start);
  const found = [...above.matchAll(FUNCTION)].at(-1);
  return found?.[1] ?? found?.[2] ?? '';
}

/** The key above or beside a value of YAML. */
function yamlKey(code: string, at: number): string {
  const lines = code.slice(Math.max(0, at - 1500), at).split('\n');
  for (const line of lines.reverse()) {
    const key = /^\s*(?:-\s+)?["']?([\w-]+)["']?\s*:/.exec(line)?.[1];
    if (key !== undefined) return key;
    if (!/^\s*(?:-|$)/.test(line)) return '';
  }
  return '';
}

function isInList(source: Source, at: number): boolean {
  const open = source.openerBefore(at);
  return (
    (open >= 0 && IS_LIST.test(source.bare.slice(open + 1, at))) ||
    (source.languageId === 'yaml' &&
      /(?:^|\n)[ \t]*-[ \t]*["']?$/.test(source.code.slice(Math.max(0, at - 40), at)))
  );
}

function matchAt(pattern: RegExp, code: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : null;
}

function lastMatch(pattern: RegExp, text: string): number | null {
  return [...text.matchAll(pattern)].at(-1)?.index ?? null;
}
