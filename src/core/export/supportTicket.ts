import { productLabel } from '../catalogue/catalogue';
import { withoutMarks } from '../harmlessText';
import { harmless, REDACTED, redactText, requestIdIn } from '../redact';
import type { JobReport } from '../report/jobReport';
import type { Environment } from '../smile/environment';
import type { Job } from '../smile/job';
import type { ShownOutcome } from '../smile/outcome';

export interface Ticket {
  readonly environment: Environment;
  readonly partnerId: string;
  /** Null if API v3 needs none. */
  readonly userId: string | null;
  readonly jobId: string;
  readonly outcome: ShownOutcome;
  readonly report: JobReport;
  readonly checkedAt: Date;
  /** Of this extension. */
  readonly version: string;
}

/**
 * What Smile ID's support needs to find a job: IDs, codes and times, as plain text that reads the same in a mail, in
 * Jira and as Markdown. No personal field, no image, no link; a user ID only if it is none of a person.
 */
export function supportTicket(ticket: Ticket): string {
  const { environment, partnerId, userId, jobId, outcome, report, checkedAt, version } = ticket;
  const job = outcome.kind === 'answered' ? outcome.job : null;
  const checks = [...report.checks.flatMap((group) => group.checks), ...report.notApplicable];
  return [
    `Smile ID job: ${withoutMarks(report.headline)}`,
    '',
    ...lines([
      ['Environment', environment],
      ['Partner ID', partnerId],
      ['User ID', shown('user_id', userId)],
      ['Job ID', shown('job_id', jobId)],
      ['SmileJobID', shown('SmileJobID', report.smileJobId)],
      ['Request ID', report.requestId && (requestIdIn(report.requestId) ?? REDACTED)],
      ['Product', job?.product && productLabel(job.product)],
      ['Job type', shown('job_type', job?.jobType)],
      ['API', job?.api === 'v3' ? 'v3' : null],
      ['Status', shown('status', job?.status)],
      ['Reason', shown('reason', job?.reason)],
      ['Code', shown('code', report.code)],
      ['Text', textOf(outcome, report)],
      ['Outcome', report.headline],
      ['Warning', report.alert],
      ['HTTP status', 'httpStatus' in outcome ? outcome.httpStatus?.toString() : null],
      ...envelopeOf(job),
      ['Result time', shown('timestamp', job?.result?.timestamp)],
      ['Checked at', checkedAt.toISOString()],
      ['Response signature', report.signature?.state],
    ]),
    ...(checks.length > 0
      ? ['', 'Checks:', ...lines(checks.map(({ key, value }) => [`\`${key}\``, value]))]
      : []),
    '',
    `Made by the Smile ID extension for VS Code ${version}. It contains no personal data, unless your IDs do.`,
    '',
  ].join('\n');
}

/** In Markdown, what a server sends may be the text of a link. */
const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

type Row = readonly [name: string, value: string | null | undefined];

const lines = (rows: readonly Row[]): string[] =>
  rows.flatMap(([name, value]) =>
    value == null ? [] : [`- ${withoutMarks(name)}: ${withoutLinks(withoutMarks(value))}`],
  );

/** Fields that only a job status of API v1 has. */
const envelopeOf = (job: Job | null): readonly Row[] =>
  job?.document === 'job-status'
    ? [
        ['`job_complete`', String(job.complete)],
        ['`job_success`', String(job.success)],
      ]
    : [];

/** A value that came with the response, as far as it may leave memory. */
function shown(field: string, value: string | number | null | undefined): string | null {
  return value == null ? null : String(harmless(field, value, 'response') ?? REDACTED);
}

/**
 * The server's own text, as far as it may leave memory. Without one, what happened instead: outcomes carry sentences in
 * the language of the user, which support may not read.
 */
function textOf(outcome: ShownOutcome, report: JobReport): string | null {
  switch (outcome.kind) {
    case 'answered': {
      const { text = null } = outcome.job.result ?? {};
      return text === null ? report.summary : redactText(text);
    }
    case 'refused':
      return outcome.message === `HTTP ${outcome.httpStatus}` ? null : redactText(outcome.message);
    case 'unreachable':
      return `no response: ${outcome.cause}`;
    case 'unreadable':
      return `no JSON object: ${outcome.bodyKind}`;
    case 'cancelled':
      return report.summary;
  }
}
