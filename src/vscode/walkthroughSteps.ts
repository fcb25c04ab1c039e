import { commands } from 'vscode';

/** VS Code remembers which steps are complete, so one change of a key in a window is enough. */
function once(complete: () => unknown): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    void complete();
  };
}

/** What completes those steps of the walkthrough (package.json) that no command completes by itself. */
export const hoverShown = once(() =>
  commands.executeCommand('setContext', 'smile.hoverShown', true),
);
export const fixApplied = once(() =>
  commands.executeCommand('setContext', 'smile.fixApplied', true),
);
export const jobLookedUp = once(() =>
  commands.executeCommand('setContext', 'smile.jobLookedUp', true),
);
export const ownProfileAdded = once(() =>
  commands.executeCommand('setContext', 'smile.ownProfileAdded', true),
);
