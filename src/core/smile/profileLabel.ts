import type { Profile } from './profile';

/**
 * The environment and the name of a profile, to be joined. A name that only repeats environment and partner ID, as the
 * proposed one does, is not shown beside the environment again.
 * @param environment as it is shown
 */
export function profileLabel(
  { name, partnerId }: Pick<Profile, 'name' | 'partnerId'>,
  environment: string,
): readonly string[] {
  const rest = name.slice(environment.length).trim();
  const isRepeated = name.toLowerCase().startsWith(environment.toLowerCase());
  if (isRepeated && rest === '') return [environment];
  return isRepeated && rest === partnerId ? [`${environment} ${rest}`] : [environment, name];
}
