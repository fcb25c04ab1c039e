/** What lookUp.ts prints in VS Code once the job panel is open, for start.ts to wait for. */
export const LOOKED_UP = 'The job panel is open.';
