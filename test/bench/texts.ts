import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Texts as integrators have them, made up and the same in every run. Result codes are a small part of the
 * four-digit numbers in them, as in life: years, ports, times and amounts are the others.
 */

/** Numbers from 0 to 1, the same sequence for the same seed (mulberry32, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CODES = ['0810', '0811', '0812', '0813', '0814', '1012', '1013', '1020', '1210', '2302'];

interface Entry {
  readonly time: string;
  readonly user: string;
  readonly job: string;
  readonly code: string;
  readonly ms: number;
  readonly port: number;
}

function* entries(): Generator<Entry> {
  const random = randomNumbers(7);
  const number = (from: number, to: number) => Math.floor(from + random() * (to - from));
  for (let at = Date.parse('2026-03-02T09:00:00Z'); ; at += number(5, 4000)) {
    yield {
      time: new Date(at).toISOString(),
      user: `user-${number(1000, 9999)}`,
      job: `job-${number(100_000, 999_999)}`,
      code: CODES[number(0, CODES.length)] ?? '0810',
      ms: number(80, 9000),
      port: number(1024, 9999),
    };
  }
}

function repeat(size: number, line: (entry: Entry) => string): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const entry of entries()) {
    const text = line(entry);
    lines.push(text);
    length += text.length + 1;
    if (length >= size) break;
  }
  return lines;
}

/** A server's log of about `size` characters: most lines contain no code. */
export function log(size: number): string {
  return repeat(size, ({ time, user, job, code, ms, port }) =>
    [
      `${time} INFO  GET /v1/jobs/${job} 200 ${ms} ms from 10.0.12.7:${port}`,
      `${time} DEBUG pool size=24 free=19 waiting=0 heap=${ms * 1024} bytes`,
      `${time} INFO  answered user_id=${user} job_id=${job} ResultCode=${code} took ${ms} ms`,
    ].join('\n'),
  ).join('\n');
}

const jsonEntry = ({ time, user, job, code, ms, port }: Entry): string =>
  JSON.stringify({
    time,
    level: 'info',
    port,
    ms,
    answer: {
      code: '2302',
      job_complete: true,
      result: {
        ResultCode: code,
        ResultText: 'Enroll User',
        SmileJobID: `000000${ms}`,
        PartnerParams: { user_id: user, job_id: job, job_type: 1 },
        DOB: '1990-01-01',
        Actions: { Liveness_Check: 'Passed', Register_Selfie: 'Approved' },
        timestamp: time,
      },
    },
  });

/** A JSON log of about `size` characters: one response per line. */
export function jsonLog(size: number): string {
  return repeat(size, jsonEntry).join('\n');
}

/** The same as one list without a single line break. */
export function jsonLogInOneLine(size: number): string {
  return `[${repeat(size, jsonEntry).join(',')}]`;
}

/** Source code of about `size` characters: the sample integration and this extension, over and over. */
export function sourceCode(root: string, size: number): string {
  const files = ['test/workspace/server', 'src/core', 'src/vscode'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(js|py|ts)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  const once = files.join('\n');
  return once.repeat(Math.ceil(size / once.length)).slice(0, size);
}
