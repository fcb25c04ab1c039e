/**
 * The commands of package.json, by the part that runs them. Those that begin with `_` are called by the extension itself
 * and by its tests, and are listed nowhere.
 */
export const COMMAND_IDS = {
  jobs: [
    'smile.getJobStatus',
    'smile.addProfile',
    'smile.importCredentials',
    'smile.switchProfile',
    'smile.editProfile',
    'smile.signOut',
    'smile.startSimulator',
    'smile.stopSimulator',
    'smile.cancelQueries',
    'smile.openJob',
    'smile.refreshJob',
    'smile.watchJob',
    'smile.stopWatchingJob',
    'smile.copyJobId',
    'smile.copyUserId',
    'smile.copySmileJobId',
    'smile.renameJob',
    'smile.removeJob',
    'smile.clearJobs',
    'smile.row.switchProfile',
    'smile.row.editProfile',
    'smile.row.signOut',
    'smile.row.clearJobs',
    'smile.showPersonalData',
    'smile.deleteAllData',
    'smile.showLog',
    'smile.panel.refresh',
    'smile.panel.watch',
    'smile.panel.compare',
    'smile.panel.copyAs',
    'smile.panel.openJson',
    'smile.panel.openText',
    'smile.panel.resendWebhook',
    'smile.explainResponse',
    'smile.findJobs',
    '_smile.getJobStatus',
    '_smile.watchJob',
    '_smile.explainResponse',
  ],
  editor: [
    'smile.explainCode',
    'smile.copyCodeReport',
    'smile.openMigrationGuide',
    'smile.explainVariable',
    'smile.generateHandler',
    'smile.showMissingCodes',
    'smile.moveKeyToProfile',
    '_smile.versionChecked',
  ],
} as const;

export type PartName = keyof typeof COMMAND_IDS;
export type CommandId = (typeof COMMAND_IDS)[PartName][number];
