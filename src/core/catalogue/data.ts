/** JSON files have no literal types: a value that is not allowed is a mistake in the data. */
export function oneOf<T extends string>(allowed: readonly T[], value: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Error(`The catalogue contains "${value}".`);
  return found;
}

/** Built on first use, so that loading the extension stays cheap. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | null = null;
  return () => (built ??= { value: build() }).value;
}
