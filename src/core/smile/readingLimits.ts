/**
 * How much of a response is read. Real ones are far smaller; more would only cost time and memory. The notes of
 * the job say what was cut off.
 */
export const READING_LIMITS = {
  /** With base64 images real responses reach about 1.5 MB. */
  bytes: 10 * 1024 * 1024,
  /** Strings, numbers, flags, nulls, objects and lists. A body with more is not parsed. */
  values: 200_000,
  /** Nesting of objects and lists. What is deeper is cut off, so that recursion over a response is safe. */
  levels: 200,
  history: 2000,
  actions: 500,
  imageLinks: 200,
  /** Fields of one object, and entries of one list. */
  fields: 5000,
  notes: 50,
  /** Strings that contain JSON, in one another. */
  strings: 3,
  /** Objects in a text that a user pasted. */
  pastedValues: 200,
  /** Characters of one note. */
  noteLength: 300,
} as const;
