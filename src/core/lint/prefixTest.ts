import * as l10n from '../l10n';
import { allCodes } from '../catalogue/catalogue';
import type { Finding, Fix } from './finding';
import type { Stretch } from './search';
import type { Source } from './source';

/** A text of one to three digits that is followed by nothing, or by anything. */
const PREFIX = String.raw`\d{1,3}`;
const IN_QUOTES = String.raw`["'\x60]${PREFIX}["'\x60]`;
const PATTERN = String.raw`\^?${PREFIX}(?:\.|\\d)*[*+]?(?:\{\d\})?\$?`;
/** Tests of the value before them. */
const AFTER_NAME = new RegExp(
  String.raw`\.(?:startsWith|startswith|start_with\?|StartsWith)\((?:\s*${IN_QUOTES}[^()\n]{0,40}\)|\s*\(\s*${IN_QUOTES}[^()\n]{0,40}\)\))` +
    String.raw`|(?:\.(?:slice|substring|substr)\(\s*0\s*,\s*[123]\s*\)|\.charAt\(0\)|(?:\?\.)?\[0\])\s*[!=]==?\s*${IN_QUOTES}` +
    String.raw`|\.indexOf\(\s*${IN_QUOTES}\s*\)\s*={2,3}\s*0\b` +
    String.raw`|\[(?:0?:[123]|0\.\.[012]|0\.\.\.[123]|0,\s?[123])\]\s*[!=]=\s*${IN_QUOTES}` +
    String.raw`|\.(?:match|matches|match\?)\(\s*(?:\/\^${PREFIX}(?:\.|\\d)*[*+]?\$?\/|"${PATTERN}")\s*\)` +
    String.raw`|=~\s*\/\^${PREFIX}(?:\.|\\d)*[*+]?\$?\/` +
    String.raw`|\blike\s+'${PREFIX}%'`,
  'gi',
);
/** Tests of the value that is group 1 or 2. */
const AROUND_NAME = new RegExp(
  String.raw`\b(?:strings\.HasPrefix|str_starts_with)\(([^(),\n]{1,80}),\s*${IN_QUOTES}\s*\)` +
    String.raw`|\bstrpos\(([^(),\n]{1,80}),\s*${IN_QUOTES}\s*\)\s*===?\s*0\b` +
    String.raw`|\bsubstr\(([^(),\n]{1,80}),\s*0,\s*[123]\)\s*===?\s*${IN_QUOTES}` +
    String.raw`|\b(?:preg_match|re\.(?:match|search))\(\s*r?["']\/?\^${PREFIX}(?:\.|\\d)*\$?\/?["']\s*,\s*([^(),\n]{1,80})\)` +
    String.raw`|\/\^${PREFIX}(?:\.|\\d)*[*+]?\$?\/\.test\(([^(),\n]{1,80})\)`,
  'g',
);

/** `result.ResultCode`, `result['ResultCode']`, `$result->code`: an expression that can be moved as it is. */
const RECEIVER = /(?:\$?[\w@]+)(?:(?:\?\.|\.|->)\w+(?:\(\))?|\[["']\w+["']\])*$/;
/** More codes than anybody reads in one line. */
const MOST = 20;

/** Result codes tested by their first digits (integrators' code; the groups are nowhere documented). */
export function prefixTest(source: Source): Finding[] {
  const found: Finding[] = [];
  const report = (start: number, end: number, tested: Stretch | null): void => {
    const prefixes = code.slice(start, end).match(/(?<!\d)\d{2,3}(?!\d)/g) ?? [];
    found.push({
      rule: 'prefix-test',
      start,
      end,
      message: l10n.t(
        'Result codes are not grouped by their first digits: 1012 is found but 1013 to 1016 are not, 0810 is approved but 0811 is not. Compare whole codes.',
      ),
      fixes:
        tested === null || prefixes.length !== 1
          ? []
          : wholeCodes(source, tested, { start, end }, prefixes[0]),
    });
  };
  const { code } = source;
  for (const { 0: test, index } of source.matches(AFTER_NAME)) {
    const isQuery = /^like/i.test(test);
    if (source.isInString(index) !== isQuery) continue;
    const before = code.slice(Math.max(0, index - 80), index);
    const name = /([A-Za-z_]\w*)["'\])}]*(?:\(\))?[?!\s]*$/.exec(before)?.[1];
    if (name !== undefined && source.isCodeName(name)) {
      const receiver = RECEIVER.exec(before);
      const end = index + test.length;
      report(
        index - (before.length - before.lastIndexOf(name)),
        end,
        receiver === null || isQuery || !isWhole(test, before.slice(0, receiver.index))
          ? null
          : { start: index - receiver[0].length, end: index },
      );
    }
  }
  for (const { 0: test, index, ...groups } of source.matches(AROUND_NAME)) {
    const operand = [groups[1], groups[2], groups[3], groups[4], groups[5]].find(Boolean) ?? '';
    const name = /([A-Za-z_]\w*)\W*$/.exec(operand)?.[1];
    if (!source.isInString(index) && name !== undefined && source.isCodeName(name)) {
      const start = index + test.lastIndexOf(operand);
      const isMovable = IS_PATTERN.test(test) && RECEIVER.exec(operand)?.[0] === operand;
      report(index, index + test.length, isMovable ? { start, end: start + operand.length } : null);
    }
  }
  return found;
}

const IS_CALL = /^\.(?:startsWith|startswith|start_with\?)\(\s*["'`]\d+["'`]\s*\)$/;
const IS_PATTERN = /^\/\^\d+(?:\.\*)?\/\.test\(/;
const IS_CUT =
  /^(?:\.(?:slice|substring|substr)\(\s*0\s*,\s*(\d)\s*\)\s*={2,3}|\[0?:(\d)\]\s*==|\[0,\s?(\d)\]\s*==)\s*["'`](\d+)["'`]$/;

/** Whether a test asks for nothing but the first digits, as many as it names. */
function isWhole(test: string, before: string): boolean {
  const cut = IS_CUT.exec(test);
  if (cut === null) return IS_CALL.test(test);
  // A sign before it would belong to the value, and not to the comparison.
  if (!/(?:[(,{};=:?&|]|\b(?:return|if|and|or|not|when|elif|elsif|unless)|^)\s*$/.test(before))
    return false;
  return Number(cut[1] ?? cut[2] ?? cut[3]) === cut[4]?.length;
}

/** The documented codes of jobs that begin so, each once. */
function codesOf(prefix: string): string[] {
  const codes = allCodes().filter(
    ({ code, kind, api }) => kind === 'result' && api === 'v1' && code.startsWith(prefix),
  );
  return [...new Set(codes.map(({ code }) => code))].sort();
}

/**
 * The same test with whole codes: for the documented ones it answers as before, and which of them are meant
 * can be seen and mended.
 *
 * @param tested the expression whose first digits are tested
 * @param test what is reported: from the code's name on
 */
function wholeCodes(source: Source, tested: Stretch, test: Stretch, prefix = ''): Fix[] {
  const codes = codesOf(prefix);
  if (codes.length === 0 || codes.length > MOST) return [];
  const { code, language } = source;
  const value = source.slice(tested);
  const { end } = test;
  // In Python, `x in (...) == y` would compare all three.
  if (/^\s*(?:[=!]=|is\b|in\b)/.test(code.slice(end, end + 9))) return [];
  const text = language.isOneOf?.(value, codes);
  if (text === undefined) return [];
  const shown = `${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ', …' : ''}`;
  const title = l10n.t('Compare with the codes that begin like this: {0}', shown);
  return [{ title, edits: [{ start: Math.min(tested.start, test.start), end, text }] }];
}
