import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  compareJobs,
  comparedDocumentsSteps,
  sideOfJob,
} from '../../src/core/report/jobComparison';
import { historyOf } from '../../src/core/report/jobHistory';
import { reportOf } from '../../src/core/report/jobReport';
import { stateOf } from '../../src/core/report/jobState';
import { detailSectionsOf } from '../../src/core/report/personalReport';
import { redactSteps } from '../../src/core/redact';
import { embeddedImageNames, embeddedImageOf } from '../../src/core/smile/embeddedImages';
import { JsonObject } from '../../src/core/smile/fields';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { Answered } from '../../src/core/smile/outcome';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import { fixtureSteps } from '../../src/core/report/fixture';
import { supportTicket } from '../../src/core/export/supportTicket';
import { typedModelSteps } from '../../src/core/export/typedModel';
import { ROOT } from '../support/root';
import { cases, hostileJson } from './cases';
import { resultOf } from '../support/steps';

const FOLDER = join(ROOT, 'test/fixtures/responses');
const RECORDED = readdirSync(FOLDER)
  .filter((name) => name !== 'index.json')
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
const KEYS = [
  ...new Set(
    RECORDED.flatMap((text) => [...text.matchAll(/"(\w+)":/g)].map(([, key]) => key ?? '')),
  ),
];
const request = { userId: 'user-1', jobId: 'job-1', history: true, imageLinks: true };

/** Every field of an object and of those in it. */
function placesIn(object: JsonObject): [JsonObject, string][] {
  return Object.entries(object).flatMap(([key, value]): [JsonObject, string][] => {
    const inside = JsonObject.safeParse(value);
    const own = typeof value === 'object' && inside.success ? placesIn(value as JsonObject) : [];
    return [[object, key], ...own];
  });
}

/** Everything that is made of a response, as the panel, the list and the exports make it. */
function makeEverythingOf(raw: JsonObject): Answered {
  const job = readJob(raw, request);
  const outcome: Answered = { kind: 'answered', job, signature: 'valid', raw };
  const report = reportOf(outcome);
  const details = detailSectionsOf(personalDetailsOf(raw), 'all');
  const side = sideOfJob(job, 'valid', 'now');
  const made = {
    report,
    details,
    state: stateOf(outcome),
    history: historyOf(job, 'valid'),
    compared: compareJobs(side, side),
    documents: resultOf(comparedDocumentsSteps(raw, raw)),
    redacted: resultOf(redactSteps(raw)),
    fixture: resultOf(fixtureSteps(raw)),
    model: resultOf(typedModelSteps([raw])),
    ticket: supportTicket({
      environment: 'sandbox',
      partnerId: '085',
      userId: 'user-1',
      jobId: 'job-1',
      outcome,
      report,
      checkedAt: new Date(0),
      version: '0.0.0',
    }),
  };
  for (const name of embeddedImageNames(raw)) embeddedImageOf(raw, name);
  structuredClone(made); // which is what a message to the page does
  return outcome;
}

describe('A response of any form', () => {
  it('breaks nothing that is made of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), hostileJson(KEYS)), (sent) => {
        makeEverythingOf(JsonObject.parse(JSON.parse(JSON.stringify(sent))));
      }),
      cases(2500),
    );
  });

  it('that is nearly a recorded one breaks nothing that is made of it', () => {
    const change = fc.record({ at: fc.nat(), value: hostileJson(KEYS) });
    fc.assert(
      fc.property(
        fc.constantFrom(...RECORDED),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (text, changes) => {
          const raw = JsonObject.parse(JSON.parse(text));
          for (const { at, value } of changes) {
            const places = placesIn(raw);
            const [object, key] = places[at % places.length] ?? [raw, 'result'];
            object[key] = JSON.parse(JSON.stringify(value));
          }
          makeEverythingOf(raw);
        },
      ),
      cases(2500),
    );
  });

  it('is approved only if its code is one of those that say so', () => {
    const value = fc.constantFrom<unknown>(
      '0810',
      '0820',
      '1012',
      '0811',
      '9999',
      810,
      null,
      true,
      '',
    );
    const field = fc.constantFrom(
      ...['ResultCode', 'ResultText', 'code', 'job_success', 'job_complete', 'success', 'status'],
    );
    const envelope = fc.dictionary(field, value);
    fc.assert(
      fc.property(envelope, fc.dictionary(field, value), (around, result) => {
        const sent = JsonObject.parse(JSON.parse(JSON.stringify({ ...around, result })));
        const { job } = makeEverythingOf(sent);
        if (job.verdict === 'approved') assert.match(job.result?.code ?? '', /^(0810|0820|1012)$/);
      }),
      cases(1500),
    );
  });
});
