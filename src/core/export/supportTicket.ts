import { productLabel } from '../catalogue/catalogue';
import type { JobReport } from '../report/jobReport';
import { plain } from '../markdown';
import { harmless, REDACTED, redactText, requestIdIn } from '../redact';
import type { Environment } from '../smile/environment';
import type { Job } from '../smile/job';
import type { ShownOutcome } from '../smile/outcome';

export interface Ticket {
  readonly environment: Environment;
  readonly partnerId: string;
  readonly jobId: string;
  readonly outcome: ShownOutcome;
  readonly report: JobReport;
  readonly checkedAt: Date;
  /** Of this extension. */
  readonly version: string;
}

/**
 * What Smile ID's support needs to find a job, as Markdown: IDs, codes and times. No user ID (it is often an
 * e-mail address), no personal field, no image, no link.
 */
export function supportTicket(ticket: Ticket): string {
  const { environment, partnerId, jobId, outcome, report, checkedAt, version } = ticket;
  const job = outcome.kind === 'answered' ? outcome.job : null;
  const checks = [...report.checks.flatMap((group) => group.checks), ...report.notApplicable];
  const rows: (readonly [string, string | null | undefined])[] = [
    ['Environment', environment],
    ['Partner ID', partnerId],
    ['Job ID', shown('job_id', jobId)],
    ['SmileJobID', shown('SmileJobID', report.smileJobId)],
    ['Request ID', report.requestId && (requestIdIn(report.requestId) ?? REDACTED)],
    ['Product', job?.product && productLabel(job.product)],
    ['Job type', shown('job_type', job?.jobType)],
    ['API', job?.api === 'v3' ? 'v3' : null],
    ['Status', shown('status', job?.status)],
    ['Reason', shown('reason', job?.reason)],
    ['Code', shown('code', report.code)],
    ['Text', textOf(outcome) ?? report.summary],
    ['Outcome', report.headline],
    ['Warning', report.alert],
    ['HTTP status', 'httpStatus' in outcome ? outcome.httpStatus?.toString() : null],
    ['job_complete, job_success', envelopeOf(job)],
    ['Result time', shown('timestamp', job?.result?.timestamp)],
    ['Checked at', checkedAt.toISOString()],
    ['Response signature', report.signature?.state],
  ];
  return [
    `**Smile ID job: ${cell(report.headline)}**`,
    '',
    ...table(
      ['Field', 'Value'],
      rows.flatMap(([name, value]) => (value == null ? [] : [[name, value]])),
    ),
    ...(checks.length > 0
      ? [
          '',
          ...table(
            ['Check', 'Result'],
            checks.map(({ key, value }) => [key, value]),
          ),
        ]
      : []),
    '',
    `Made by the Smile ID extension for VS Code ${version}. It contains no personal data, unless your IDs do.`,
    '',
  ].join('\n');
}

/** Fields that only a job status of API v1 has. */
const envelopeOf = (job: Job | null): string | null =>
  job?.document === 'job-status' ? `${String(job.complete)}, ${String(job.success)}` : null;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(
    (row) => `| ${row.join(' | ')} |`,
  );

/** In one line, as text. */
const cell = (text: string): string => (/^[\w.:+-]+$/.test(text) ? text : plain(text));

/** A value that came with the response, as far as it may leave memory. */
function shown(field: string, value: string | number | null | undefined): string | null {
  return value == null ? null : String(harmless(field, value, 'response') ?? REDACTED);
}

/** The server's own text, as far as it may leave memory; null if the report has only our words. */
function textOf(outcome: ShownOutcome): string | null {
  const { text = null } =
    outcome.kind === 'answered'
      ? (outcome.job.result ?? {})
      : outcome.kind === 'refused' && outcome.message !== `HTTP ${outcome.httpStatus}`
        ? { text: outcome.message }
        : {};
  return text === null ? null : redactText(text);
}
