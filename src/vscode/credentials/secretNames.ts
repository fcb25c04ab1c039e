const PREFIX = 'smile.apiKey.';

/** The name of a profile's key in the keyring. */
export const secretOf = (id: string): string => PREFIX + id;

/** The reverse; null if it is not the key of a profile. */
export const profileIdOf = (secret: string): string | null =>
  secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : null;
