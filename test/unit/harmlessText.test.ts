import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  compareJobs,
  comparedDocumentsSteps,
  sideOfEntry,
  sideOfJob,
} from '../../src/core/report/jobComparison';
import { historyOf } from '../../src/core/report/jobHistory';
import { reportOf, reportOfEntry } from '../../src/core/report/jobReport';
import { detailSectionsOf } from '../../src/core/report/personalReport';
import { plain } from '../../src/core/markdown';
import { jsonTextSteps } from '../../src/core/jsonText';
import { inert, shownText, withoutMarks } from '../../src/core/harmlessText';
import { SmileClient } from '../../src/core/smile/client';
import { historyEntriesOf } from '../../src/core/smile/jobStatusResponse';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { personalDetailsOf } from '../../src/core/report/personalDetails';
import { supportTicket } from '../../src/core/export/supportTicket';
import { assertConstant } from '../support/growth';
import { FakeClock, FakeHttp, response } from '../support/fakes';
import { hostileId, hostileText, ICON, LINK, MARK, textsIn } from '../support/hostileText';
import { resultOf } from '../support/steps';

describe('A text that is not ours', () => {
  it('is one line in the order it is written, in at most 500 characters', () => {
    assert.deepEqual(
      [
        '\u202edevorppA',
        ' No\r\n\tzip \u0007uploaded\u2028yet ',
        'محمد\u200f',
        'x'.repeat(501),
        `${'x'.repeat(498)}🙂${'x'.repeat(9)}`,
        'a'.repeat(500),
        'half \ud83d',
      ].map(shownText),
      [
        'devorppA',
        'No zip uploaded yet',
        'محمد',
        `${'x'.repeat(499)}…`,
        `${'x'.repeat(498)}…`,
        'a'.repeat(500),
        'half \ufffd',
      ],
    );
  });

  it('is the same whether all of it is read or its beginning, even if that is marks and spaces', () => {
    const pieces = ['x', '🙂', ' ', '\n', '\u0007', '\u202e', ' '.repeat(3000), 'y'.repeat(490)];
    const texts = fc
      .array(fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 700 })), {
        maxLength: 8,
      })
      .map((parts) => parts.map(([piece, times]) => piece.repeat(times)).join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const line = withoutMarks(text).trim();
        const cut = `${line.slice(0, 499).replace(/[\ud800-\udbff]$/, '')}…`;
        assert.equal(shownText(text), line.length <= 500 ? line : cut);
      }),
      { numRuns: 300 },
    );
  });

  it('is read to its 500 characters only, however long it is', () => {
    assertConstant({
      what: 'a text with a line break in each third character',
      size: 2_000_000,
      input: (length) => 'a\n'.repeat(length / 2),
      run: shownText,
    });
  });

  it('is neither a link nor an icon, because a visible space is added, and is otherwise unchanged', () => {
    assert.deepEqual(
      [
        '[Click to go on](command:workbench.action.quit)',
        'a [b\u202e]\u202e(https://evil.example) c',
        '$(bug) and $\u0007(sync~spin)',
        'job (1) [2] $3',
      ].map(inert),
      [
        '[Click to go on] (command:workbench.action.quit)',
        'a [b] (https://evil.example) c',
        '$ (bug) and $ (sync~spin)',
        'job (1) [2] $3',
      ],
    );
  });

  it('never keeps what VS Code would turn into a link or an icon, or what changes its order', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const made = inert(text);
        assert.ok(!LINK.test(made) && !ICON.test(made) && !MARK.test(made), made);
        assert.equal(inert(made), made);
        const shown = shownText(text);
        assert.ok(shown.length <= 500 && !MARK.test(shown), shown);
        assert.equal(shownText(shown), shown);
        assert.ok(withoutMarks(text).trim().startsWith(shown.replace(/…$/, '').trimEnd()));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same value as JSON to look at, with its marks as escapes', () => {
    assert.equal(
      resultOf(jsonTextSteps({ 'a\u202e': 'b\u2028\u0080\n' })),
      '{\n  "a\\u202e": "b\\u2028\\u0080\\n"\n}\n',
    );
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), (value) => {
        const text = resultOf(jsonTextSteps(value));
        assert.ok(!MARK.test(text.replace(/\n/g, '')), text);
        assert.equal(JSON.stringify(JSON.parse(text)), JSON.stringify(value));
      }),
    );
  });

  it('is neither a link nor an image nor a tag in Markdown', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const made = plain(text);
        assert.ok(!/[\\`*_{}[\]()+\-!~|<>$@]|:\/\/|\bwww\./i.test(made), made);
        assert.ok(!MARK.test(made), made);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Names of fields that a response may have, in the places where they are. */
const RESULT_FIELDS = [
  ...['ResultCode', 'ResultText', 'ResultType', 'SmileJobID', 'Source', 'timestamp'],
  ...['ConfidenceValue', 'IsFinalResult', 'FullName', 'DOB', 'Address', 'StrictMatch'],
];

const object = (keys: readonly string[], text: fc.Arbitrary<string>) =>
  fc
    .tuple(...keys.map(() => text))
    .map((texts) => Object.fromEntries(keys.map((key, index) => [key, texts[index]])));

/** A result, each field of which is a hostile text. */
const hostileResult = fc
  .record({
    fields: object(RESULT_FIELDS, hostileText),
    ids: object(['user_id', 'job_id'], hostileText),
    actions: fc.dictionary(hostileText, hostileText, { maxKeys: 4 }),
    free: fc.dictionary(hostileText, fc.oneof(hostileText, fc.array(hostileText)), { maxKeys: 4 }),
    listed: object(['name', 'alias', 'reason', 'user_id'], hostileText),
  })
  .map(({ fields, ids, actions, free, listed }) => ({
    ...free,
    ...fields,
    PartnerParams: { ...ids, job_type: '1' },
    Actions: actions,
    FullData: free,
    directors: [listed],
    people: [{ ...listed, aliases: [listed.alias], pep: free }],
    Antifraud: { SuspectUsers: [listed], fraud_sources: [listed.reason], smile_secure: fields },
    IDNumberPreviouslyRegistered: '\u2028 true\n',
    UserIDsOfPreviousRegistrants: [listed.user_id],
  }));

const hostileBody = fc.oneof(
  fc.record({
    code: hostileText,
    job_complete: fc.oneof(hostileText, fc.constant(true)),
    job_success: fc.oneof(hostileText, fc.constant(true)),
    result: fc.oneof(hostileText, hostileResult),
    history: fc.array(hostileResult, { maxLength: 2 }),
    image_links: fc.dictionary(
      hostileText,
      fc.oneof(hostileText, fc.constant('https://storage.example/1')),
      { maxKeys: 2 },
    ),
  }),
  fc.record({ error: hostileText, code: hostileText }),
  fc.record({ message: hostileText }),
);

describe('What is shown of the response of a hostile server', () => {
  const request = async (
    body: unknown,
    status: number,
    header: string,
    ids: { userId: string; jobId: string },
  ): Promise<JobStatusOutcome> =>
    await new SmileClient(
      new FakeHttp([
        () => response(body, status, { 'content-type': header, 'x-amzn-requestid': header }),
      ]),
      new FakeClock(),
      () => 60_000,
    ).jobStatus(
      { partnerId: '085', apiKey: 'a-key', baseUrl: 'http://127.0.0.1:1/v1' },
      { ...ids, history: true, imageLinks: true },
      new AbortController().signal,
    );

  /** Every text that panel, tree, comparison, ticket, watch and API take from an outcome. */
  const shownOf = (outcome: JobStatusOutcome): unknown[] => {
    const report = reportOf(outcome);
    const ticket = supportTicket({
      environment: 'local',
      partnerId: '085',
      userId: 'user-1',
      jobId: 'j-1',
      outcome,
      report,
      checkedAt: new Date(0),
      version: '0.0.0',
    });
    const lines = ticket.split('\n');
    if (outcome.kind !== 'answered') return [{ ...outcome, raw: null }, report, lines];
    const { job, raw, signature } = outcome;
    const raws = historyEntriesOf(raw);
    const now = sideOfJob(job, signature, 'now');
    return [
      report,
      lines,
      job.result,
      job.notes,
      job.images.map(({ name }) => name),
      historyOf(job, signature),
      detailSectionsOf(personalDetailsOf(raw), 'all'),
      personalDetailsOf(raw).notes,
      ...job.history.flatMap((entry, index) => {
        const one = raws[index] ?? {};
        return [
          entry.result,
          reportOfEntry(job, entry, one, signature),
          compareJobs(sideOfEntry(entry, job, signature, 'entry'), now),
        ];
      }),
    ];
  };

  it('has no marks in the two documents of a comparison', () => {
    fc.assert(
      fc.property(hostileResult, hostileResult, (before, after) => {
        const compared = resultOf(comparedDocumentsSteps(before, after));
        for (const text of [compared.before, compared.after]) {
          assert.ok(!MARK.test(text.replace(/\n/g, '')), text);
        }
      }),
    );
  });

  it('has no control characters, no marks and no endless text, whatever field they come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileBody,
        fc.constantFrom(200, 400, 401, 503),
        hostileText,
        fc.record({ userId: hostileId, jobId: hostileId }),
        async (body, status, header, ids) => {
          for (const text of textsIn(shownOf(await request(body, status, header, ids)))) {
            assert.ok(!MARK.test(text), JSON.stringify(text));
            // our own words around it, and Markdown's escapes
            assert.ok(text.length <= 4000, `${text.length}: ${text.slice(0, 80)}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is bounded, however long the text that was sent', async () => {
    const long = 'x '.repeat(1_000_000);
    const refused = await request({ error: long, code: long }, 400, long, {
      userId: 'u',
      jobId: 'j',
    });
    const answered = await request(
      { code: long, result: { ResultText: long, ResultCode: long, Actions: { [long]: long } } },
      200,
      long,
      { userId: 'u', jobId: 'j' },
    );
    for (const outcome of [refused, answered]) {
      const longest = Math.max(...textsIn(reportOf(outcome)).map(({ length }) => length));
      assert.ok(longest <= 700, `${longest}`);
    }
  });
});
