/** One pattern of several: what any of them finds, and of those that begin at the same place the first. */
export const anyOf = (flags: string, ...patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => source).join('|'), flags);

/** One pattern of several, each of which follows the one before it. */
export const inOrder = (flags: string, ...patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => `(?:${source})`).join(''), flags);

/** One of some words, which may have patterns in them, in a larger pattern. */
export const eitherOf = (list: string): string => `(?:${list.replaceAll(' ', '|')})`;

/** One of some words, whole and in any case. */
export const wholeWord = (list: string): RegExp =>
  new RegExp(String.raw`\b${eitherOf(list)}\b`, 'i');
