import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as History from '../../src/core/report/jobHistory';
import type * as Report from '../../src/core/report/jobReport';
import type * as PersonalReport from '../../src/core/report/personalReport';
import type * as JobStatusResponse from '../../src/core/smile/jobStatusResponse';
import type * as ParseBody from '../../src/core/smile/parseBody';
import type * as PersonalDetails from '../../src/core/report/personalDetails';
import { ROOT } from '../support/root';
import { median, type Figure } from './figure';

const ROUNDS = 25;
const REQUEST = { userId: 'user-1', jobId: 'job-1', history: true, imageLinks: true };

/**
 * Reading a response as its panel does, up to what the page draws, against `JSON.parse` of the same text. The bytes
 * are decoded before: that belongs to the download.
 */
export async function readingTime(): Promise<Figure[]> {
  const read = await bundledReading();
  const ratios = Object.entries(shapes()).map(([name, body]) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { name, ratio: ratioOf(text, read) };
  });
  const all = ratios.map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`).join(', ');
  return [
    {
      name: `reading the worst of ten shapes of response, against JSON.parse (${all})`,
      value: Math.max(...ratios.map(({ ratio }) => ratio)),
      unit: 'times',
      budget: 3,
    },
  ];
}

/** Each close to the limit of 200,000 values or of 10 MB, except for the one that is realistic. */
function shapes(): Readonly<Record<string, unknown>> {
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const fields = (count: number, make: (index: number) => unknown): object =>
    Object.fromEntries(times(count, (index) => [`field${index}`, make(index)]));
  return {
    'long history': envelope({}, { history: times(4900, entry) }),
    'many actions': envelope({ Actions: fields(190_000, () => 'Passed') }),
    'many links': envelope(
      {},
      { image_links: fields(90_000, (index) => `https://images.smileidentity.com/${index}.jpg`) },
    ),
    'many fields': envelope(fields(190_000, String)),
    'deep nesting': `{"job_complete":true,"result":${'['.repeat(190_000)}${']'.repeat(190_000)}}`,
    'many notes': envelope({ Actions: fields(190_000, () => []) }),
    'long strings': envelope({ Remark: 'A remark. '.repeat(900_000) }),
    'escaped strings': envelope({ Remark: '"\\\n'.repeat(1_500_000) }),
    numbers: envelope({ Scores: times(190_000, (index) => index * 1.37) }),
    'realistic, 1.5 MB': envelope(
      { ...entry(1), Photo: 'iVBORw0KGgo'.repeat(60_000), Document: '/9j/4AAQ'.repeat(80_000) },
      { history: times(200, entry), image_links: { selfie_image: 'https://example.invalid/1' } },
    ),
  };
}

const envelope = (result: object, more: object = {}): object => ({
  timestamp: '2026-03-01T12:00:00.000Z',
  signature: 'c2lnbmF0dXJl',
  code: '2302',
  job_complete: true,
  job_success: true,
  result: { ResultCode: '0810', ResultText: 'Document Verified', ...result },
  ...more,
});

/** As many fields as an entry of a real history has. */
const entry = (index: number): object => ({
  Actions: Object.fromEntries(
    [
      ...['Liveness_Check', 'Register_Selfie', 'Verify_Document', 'Human_Review_Compare'],
      ...['Human_Review_Liveness_Check', 'Human_Review_Update_Selfie', 'Return_Personal_Info'],
      ...[
        'Selfie_To_ID_Card_Compare',
        'Selfie_To_ID_Authority_Compare',
        'Update_Registered_Selfie',
      ],
      ...[
        'Verify_ID_Number',
        'Document_Check',
        'Selfie_Check',
        'Selfie_To_Registered_Selfie_Compare',
      ],
    ].map((key) => [key, 'Passed']),
  ),
  ConfidenceValue: '99',
  Country: 'NG',
  DOB: '1990-01-01',
  ExpirationDate: '2030-01-01',
  FullName: 'Ada Example',
  Gender: 'F',
  IDNumber: String(10_000_000_000 + index),
  IDType: 'PASSPORT',
  IsFinalResult: 'true',
  IsMachineResult: 'true',
  IssuanceDate: '2020-01-01',
  JSONVersion: '1.0.0',
  PartnerParams: { job_id: `job-${index}`, job_type: 6, user_id: 'user-1' },
  PhoneNumber2: 'Not Available',
  ResultCode: '0810',
  ResultText: 'Document Verified After Human Review',
  ResultType: 'SAIA',
  SecondaryIDNumber: 'Not Available',
  SmileJobID: String(index).padStart(10, '0'),
  Source: 'WebAPI',
  timestamp: '2026-03-01T12:00:00.000Z',
});

type Reading = typeof History &
  typeof Report &
  typeof PersonalReport &
  typeof JobStatusResponse &
  typeof ParseBody &
  typeof PersonalDetails;

/** As it ships, in one file: read from many, every name of another file goes through a getter. */
async function bundledReading(): Promise<(bytes: Uint8Array, text: string) => void> {
  const outfile = join(ROOT, '.vscode-test/bench/reading.js');
  const files = [
    ...['report/jobHistory', 'report/jobReport', 'report/personalDetails', 'report/personalReport'],
    ...['smile/jobStatusResponse', 'smile/parseBody'],
  ];
  await build({
    stdin: {
      contents: files.map((file) => `export * from './src/core/${file}';`).join('\n'),
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  const core = createRequire(outfile)(outfile) as Reading;
  return (bytes, text) => {
    const parsed = core.parseBody(bytes, text);
    if (typeof parsed === 'string') throw new Error(`This shape is not read: ${parsed}.`);
    const { raw, notes } = parsed;
    const job = core.readJob(raw, REQUEST, notes);
    core.reportOf({ kind: 'answered', job, signature: 'valid', raw });
    core.historyOf(job, 'valid');
    core.detailSectionsOf(core.personalDetailsOf(raw), new Set());
  };
}

/** Of the medians of both, taken in turns so that a busy machine slows both alike. */
function ratioOf(text: string, read: (bytes: Uint8Array, text: string) => void): number {
  const bytes = new TextEncoder().encode(text);
  const times = { read: [] as number[], parsed: [] as number[] };
  for (let round = -10; round < ROUNDS; round += 1) {
    const begun = performance.now();
    read(bytes, text);
    const middle = performance.now();
    JSON.parse(text);
    const end = performance.now();
    if (round < 0) continue; // warming up
    times.read.push(middle - begun);
    times.parsed.push(end - middle);
  }
  return median(times.read) / median(times.parsed);
}
