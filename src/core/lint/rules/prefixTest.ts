import * as l10n from '../../l10n';
import { allCodes } from '../../catalogue/catalogue';
import type { Fix } from '../finding';
import { anyOf, inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';

/** A text of one to three digits. */
const QUOTED = /["'`]\d{1,3}["'`]/;
const REGEXP = /\/\^\d{1,3}(?:\.|\\d)*[*+]?\$?\//;
/** Tests of the value before them. */
const AFTER_NAME = anyOf(
  'gi',
  inOrder(
    '',
    /\.(?:startsWith|startswith|start_with\?|StartsWith)\(\s*/,
    anyOf(
      '',
      inOrder('', QUOTED, /[^()\n]{0,40}\)/),
      inOrder('', /\(\s*/, QUOTED, /[^()\n]{0,40}\)\)/),
    ),
  ),
  inOrder(
    '',
    anyOf(
      '',
      /\.(?:slice|substring|substr)\(\s*0\s*,\s*[123]\s*\)/,
      /\.charAt\(0\)|(?:\?\.)?\[0\]/,
    ),
    /\s*[!=]==?\s*/,
    QUOTED,
  ),
  inOrder('', /\.indexOf\(\s*/, QUOTED, /\s*\)\s*={2,3}\s*0\b/),
  inOrder('', /\[(?:0?:[123]|0\.\.[012]|0\.\.\.[123]|0,\s?[123])\]\s*[!=]=\s*/, QUOTED),
  inOrder(
    '',
    /\.(?:match|matches|match\?)\(\s*/,
    anyOf('', REGEXP, /"\^?\d{1,3}(?:\.|\\d)*[*+]?(?:\{\d\})?\$?"/),
    /\s*\)/,
  ),
  inOrder('', /=~\s*/, REGEXP),
  /\blike\s+'\d{1,3}%'/,
);
/** Tests of the value that is in one of the groups. */
const AROUND_NAME = anyOf(
  'g',
  inOrder('', /\b(?:strings\.HasPrefix|str_starts_with)\(([^(),\n]{1,80}),\s*/, QUOTED, /\s*\)/),
  inOrder('', /\bstrpos\(([^(),\n]{1,80}),\s*/, QUOTED, /\s*\)\s*===?\s*0\b/),
  inOrder('', /\bsubstr\(([^(),\n]{1,80}),\s*0,\s*[123]\)\s*===?\s*/, QUOTED),
  inOrder(
    '',
    /\b(?:preg_match|re\.(?:match|search))\(\s*/,
    /r?["']\/?\^\d{1,3}(?:\.|\\d)*\$?\/?["']\s*,\s*([^(),\n]{1,80})\)/,
  ),
  inOrder('', REGEXP, /\.test\(([^(),\n]{1,80})\)/),
);

/** `result.ResultCode`, `result['ResultCode']`, `$result->code`: an expression that can be moved as it is. */
const RECEIVER = /(?:\$?[\w@]+)(?:(?:\?\.|\.|->)\w+(?:\(\))?|\[["']\w+["']\])*$/;
/** More codes than anybody reads in one line. */
const MOST = 20;

/** Of a test that can be written with whole codes. */
interface Detail {
  /** The expression whose first digits are tested. */
  readonly tested: Stretch;
  readonly prefix: string;
}

/** Result codes tested by their first digits (integrators' code; the groups are nowhere documented). */
function* check(source: Source): Generator<Problem<Detail>> {
  const { code } = source;
  const problems = (start: number, end: number, tested: Stretch | null): Problem<Detail>[] => {
    const prefixes: string[] = code.slice(start, end).match(/(?<!\d)\d{2,3}(?!\d)/g) ?? [];
    const message = l10n.t(
      'Result codes are not grouped by their first digits: 1012 is found but 1013 to 1016 are not, 0810 is approved but 0811 is not. Compare whole codes.',
    );
    const [prefix, ...others] = prefixes;
    const isOne = tested !== null && prefix !== undefined && others.length === 0;
    return [{ start, end, message, detail: isOne ? { tested, prefix } : undefined }];
  };
  for (const { 0: test, index } of source.matches(AFTER_NAME)) {
    const isQuery = /^like/i.test(test);
    if (source.isInString(index) !== isQuery) continue;
    const before = code.slice(Math.max(0, index - 80), index);
    const name = /([A-Za-z_]\w*)["'\])}]*(?:\(\))?[?!\s]*$/.exec(before)?.[1];
    if (name === undefined || !source.isCodeName(name)) continue;
    const receiver = RECEIVER.exec(before);
    const isMovable =
      receiver !== null && !isQuery && isWhole(test, before.slice(0, receiver.index));
    yield* problems(
      index - (before.length - before.lastIndexOf(name)),
      index + test.length,
      isMovable ? { start: index - receiver[0].length, end: index } : null,
    );
  }
  for (const { 0: test, index, ...groups } of source.matches(AROUND_NAME)) {
    const operand = [groups[1], groups[2], groups[3], groups[4], groups[5]].find(Boolean) ?? '';
    const name = /([A-Za-z_]\w*)\W*$/.exec(operand)?.[1];
    if (source.isInString(index) || name === undefined || !source.isCodeName(name)) continue;
    const start = index + test.lastIndexOf(operand);
    const isMovable = IS_PATTERN.test(test) && RECEIVER.exec(operand)?.[0] === operand;
    yield* problems(
      index,
      index + test.length,
      isMovable ? { start, end: start + operand.length } : null,
    );
  }
}

const IS_CALL = /^\.(?:startsWith|startswith|start_with\?)\(\s*["'`]\d+["'`]\s*\)$/;
const IS_PATTERN = /^\/\^\d+(?:\.\*)?\/\.test\(/;
const IS_CUT = inOrder(
  '',
  anyOf(
    '',
    /^\.(?:slice|substring|substr)\(\s*0\s*,\s*(\d)\s*\)\s*={2,3}/,
    /^\[0?:(\d)\]\s*==|^\[0,\s?(\d)\]\s*==/,
  ),
  /\s*["'`](\d+)["'`]$/,
);
const BEGINS_HERE = anyOf(
  '',
  /(?:[(,{};=:?&|]|^)\s*$/,
  /\b(?:return|if|and|or|not|when|elif|elsif|unless)\s*$/,
);

/** Whether a test asks for nothing but the first digits, as many as it names. */
function isWhole(test: string, before: string): boolean {
  const cut = IS_CUT.exec(test);
  if (cut === null) return IS_CALL.test(test);
  // A sign before it would belong to the value, and not to the comparison.
  if (!BEGINS_HERE.test(before)) return false;
  return Number(cut[1] ?? cut[2] ?? cut[3]) === cut[4]?.length;
}

/** The documented codes of jobs that begin so, each once. */
function codesOf(prefix: string): string[] {
  const codes = allCodes().filter(
    ({ code, kind, api }) => kind === 'result' && api === 'v1' && code.startsWith(prefix),
  );
  return [...new Set(codes.map(({ code }) => code))].sort();
}

/** The same test with whole codes: for the documented ones it answers as before, and those not meant can be seen. */
function fix(source: Source, { start, end }: Stretch, { tested, prefix }: Detail): Fix[] {
  const codes = codesOf(prefix);
  if (codes.length === 0 || codes.length > MOST) return [];
  const { code, language } = source;
  const value = source.slice(tested);
  // In Python, `x in (...) == y` would compare all three.
  if (/^\s*(?:[=!]=|is\b|in\b)/.test(code.slice(end, end + 9))) return [];
  const text = language.isOneOf?.(value, codes);
  if (text === undefined) return [];
  const shown = `${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ', …' : ''}`;
  const title = l10n.t('Compare with the codes that begin like this: {0}', shown);
  return [{ title, edits: [{ start: Math.min(tested.start, start), end, text }] }];
}

export const rule = defineRule({
  id: 'prefix-test',
  title: 'Result code tested by its first digits',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'codes compared by their first digits',
  setting: 'Result codes are compared by their first digits.',
  text: `
Codes are not grouped by their first digits: 1012 says that an ID number was found, 1013 that it was
not; 0810 and 0811 are an approval and a rejection. Compare whole codes: the fix for JavaScript,
TypeScript, Python and Ruby writes the documented ones that begin so, and you take out those that
are not meant.
`,
  wrong: `
// Smile ID
if (result.ResultCode.startsWith('081')) approve(user);
`,
  right: `
// Smile ID
if (['0810', '1210'].includes(result.ResultCode)) approve(user);
`,
};
