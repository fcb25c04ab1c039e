import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import type { JobStatusQuery } from '../api';

const Flag = z.optional(z.boolean());

/** The options have several names: those of the request, the documentation and the SDKs. */
const Argument = z.object({
  profile: z.optional(z.string()),
  userId: z.optional(z.string()),
  user_id: z.optional(z.string()),
  jobId: z.optional(z.string()),
  job_id: z.optional(z.string()),
  history: Flag,
  return_history: Flag,
  imageLinks: Flag,
  image_links: Flag,
  return_images: Flag,
  return_image_links: Flag,
});

/** @throws HumanError if an ID is missing or something has the wrong type */
export function parseJobStatusQuery(argument: unknown): JobStatusQuery {
  const parsed = Argument.safeParse(argument);
  const userId = parsed.data?.userId ?? parsed.data?.user_id;
  const jobId = parsed.data?.jobId ?? parsed.data?.job_id;
  if (!parsed.success || userId === undefined || jobId === undefined) {
    const field = parsed.error?.issues[0]?.path.join('.');
    throw new HumanError(
      field === undefined || field === ''
        ? 'A job status request needs both userId and jobId, as text.'
        : `A job status request takes { profile?, userId, jobId, history?, imageLinks? }; ${field} has the wrong type.`,
    );
  }
  const { data } = parsed;
  return {
    profile: data.profile,
    userId,
    jobId,
    history: data.history ?? data.return_history,
    imageLinks:
      data.imageLinks ?? data.image_links ?? data.return_images ?? data.return_image_links,
  };
}
