import type { Profile } from './profile';

/** The name of a profile, or null if it only repeats the environment, as the proposed name does. */
export const ownName = ({
  name,
  environment,
}: Pick<Profile, 'name' | 'environment'>): string | null =>
  name.toLowerCase() === environment ? null : name;
