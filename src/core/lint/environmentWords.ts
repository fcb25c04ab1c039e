import { Source } from './source';

export type Environment = 'sandbox' | 'production';

/** What the name of the file says of the environment. */
export const environmentOfFile = ({ path }: Source): Environment | null =>
  Source.environmentIn(path.slice(path.lastIndexOf('/') + 1));
