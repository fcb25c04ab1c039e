const EXAMPLE = /(?:^|[._-])(?:examples?|samples?|templates?|dist|defaults?)(?:[._-]|$)/i;

/** The name of a file, from its path. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the name of a settings file says that its values must still be filled in. */
export const isExample = (path: string): boolean => EXAMPLE.test(fileName(path));

/** In the order in which developers fill them in: `.env`, then files for their own machine, and for production last. */
function rankOf(path: string): number {
  const name = fileName(path).toLowerCase();
  if (isExample(name)) return 5;
  if (name === '.env') return 0;
  if (name === '.env.local') return 1;
  if (name.includes('dev')) return 2;
  return /prod|live/.test(name) ? 4 : 3;
}

const depthOf = (path: string): number => path.split('/').length;

/** Settings files in the order in which they are offered; those nearer to the top of the folder come first. */
export function compareSettingsFiles(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || depthOf(a) - depthOf(b) || (a < b ? -1 : 1);
}
