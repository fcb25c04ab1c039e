import {
  compareJobs,
  comparedDocumentsSteps,
  sideOfEntry,
  sideOfJob,
} from '../../src/core/report/jobComparison';
import { JobLookup } from '../../src/core/jobs/jobLookup';
import { detailSectionsOf } from '../../src/core/report/personalReport';
import { reportOf, reportOfEntry } from '../../src/core/report/jobReport';
import { RecentJobs, type JobName, type StoredJob } from '../../src/core/jobs/recentJobs';
import { redactSteps } from '../../src/core/redact';
import { SmileClient } from '../../src/core/smile/client';
import type { HttpResponse } from '../../src/core/smile/http';
import { historyEntriesOf } from '../../src/core/smile/jobStatusResponse';
import type { JobRequest } from '../../src/core/smile/jobRequest';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import type { Profile } from '../../src/core/smile/profile';
import { fixtureSteps } from '../../src/core/report/fixture';
import { supportTicket } from '../../src/core/export/supportTicket';
import { typedModelSteps } from '../../src/core/export/typedModel';
import { FakeClock, FakeHttp, MemoryLog, MemoryStore } from './fakes';
import { resultOf } from './steps';

const REQUEST: JobRequest = { userId: 'user-1', jobId: 'job-1', history: true, imageLinks: true };
const PROFILE: Profile = {
  id: 'p-1',
  name: 'Acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};

/** One lookup of a job, from the network to the disk and the log. */
export class OneLookup {
  readonly log = new MemoryLog();
  readonly stored = new MemoryStore<StoredJob>();
  private reply: HttpResponse | null = null;
  private readonly lookup: JobLookup;

  constructor() {
    const clock = new FakeClock();
    const http = new FakeHttp([() => this.reply ?? new Error('no reply is prepared')]);
    this.lookup = new JobLookup(
      new SmileClient(http, clock, () => 60_000),
      {
        credentials: () =>
          Promise.resolve({ partnerId: '085', apiKey: 'a-key', baseUrl: 'https://h/v1' }),
        has: () => Promise.resolve(true),
      },
      new RecentJobs(this.stored, new MemoryStore<JobName>(), () => 200, this.log),
      clock,
      this.log,
      () => Promise.resolve(true),
    );
  }

  async of(reply: HttpResponse): Promise<JobStatusOutcome> {
    this.reply = reply;
    this.stored.records.clear();
    this.log.lines.length = 0;
    return await this.lookup.lookUp(PROFILE, REQUEST, new AbortController().signal);
  }
}

/** Every text that an outcome becomes outside of memory, by its name. The user has confirmed nothing. */
export function leaving(outcome: JobStatusOutcome): Record<string, string> {
  const report = reportOf(outcome);
  const ticket = supportTicket({
    environment: 'sandbox',
    partnerId: '085',
    userId: 'user-1',
    jobId: 'job-1',
    outcome,
    report,
    checkedAt: new Date(0),
    version: '0.2.0',
  });
  if (outcome.kind !== 'answered') {
    const { raw, ...rest } = { raw: {}, ...outcome };
    const error = JSON.stringify([
      resultOf(redactSteps(raw)),
      resultOf(fixtureSteps(raw)),
      resultOf(typedModelSteps([raw])),
    ]);
    // of a refusal, the public API and the panel have the server's own sentence, and programs get its body
    return outcome.kind === 'refused'
      ? { ticket, error }
      : { ticket, api: JSON.stringify(rest), panel: JSON.stringify(report) };
  }
  const { raw } = outcome;
  const before = { result: { ResultCode: '0812' } };
  return {
    ticket,
    json: JSON.stringify(resultOf(redactSteps(raw))),
    diff: Object.values(resultOf(comparedDocumentsSteps(before, raw))).join('\n'),
    fixture: JSON.stringify(resultOf(fixtureSteps(raw))),
    model: resultOf(typedModelSteps([raw, before])),
  };
}

/** What the page of an open panel contains before anything is revealed. */
export function pageOf(outcome: JobStatusOutcome): string {
  if (outcome.kind !== 'answered') return JSON.stringify(reportOf(outcome));
  const { job, raw, signature } = outcome;
  const now = sideOfJob(job, signature, 'now');
  const [entry] = job.history;
  const [entryRaw] = historyEntriesOf(raw);
  const { images, notes } = job;
  const details = (of: typeof raw): unknown => {
    const read = personalDetailsOf(of);
    return [detailSectionsOf(read, new Set()), read.notes];
  };
  return JSON.stringify([
    reportOf(outcome),
    details(raw),
    images.map(({ name }) => name),
    notes,
    compareJobs({ ...now, result: null }, now),
    ...(entry && entryRaw
      ? [
          reportOfEntry(job, entry, entryRaw, signature),
          details(entryRaw),
          compareJobs(sideOfEntry(entry, job, signature, 'entry'), now),
        ]
      : []),
  ]);
}
