import type { NameStrength } from './codeNames';

/** What the digits belong to. `direct` is beside or against a name; else in a list, a case or a call. */
export interface Owner {
  readonly strength: NameStrength;
  readonly direct: boolean;
  /** Ruby's %w[]: what stands there is text, although without quotes. */
  readonly isText?: boolean;
  /** Where the name was found, or how far was read: nothing before it mattered. */
  readonly origin: number;
}

/** A stretch on one line that is placed as one value: the digits with quotes, or a bracketed list. */
export interface Node {
  readonly from: number;
  readonly to: number;
}

export type Placing = 'label' | 'element' | 'member' | 'item';

export const NOTHING_AT = (origin: number): Owner => ({ strength: 0, direct: false, origin });

export const named = (strength: NameStrength, origin: number): Owner => ({
  strength,
  direct: true,
  origin,
});

export function stronger(one: Owner, other: Owner): Owner {
  return other.strength > one.strength ? other : one;
}

export function listed(owner: Owner): Owner {
  return owner.direct ? { ...owner, direct: false } : owner;
}
