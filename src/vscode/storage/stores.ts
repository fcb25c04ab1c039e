import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { StoredWatch } from '../../core/jobs/jobWatches';
import { JobName, StoredJob } from '../../core/jobs/recentJobs';
import { formatOf, type RecordFormat } from '../../core/recordStore';
import { StoredProfile } from '../credentials/profiles';

/** A webhook receiver that runs, for the other windows. It ends with its process, whether its record goes or not. */
export const StoredReceiver = z.object({ pid: z.int(), port: z.int() });
export type StoredReceiver = z.infer<typeof StoredReceiver>;

/** Where records of one kind are, below the extension's own folder, and how a user counts them. */
export interface StoreDescription<T> {
  readonly path: readonly string[];
  readonly format: RecordFormat<T>;
  /** Null for what is none of the user's data. */
  readonly counted: ((count: number) => string) | null;
}

/** All records. Everything else is in VS Code itself: keys in `secrets`, choices in its mementos. */
export const STORES = {
  profiles: {
    path: ['profiles'],
    format: formatOf(StoredProfile),
    counted: (count: number) =>
      count === 1 ? vscode.l10n.t('1 profile') : vscode.l10n.t('{0} profiles', count),
  },
  jobs: {
    path: ['jobs'],
    format: formatOf(StoredJob),
    counted: (count: number) =>
      count === 1 ? vscode.l10n.t('1 recent job') : vscode.l10n.t('{0} recent jobs', count),
  },
  labels: {
    path: ['jobs', 'names'],
    format: formatOf(JobName),
    counted: (count: number) =>
      count === 1 ? vscode.l10n.t('1 label') : vscode.l10n.t('{0} labels', count),
  },
  watches: {
    path: ['watches'],
    format: formatOf(StoredWatch),
    counted: (count: number) =>
      count === 1 ? vscode.l10n.t('1 watch') : vscode.l10n.t('{0} watches', count),
  },
  receivers: {
    path: ['receivers'],
    format: formatOf(StoredReceiver),
    counted: null,
  },
} as const;
