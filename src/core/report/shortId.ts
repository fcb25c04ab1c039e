/** Longer ones leave no room for anything beside them in a narrow side bar. */
const LONGEST_WHOLE = 16;
const HEAD = 4;
const TAIL = 4;

/**
 * A job ID for lists, shortened in its middle: `9b2f…6a55`. IDs of one kind may differ only at the beginning (UUIDv1),
 * only at the end (API v3, UUIDv7, counters), or anywhere. An ID without digits consists of words and stays as it is.
 */
export function shortId(id: string): string {
  const characters = Array.from(id);
  if (characters.length <= LONGEST_WHOLE || !/\d/.test(id)) return id;
  return `${characters.slice(0, HEAD).join('')}…${characters.slice(-TAIL).join('')}`;
}
