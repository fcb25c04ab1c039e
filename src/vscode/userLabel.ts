import { apiOf, type JobIds } from '../core/smile/jobRequest';

/** The user of a job in lists; of a job of API v3, which is looked up without a user ID, the API. */
export const userLabel = (ids: Pick<JobIds, 'userId'>): string => ids.userId ?? `API ${apiOf(ids)}`;
