/** A part of a text, by offsets in UTF-16 units; `end` is behind it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
