import { labelsOf, productLabel } from '../catalogue/catalogue';
import { OUTCOMES, type CodeMeaning, type CodeOutcome } from '../catalogue/types';
import type { Verdict } from '../smile/job';
import type { ProductCode } from './resultCodes';

/** What ends the label of a branch; empty in Python and Ruby, which know one kind. */
export type BranchSign = ':' | '->' | '=>' | '';

/** A code with its label, and what to beware of. */
interface Coded {
  readonly code: string;
  readonly label: string;
  readonly notes: readonly string[];
}

/** All codes of an outcome. */
export interface Branch {
  readonly outcome: Verdict;
  readonly codes: readonly Coded[];
}

/** The lines of a branch, a tab for each level of indentation. `result` is a statement or a value. */
type Form = (codes: readonly Coded[], result: string) => string[];

/** How a language writes branches. */
export interface BranchStyle {
  readonly comment: string;
  readonly forms: Readonly<Partial<Record<BranchSign, Form>>>;
}

/** What stands above the codes of each outcome. */
const HEADINGS: Readonly<Record<Verdict, string>> = {
  approved: 'Approved',
  attention: 'Needs attention: apply your own policy before you accept',
  provisional: 'Provisional: not final',
  rejected: 'Rejected',
  pending: 'Pending: not finished',
  error: 'Error: says nothing about the user',
  unknown: 'The code alone decides nothing: apply your own policy',
};
const BRANCHES = [...OUTCOMES, 'unknown'] as const;
const COMMENT_WIDTH = 80;

/** Codes by outcome, in the order of the branches. A code that products count differently decides nothing alone. */
export function branchesOf(codes: readonly ProductCode[]): Branch[] {
  const isOfSeveral = new Set(codes.flatMap((one) => one.of)).size > 1;
  const byCode = new Map<string, ProductCode[]>();
  for (const one of codes) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  const all = Array.from(byCode.values(), (same) => {
    const [outcome, ...others] = new Set(same.map((one) => one.outcome));
    return {
      outcome: others.length > 0 ? 'unknown' : (outcome ?? 'unknown'),
      coded: coded(same, isOfSeveral),
    };
  });
  return BRANCHES.map((outcome) => ({
    outcome,
    codes: all.filter((one) => one.outcome === outcome).map((one) => one.coded),
  })).filter((branch) => branch.codes.length > 0);
}

/** @param meanings of one code */
function coded(meanings: readonly ProductCode[], isOfSeveral: boolean): Coded {
  const [first, ...others] = meanings.map((meaning) => {
    const [name = '', ...more] = labelsOf(meaning);
    const label = isOfSeveral ? `${name} (${meaning.of.map(productLabel).join(', ')})` : name;
    return { label, notes: notesOn(meaning, more) };
  });
  return {
    code: meanings[0]?.code ?? '',
    label: first?.label ?? '',
    notes: [
      ...(first?.notes ?? []),
      ...others.flatMap(({ label, notes }) => [label, ...notes]),
    ].flatMap(wrap),
  };
}

function notesOn(meaning: ProductCode, otherLabels: readonly string[]): string[] {
  const { conflict, lifecycle } = meaning;
  const notes: string[] = [];
  if (conflict !== null) notes.push(`Note: ${conflict}`);
  if (lifecycle === 'deprecated') notes.push('Note: Deprecated by Smile ID.');
  if (lifecycle === 'old') notes.push('Note: Only in older tables of Smile ID.');
  if (otherLabels.length > 0) notes.push(`Other labels: ${otherLabels.join(', ')}.`);
  for (const outcome of outcomesByText(meaning)) {
    const [name] = HEADINGS[outcome].split(':');
    notes.push(`Note: ${name} with certain texts, so read ResultText, too.`);
  }
  return notes;
}

/** Outcomes that some of its texts have, other than its own. */
const outcomesByText = ({ outcome, variants }: CodeMeaning): CodeOutcome[] => [
  ...new Set(
    variants.flatMap((variant) =>
      variant.outcome === null || variant.outcome === outcome ? [] : [variant.outcome],
    ),
  ),
];

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < COMMENT_WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/**
 * The branches of a `switch` whose labels end with the sign; null where the language has no such `switch`.
 * Each begins with a comment that says the outcome.
 */
export function branchLines(
  { comment, forms }: BranchStyle,
  sign: BranchSign,
  branches: readonly Branch[],
  resultOf: (outcome: Verdict) => string,
): string[] | null {
  const form = forms[sign];
  if (form === undefined) return null;
  return branches.flatMap(({ outcome, codes }) => [
    `${comment} ${HEADINGS[outcome]}`,
    ...form(codes, resultOf(outcome)),
  ]);
}

export type Quote = (text: string) => string;
const quoted =
  (sign: string): Quote =>
  (text) =>
    sign + text + sign;
export const single = quoted("'");
export const double = quoted('"');

/** A line for each code, its label beside it: `case '0810': // Enroll User`. What else is said of it is below that. */
const stacked =
  (line: (code: string, isLast: boolean) => string, result: (result: string) => string): Form =>
  (codes, value) => [
    ...codes.flatMap(({ code, label, notes }, index) => [
      `${line(code, index === codes.length - 1)} // ${label}`,
      ...notes.map((note) => `\t// ${note}`),
    ]),
    result(value),
  ];
export const cases = (quote: Quote): Form =>
  stacked(
    (code) => `case ${quote(code)}:`,
    (result) => `\t${result}`,
  );
export const arms = (quote: Quote, arrow: string, end: string, lastComma = ','): Form =>
  stacked(
    (code, isLast) => quote(code) + (isLast ? lastComma : ','),
    (result) => `${arrow} ${result}${end}`,
  );

/** The codes on one line and their labels above it, where a list cannot have comments in it. */
export const joined =
  (
    comment: string,
    line: (codes: readonly string[], result: string) => string[],
    atMost = Infinity,
  ): Form =>
  (codes, result) => [
    ...codes
      .slice(0, atMost)
      .flatMap(({ code, label, notes }) => [
        `${comment} - ${code} ${label}`,
        ...notes.map((note) => `${comment}   ${note}`),
      ]),
    ...line(
      codes.slice(0, atMost).map(({ code }) => code),
      result,
    ),
    ...(codes.length > atMost ? joined(comment, line, atMost)(codes.slice(atMost), result) : []),
  ];
