import { StoredWatch } from '../../core/jobs/jobWatches';
import { JobName, StoredJob } from '../../core/jobs/recentJobs';
import { formatOf, type RecordFormat } from '../../core/recordStore';
import { StoredProfile } from '../credentials/profiles';

/** Where records of one kind are, below the extension's own folder, and what a user calls them. */
export interface StoreDescription<T> {
  readonly path: readonly string[];
  readonly format: RecordFormat<T>;
  readonly one: string;
  readonly many: string;
}

/** All records there are. Beside them only VS Code keeps something: keys in `secrets`, choices in its mementos. */
export const STORES = {
  profiles: {
    path: ['profiles'],
    format: formatOf(StoredProfile),
    one: 'profile',
    many: 'profiles',
  },
  jobs: { path: ['jobs'], format: formatOf(StoredJob), one: 'recent job', many: 'recent jobs' },
  labels: { path: ['jobs', 'names'], format: formatOf(JobName), one: 'label', many: 'labels' },
  watches: { path: ['watches'], format: formatOf(StoredWatch), one: 'watch', many: 'watches' },
} as const;
