import { withoutMarks } from '../harmlessText';
import { checkJobIds, type JobIds } from '../smile/jobRequest';
import { jobsOrPartsIn, type JobLiteral } from './jobLiterals';
import { findJobReference, type JobReference } from './jobReference';

const isAsShown = ({ userId, jobId }: JobIds): boolean =>
  [userId ?? '', jobId].every((id) => withoutMarks(id) === id);

/**
 * The job of the object or call of a text that is nearest to a cursor and reaches to its line, the innermost of those around
 * it; or else of the line itself. An object around the cursor with a job ID and no user has no other job.
 * @param languageId VS Code's
 */
export function jobNear(text: string, cursor: number, languageId = ''): JobReference | null {
  const from = text.lastIndexOf('\n', cursor - 1) + 1;
  const [line = ''] = text.slice(from).split('\n', 1);
  const distance = ({ start, end }: JobLiteral): number =>
    Math.max(start - cursor, cursor - end, 0);
  const near = jobsOrPartsIn(text, languageId)
    .filter(({ start, end }) => start <= from + line.length && end >= from)
    .sort((a, b) => distance(a) - distance(b) || a.end - a.start - (b.end - b.start));
  const job = near.find(({ ids }) => checkJobIds(ids) === null && isAsShown(ids))?.ids;
  const found = job ?? findJobReference(line, languageId);
  const [nearest] = near;
  const isOther = nearest && distance(nearest) === 0 && nearest.ids.jobId !== found?.jobId;
  return isOther ? null : found;
}
