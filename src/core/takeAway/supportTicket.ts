import { isProductKey, productLabel } from '../catalogue/catalogue';
import type { JobReport } from '../jobs/jobReport';
import { plain } from '../markdown';
import { redactText } from '../redact';
import type { Environment } from '../smile/environment';
import type { JobStatusOutcome } from '../smile/outcome';

export interface Ticket {
  readonly environment: Environment;
  readonly partnerId: string;
  readonly jobId: string;
  readonly outcome: JobStatusOutcome;
  readonly report: JobReport;
  readonly askedAt: Date;
  /** Of this extension. */
  readonly version: string;
}

/**
 * What Smile ID's support needs to find a job, as Markdown: IDs, codes and times. No user ID (it is often an
 * e-mail address), no personal field, no picture, no link.
 */
export function supportTicket(ticket: Ticket): string {
  const { environment, partnerId, jobId, outcome, report, askedAt, version } = ticket;
  const job = outcome.kind === 'answered' ? outcome.job : null;
  const checks = [...report.checks.flatMap((group) => group.checks), ...report.notApplicable];
  const rows: (readonly [string, string | null | undefined])[] = [
    ['Environment', environment],
    ['Partner ID', partnerId],
    ['Job ID', jobId],
    ['SmileJobID', report.smileJobId],
    ['Request ID', report.requestId],
    [
      'Product',
      job?.product != null && isProductKey(job.product) ? productLabel(job.product) : null,
    ],
    ['Job type', job?.jobType == null ? null : String(job.jobType)],
    ['Code', report.code],
    ['Text', report.summary],
    ['Outcome', report.headline],
    ['Warning', report.alert],
    ['HTTP status', 'httpStatus' in outcome ? String(outcome.httpStatus) : null],
    ['job_complete, job_success', job ? `${String(job.complete)}, ${String(job.success)}` : null],
    ['Result time', job?.result?.timestamp],
    ['Checked at', askedAt.toISOString()],
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
    `Made by the Smile ID extension for VS Code ${version}. It holds no personal data.`,
    '',
  ].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(
    (row) => `| ${row.join(' | ')} |`,
  );

/** Texts come from an answer: they are shown as they are, in one line, without what may be personal. */
function cell(text: string): string {
  const code = /^[\w.:+-]+$/.test(text);
  return code ? text : plain(redactText(text));
}
