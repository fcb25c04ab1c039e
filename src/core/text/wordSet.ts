/** @param list words with a space between them */
export const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(' '));
