/**
 * How much of a response is read. Real ones stay far below; what is above would only cost time and memory. What is
 * cut off is said in the notes of the job.
 */
export const READING_LIMITS = {
  /** With base64 images real responses reach about 1.5 MB. */
  bytes: 10 * 1024 * 1024,
  /** Strings, numbers, flags, nulls, objects and lists. A body with more is not parsed. */
  values: 200_000,
  /** Objects and lists inside each other. What is deeper is cut off, so that recursion over a response is safe. */
  levels: 200,
  history: 2000,
  actions: 500,
  imageLinks: 200,
  /** Of one object, and entries of one list. */
  fields: 5000,
  notes: 50,
  /** Characters of one note. */
  noteLength: 300,
} as const;
