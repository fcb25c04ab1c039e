import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import { isV3JobId } from '../../core/smile/typeId';
import type { JobRequest } from '../../core/smile/jobRequest';

/** What a program requests. */
export interface ParsedQuery {
  /** ID or name; undefined for the active profile. */
  readonly profile: string | undefined;
  readonly request: JobRequest;
}

const Flag = z.optional(z.boolean());

/** The options have several names: those of the request, the documentation and the SDKs. */
const Argument = z.object({
  profile: z.optional(z.string()),
  userId: z.optional(z.string()),
  user_id: z.optional(z.string()),
  jobId: z.optional(z.string()),
  job_id: z.optional(z.string()),
  api: z.optional(z.enum(['v1', 'v3'])),
  history: Flag,
  return_history: Flag,
  imageLinks: Flag,
  image_links: Flag,
  return_images: Flag,
  return_image_links: Flag,
});

/**
 * The form of the job ID decides which API is used, unless `api` says it.
 * @throws HumanError if an ID is missing or something has the wrong type
 */
export function parseJobStatusQuery(argument: unknown): ParsedQuery {
  const parsed = Argument.safeParse(argument);
  const { data } = parsed;
  const jobId = data?.jobId ?? data?.job_id;
  const api = data?.api ?? (jobId !== undefined && isV3JobId(jobId) ? 'v3' : 'v1');
  const userId = api === 'v3' ? null : (data?.userId ?? data?.user_id);
  if (!data || userId === undefined || jobId === undefined) {
    const field = parsed.error?.issues[0]?.path.join('.');
    throw new HumanError(
      field === undefined || field === ''
        ? 'A job status request needs both userId and jobId, as text.'
        : `A job status request takes { profile?, userId?, jobId, api?, history?, imageLinks? }; ${field} has the wrong type.`,
    );
  }
  return {
    profile: data.profile,
    request: {
      userId,
      jobId,
      history: data.history ?? data.return_history ?? false,
      imageLinks:
        data.imageLinks ??
        data.image_links ??
        data.return_images ??
        data.return_image_links ??
        false,
    },
  };
}
