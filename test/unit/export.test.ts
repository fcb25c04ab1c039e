import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import ts from 'typescript';
import { explainAction } from '../../src/core/catalogue/actions';
import { isFieldName } from '../../src/core/catalogue/fieldNames';
import { reportOf } from '../../src/core/report/jobReport';
import { JsonObject } from '../../src/core/smile/fields';
import type { Job } from '../../src/core/smile/job';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import { redactSteps, redactText } from '../../src/core/redact';
import { isV3JobId } from '../../src/core/smile/typeId';
import type { Answered, JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { curlCommand } from '../../src/core/export/curlCommand';
import { fixtureSteps } from '../../src/core/report/fixture';
import { sdkCall } from '../../src/core/export/sdkCall';
import { v3SdkCall } from '../../src/core/export/v3SdkCall';
import { jobIdOfSpecial } from '../../src/node/simulator/v3Scenarios';
import { SDK_LANGUAGES } from '../../src/core/sdk/sdkLanguage';
import { supportTicket } from '../../src/core/export/supportTicket';
import { typedModelSteps } from '../../src/core/export/typedModel';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { ROOT } from '../support/root';
import { scenarioOutcomes } from '../support/scenarioOutcomes';
import { resultOf } from '../support/steps';

const profile: Profile = {
  id: 'p-1',
  name: 'Local simulator',
  environment: 'local',
  partnerId: '085',
  url: null,
};
const request = { userId: 'user-1', jobId: 'approved', history: true, imageLinks: true };
/** IDs that mean something to a shell, to JSON or to a language. */
const HOSTILE = [
  'a\'b"c',
  '$(touch pwned)',
  '`touch pwned`',
  '%s %n \\n',
  '#{1+1} ü 🙂',
  '; touch pwned',
];

const JOB_OF_V3 = 'job_01h8x9y2z3a4b5c6d7e8f9g0h1';
const USER_OF_V3 = 'user_01h8x9y2z3a4b5c6d7e8f9g0h1';

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;

describe('Exporting a job', () => {
  let simulator: Simulator;
  let folder: string;
  let outcomes: ReadonlyMap<string, JobStatusOutcome>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smile-export-'));
    simulator = await startSimulator();
    outcomes = await scenarioOutcomes();
  });
  after(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  const answered = (): [string, Answered][] =>
    [...outcomes].flatMap(([jobId, outcome]) =>
      outcome.kind === 'answered' ? [[jobId, outcome] as [string, Answered]] : [],
    );

  describe('as cURL', () => {
    const run = async (
      script: string,
      env: Record<string, string>,
    ): Promise<Record<string, unknown>> =>
      JSON.parse(
        await outputOf('sh', ['-c', script], folder, { PATH: process.env.PATH, ...env }),
      ) as Record<string, unknown>;
    const scriptFor = (jobId: string, userId = 'user-1'): string =>
      curlCommand({
        profile: { ...profile, url: simulator.url },
        request: { ...request, jobId, userId },
      });

    before(function () {
      if (!has('curl') || !has('openssl')) this.skip(); // both come with every system that CI runs on
    });

    it('sends the request by itself, with its own signature', async () => {
      const response = await run(scriptFor('approved'), { SMILE_API_KEY: SIMULATOR_API_KEY });
      assert.equal(readJob(response, request).verdict, 'approved');
    });

    it('signs with any key, however long, and shows the key to no other process', async () => {
      for (const key of ['short', 'k'.repeat(64), 'k'.repeat(65), 'ü"$`\\ 😀'.repeat(9)]) {
        const own = await startSimulator({ apiKey: key });
        try {
          const script = curlCommand({ profile: { ...profile, url: own.url }, request });
          const response = await run(script, { SMILE_API_KEY: key });
          assert.equal(readJob(response, request).verdict, 'approved', key);
          assert.doesNotMatch(script, /-hmac|-macopt/);
        } finally {
          await own.stop();
        }
      }
    });

    it('never contains the key, and says so if the variable for it is missing', async () => {
      const script = scriptFor('approved');
      assert.ok(!script.includes(SIMULATOR_API_KEY));
      await assert.rejects(
        run(script, {}),
        /SMILE_API_KEY: Export it first, with the API key of local/,
      );
    });

    it('passes on IDs with shell syntax unchanged, and runs none of them', async () => {
      for (const id of HOSTILE) {
        const response = await run(scriptFor(id, id), { SMILE_API_KEY: SIMULATOR_API_KEY });
        const job = response.result as { PartnerParams: Record<string, unknown> };
        assert.deepEqual([job.PartnerParams.job_id, job.PartnerParams.user_id], [id, id]);
      }
      assert.equal(spawnSync('ls', ['pwned'], { cwd: folder }).status !== 0, true);
    });

    it('of API v3 takes a token for the key, and has neither on a command line', async () => {
      const jobId = jobIdOfSpecial('processing');
      const script = curlCommand({
        profile: { ...profile, url: simulator.url },
        request: { ...request, userId: null, jobId },
      });
      // each program notes its arguments, as a list of processes would show them
      const shown = join(folder, 'arguments.txt');
      const tools = join(folder, 'tools');
      mkdirSync(tools);
      for (const tool of ['curl', 'sed']) {
        const real = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
        const path = join(tools, tool);
        writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${shown}'\nexec ${real} "$@"\n`);
        chmodSync(path, 0o755);
      }
      const response = await run(script, {
        SMILE_API_KEY: SIMULATOR_API_KEY,
        PATH: `${tools}:${process.env.PATH ?? ''}`,
      });
      assert.deepEqual([response.status, response.job_id], ['processing', jobId]);
      const lines = readFileSync(shown, 'utf8');
      assert.match(lines, /\/v3\/token[^]*\/v3\/status\//);
      assert.ok(!lines.includes(SIMULATOR_API_KEY) && !lines.includes('eyJ'), lines);
      assert.ok(!script.includes(SIMULATOR_API_KEY));
      await assert.rejects(run(script, { SMILE_API_KEY: 'wrong' }), /Invalid authentication/);
    });

    it('goes past a proxy of the shell to this machine, and to no other', () => {
      for (const userId of ['user-1', null]) {
        const jobId = jobIdOfSpecial('processing');
        const scripts = (['local', 'sandbox'] as const).map((environment) =>
          curlCommand({
            profile: { ...profile, environment, url: simulator.url },
            request: { ...request, userId, jobId },
          }),
        );
        const commands = scripts.map((script) => script.match(/curl -sS[^\n]*/g) ?? []);
        assert.deepEqual(
          commands.map((lines) => lines.map((line) => line.includes("--noproxy '*'"))),
          userId === null
            ? [
                [true, true],
                [false, false],
              ]
            : [[true], [false]],
        );
      }
    });

    it('gives a shell the exact text of any ID', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (id) => {
          fc.pre(!id.includes('\0'));
          const line =
            scriptFor(id)
              .split('\n')
              .find((each) => each.startsWith('request=')) ?? '';
          const output = execFileSync('sh', ['-c', `${line}\nprintf %s "$request"`], {
            env: { PATH: process.env.PATH, SMILE_API_KEY: 'x' },
            encoding: 'utf8',
          });
          assert.equal((JSON.parse(output) as { job_id: unknown }).job_id, id);
        }),
        { numRuns: 15 },
      );
    });
  });

  describe('as a call of an official SDK', () => {
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };

    it('has the option names that each SDK reads, text for the partner ID, and no key', () => {
      const live: Profile = { ...profile, environment: 'production' };
      const calls = SDK_LANGUAGES.map((language) => sdkCall(language, { profile: live, request }));
      const [javascript = '', python = '', ruby = '', php = '', java = ''] = calls;
      for (const call of [javascript, python]) assert.match(call, /return_images"?: (true|True)/);
      for (const call of [ruby, php]) assert.match(call, /return_image_links'?(:| =>) true/);
      assert.match(java, /new Options\(true, true, false, ""\)/);
      for (const call of calls) {
        assert.match(call, /(["'])085\1/);
        assert.match(call, /(["'])1\1/);
        assert.match(call, /SMILE_API_KEY/);
      }
    });

    it('runs in JavaScript, against a server with HTTPS', async () => {
      const tls = await makeCertificate();
      const secure = await startSimulator({ tls });
      try {
        const url = secure.url;
        const program = sdkCall('javascript', {
          profile: { ...profile, url },
          request: { ...request, jobId: 'biometric-kyc' },
        });
        const path = file('call.cjs', program);
        const ca = file('ca.pem', tls.cert);
        const output = await outputOf(process.execPath, [path], folder, {
          PATH: process.env.PATH,
          SMILE_API_KEY: SIMULATOR_API_KEY,
          NODE_EXTRA_CA_CERTS: ca,
          NODE_PATH: join(ROOT, 'node_modules'),
        });
        const response = JSON.parse(output) as Record<string, unknown>;
        assert.equal(readJob(response, request).result?.code, '1210');
      } finally {
        await secure.stop();
      }
    });

    const CHECKS = [
      { language: 'javascript', tool: 'node', args: ['--check'], name: 'call.cjs' },
      { language: 'python', tool: 'python3', args: ['-m', 'py_compile'], name: 'call.py' },
      { language: 'ruby', tool: 'ruby', args: ['-c'], name: 'call.rb' },
      { language: 'php', tool: 'php', args: ['-l'], name: 'call.php' },
    ] as const;
    it('of API v3 names the methods of SDKs 12, the partner ID without zeros, and no key', () => {
      const v3Request = { ...request, userId: null, jobId: jobIdOfSpecial('processing') };
      for (const environment of ['sandbox', 'production', 'local'] as const) {
        const calls = SDK_LANGUAGES.map((language) =>
          v3SdkCall(language, {
            profile: { ...profile, environment, url: simulator.url },
            request: v3Request,
          }),
        );
        const [javascript, python, ruby, php, java] = calls;
        assert.equal(java, null); // its documentation does not say how yet
        for (const call of [javascript, python, ruby, php]) {
          assert.match(call ?? '', /verifications(?:\.|->)retrieve\(["']job_/);
          assert.match(call ?? '', /(["'])85\1/);
          assert.match(call ?? '', /SMILE_API_KEY/);
          assert.match(call ?? '', environment === 'local' ? /127\.0\.0\.1/ : RegExp(environment));
          assert.equal(call?.includes('takes addresses with https only'), environment === 'local');
        }
      }
    });

    for (const { language, tool, args, name } of CHECKS) {
      it(`of API v3 is a program that ${tool} understands, whatever the IDs`, function () {
        if (!has(tool)) this.skip(); // the language is not installed
        for (const id of HOSTILE) {
          const call = v3SdkCall(language, {
            profile: { ...profile, partnerId: id },
            request: { ...request, userId: null, jobId: id },
          });
          const path = file(name.replace('.cjs', '.mjs'), call ?? '');
          const { status, stderr } = spawnSync(tool, [...args, path], { encoding: 'utf8' });
          assert.equal(status, 0, `${id}\n${stderr}`);
        }
      });
    }

    for (const { language, tool, args, name } of CHECKS) {
      it(`is a program that ${tool} understands, whatever the IDs`, function () {
        if (!has(tool)) this.skip(); // the language is not installed
        for (const id of HOSTILE) {
          const call = sdkCall(language, {
            profile,
            request: { ...request, jobId: id, userId: id },
          });
          const { status, stderr } = spawnSync(tool, [...args, file(name, call)], {
            encoding: 'utf8',
          });
          assert.equal(status, 0, `${id}\n${stderr}`);
        }
      });
    }
  });

  describe('as text for a support ticket', () => {
    const ticketOf = (jobId: string, outcome: JobStatusOutcome, userId = 'user-1'): string =>
      supportTicket({
        environment: 'sandbox',
        partnerId: '085',
        userId,
        jobId,
        outcome,
        report: reportOf(outcome),
        checkedAt: new Date(Date.UTC(2026, 0, 15, 12, 30)),
        version: '0.1.0',
      });
    const refused: JobStatusOutcome = {
      kind: 'refused',
      httpStatus: 400,
      code: '2205',
      message: 'You are not authorized to do that',
      requestId: 'b1997c2d-ece4-4d57-89bf-94d1052f0ca9',
      retryAt: null,
      raw: {},
    };
    const made =
      'Made by the Smile ID extension for VS Code 0.1.0. It contains no personal data, unless your IDs do.';

    it('makes no link of what a server sends', () => {
      const text = ticketOf('job-1', { ...refused, message: 'Found [Approved](//result.id)' });
      assert.match(text, /^- Text: Found \[Approved\] \(/m);
    });

    it('contains what support needs: both IDs, and the request ID of a refusal', () => {
      assert.equal(
        ticketOf('job-1', refused),
        `Smile ID job: Not authorized

- Environment: sandbox
- Partner ID: 085
- User ID: user-1
- Job ID: job-1
- Request ID: b1997c2d-ece4-4d57-89bf-94d1052f0ca9
- Code: 2205
- Text: You are not authorized to do that
- Outcome: Not authorized
- HTTP status: 400
- Checked at: 2026-01-15T12:30:00.000Z

${made}
`,
      );
    });

    it('can be pasted anywhere: without entities and tables, names of fields in backticks', () => {
      const outcome = outcomes.get('rejected-spoof');
      assert.ok(outcome);
      const ticket = ticketOf('rejected_spoof', outcome);
      assert.doesNotMatch(ticket, /&#|\||\*\*/);
      assert.match(ticket, /^- Job ID: rejected_spoof\n[^]*^- `job_complete`: true\n/m);
      assert.match(ticket, /^Checks:\n(?:- `\w+`: .+\n)*- `Liveness_Check`: Failed\n/m);
    });

    it('says in English what happened if there was no response', () => {
      const unreachable = {
        kind: 'unreachable',
        cause: 'dns',
        message: 'Name nicht gefunden',
      } as const;
      const unreadable = {
        kind: 'unreadable',
        httpStatus: 502,
        contentType: 'text/html',
        excerpt: 'HTML, 10 Byte',
        bodyKind: 'html',
        message: 'Keine lesbare Antwort',
        retryAt: null,
      } as const;
      const texts = [unreachable, unreadable].map(
        (outcome) => /^- Text: .*/m.exec(ticketOf('job-1', outcome))?.[0],
      );
      assert.deepEqual(texts, ['- Text: no response: dns', '- Text: no JSON object: html']);
    });

    it('contains no personal data or link of any response, and no user ID that may be a person', () => {
      for (const [jobId, outcome] of outcomes) {
        const ticket = ticketOf(jobId, outcome, 'ada@example.com');
        assert.match(ticket, /^- User ID: \[redacted\]$/m);
        for (const secret of [...MARKERS, 'ada', 'http:', 'https:']) {
          assert.ok(!ticket.includes(secret), `${jobId}: ${secret}\n${ticket}`);
        }
      }
    });

    it('names only known checks with known values, and only codes and IDs of the expected form', () => {
      const raw = {
        result: {
          ResultCode: 'born 1815',
          SmileJobID: '2348031234567',
          Actions: { Liveness_Check: 'Ada', Ada: 'Passed', DOB: 'Exact Match' },
        },
      };
      const outcome: JobStatusOutcome = {
        ...{ kind: 'answered', signature: 'valid', raw },
        job: readJob(raw, request),
      };
      const rows = ticketOf('ada@example.com', outcome)
        .split('\n')
        .filter((row) => /^- (?:Job ID|SmileJobID|Code|`)/.test(row));
      assert.deepEqual(rows, [
        '- Job ID: [redacted]',
        '- SmileJobID: [redacted]',
        '- Code: [redacted]',
        '- `job_complete`: null',
        '- `job_success`: null',
        '- `Liveness_Check`: Unknown value',
        '- `DOB`: Exact Match',
        '- `Unknown check`: Passed',
      ]);
    });

    it('shows texts of a response on one line each, without markup', () => {
      const hostile = '| a | [x](http://evil.example) <img src=x> `code` **b**\n- Job ID: other';
      const ticket = ticketOf('j|1', { ...refused, code: null, message: hostile, requestId: null });
      assert.doesNotMatch(ticket, /<img|\[x\]|`code`|\*\*b/);
      assert.equal(ticket.match(/^- Job ID/gm)?.length, 1);
    });
  });

  describe('as a fixture', () => {
    it('contains no personal data of any scenario, and still means the same', () => {
      for (const [jobId, { job, raw }] of answered()) {
        const made = resultOf(fixtureSteps(raw));
        const text = JSON.stringify(made);
        for (const marker of MARKERS) assert.ok(!text.includes(marker), `${jobId}: ${marker}`);
        assert.doesNotMatch(text, /127\.0\.0\.1|signature=/, jobId);
        // an unknown check has lost its name and value, and a text its unknown words
        const meaning = ({ verdict, product, complete, result, history, images }: Job) => ({
          ...{ verdict, product, complete },
          result: {
            ...result,
            text: result?.text && redactText(result.text),
            actions: result?.actions.filter(({ key }) => explainAction(key)),
          },
          history: history.map((entry) => entry.verdict),
          images: images.map(({ name }) => name),
        });
        const again = readJob(made, { ...request, jobId });
        assert.deepEqual(meaning(again), meaning(job), jobId);
      }
    });

    it('keeps the shape: every type, and every known name of a field', () => {
      const named = (key: string): string =>
        isFieldName(key) || explainAction(key) ? key : 'another';
      const shapeOf = (value: unknown): unknown =>
        Array.isArray(value)
          ? value.map(shapeOf)
          : typeof value === 'object' && value !== null
            ? Object.entries(value).map(([key, field]) => [named(key), shapeOf(field)])
            : value === null
              ? 'null'
              : typeof value;
      for (const [jobId, { raw }] of answered()) {
        assert.deepEqual(shapeOf(resultOf(fixtureSteps(raw))), shapeOf(raw), jobId);
      }
    });

    it('hides personal data in a text that is kept, and everything in an unknown object', () => {
      const made = resultOf(
        fixtureSteps({
          code: '2302',
          error: 'user +254712345678 unknown',
          result: {
            ResultText: 'No record for 12345678901 (ada.lovelace@example.com)',
            SmileJobID: '0000001897',
            shareholders: [{ status: 'Ada Lovelace', message: 'born 1815', code: 1815 }],
            id_info: { source: '12 Real Street' },
          },
        }),
      );
      assert.deepEqual(made, {
        code: '2302',
        error: 'user [redacted] unknown',
        result: {
          ResultText: 'No record for [redacted])',
          SmileJobID: '0000001897',
          field_1: [{ status: 'Example', message: 'Example', code: 0 }],
          field_2: { source: 'Example' },
        },
      });
    });

    it('keeps what was decided, and signs of fraud, so that a test does not prove the opposite', () => {
      const antifraud = {
        fraud_risk: { risk_level: 'high', risk_score: 94, risk_indicators: ['device_risk'] },
        smile_secure: { status: 'attention', suspect_users: [] },
        summary: { fraud_detected: true, fraud_sources: ['fraud_risk', 'smile_secure'] },
      };
      const flat = {
        fraud_risk_level: 'high',
        fraud_risk_score: 92,
        fraud_risk_indicator_groups: ['device_risk'],
      };
      const ofV1 = {
        summary: { fraud_detected: 'True', fraud_sources: ['smile_secure'] },
        smile_secure: { ResultCode: '5211', ResultText: 'Suspect Users Found' },
      };
      for (const decided of [
        { status: 'clear', reason: null, product: 'enhanced_kyc', antifraud },
        { status: 'block', no_of_persons_found: 2, strict_match: true, antifraud: flat },
        { ResultCode: '0810', Antifraud: ofV1, IDNumberPreviouslyRegistered: true },
      ]) {
        assert.deepEqual(resultOf(fixtureSteps(decided)), decided);
        assert.deepEqual(resultOf(redactSteps(decided)), decided);
      }
    });

    it('replaces suspect users, and whatever else is in antifraud data', () => {
      const suspect = (user_id: string) => ({ user_id, reasons: ['same-face', 'face by Ada'] });
      const raw = (userId: string, risk_level: string, score: number, note: string) => ({
        antifraud: {
          fraud_risk: { risk_level, risk_score: score },
          smile_secure: { suspect_users: [suspect(userId)], notes: { status: note } },
        },
      });
      const made = resultOf(fixtureSteps(raw(USER_OF_V3, 'Ada', 70000008953, 'Ada')));
      const reasons = ['same-face', 'face [redacted]'];
      const user_id = 'user_00000000000000000000000001';
      assert.deepEqual(made, {
        antifraud: {
          fraud_risk: { risk_level: '[redacted]', risk_score: 0 },
          smile_secure: {
            suspect_users: [{ user_id, reasons }],
            field_1: { status: 'Example' },
          },
        },
      });
      assert.deepEqual(resultOf(redactSteps(raw(USER_OF_V3, 'low', 7, 'Ada'))), {
        antifraud: {
          fraud_risk: { risk_level: 'low', risk_score: 7 },
          smile_secure: {
            suspect_users: [{ user_id: '[redacted]', reasons }],
            field_1: '[redacted]',
          },
        },
      });
    });

    it('gives jobs of API v3 an ID of the form that it takes', () => {
      const made = resultOf(
        fixtureSteps({ job_id: JOB_OF_V3, partner_params: { job_id: JOB_OF_V3, user_id: 'ada' } }),
      );
      const job_id = 'job_00000000000000000000000001';
      assert.deepEqual(made, { job_id, partner_params: { job_id, user_id: 'user-1' } });
      assert.ok(isV3JobId(job_id));
    });

    it('never fails, and keeps no text that is not known to be harmless', () => {
      const secret = 'Zq7-secret-of-a-person';
      fc.assert(
        fc.property(
          fc.object({ values: [fc.constant(secret), fc.integer(), fc.boolean()] }),
          (value) => {
            const made = JSON.stringify(
              resultOf(fixtureSteps({ result: { FullData: value, SomethingNew: value } })),
            );
            assert.ok(!made.includes(secret));
          },
        ),
      );
    });
  });

  describe('as a TypeScript model', () => {
    const errorsOf = (source: string): string[] => {
      const name = join(ROOT, 'model.ts');
      const options: ts.CompilerOptions = {
        strict: true,
        noEmit: true,
        types: [],
        lib: ['lib.es2022.d.ts'],
      };
      const host = ts.createCompilerHost(options);
      const read = host.getSourceFile.bind(host);
      host.getSourceFile = (file, ...rest) =>
        file === name
          ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
          : read(file, ...rest);
      const program = ts.createProgram([name], options, host);
      return ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    };

    it('compiles, and matches the responses that it was made from', () => {
      const raws = answered()
        .filter(
          ([jobId]) =>
            !jobId.startsWith('history') && jobId !== 'large-history' && jobId !== 'everything',
        )
        .map(([, { raw }]) => raw);
      const checks = raws
        .map(
          (raw, index) =>
            `export const response${index}: JobStatusResponse = ${JSON.stringify(resultOf(fixtureSteps(raw)))};`,
        )
        .join('\n');
      assert.deepEqual(errorsOf(`${resultOf(typedModelSteps(raws))}\n${checks}`), []);
    });

    it('has optional fields, unions and lists, and only names of known fields', () => {
      assert.equal(
        resultOf(
          typedModelSteps([
            {
              code: '2302',
              result: { ResultCode: '0810', DOB: null },
              PartnerParams: { shop: 'Lagos' },
              history: [{ ConfidenceValue: 1 }, { IsAlive: true, 'ada@example.com': 1 }],
              FullData: { DOB: '1990' },
            },
            {
              code: 2302,
              result: 'No zip uploaded yet',
              image_links: { selfie_image: 'https://x' },
            },
          ]),
        ),
        `export interface JobStatusResponse {
  code: number | string;
  result: string | Result;
  PartnerParams?: Record<string, unknown>;
  history?: HistoryEntry[];
  FullData?: Record<string, unknown>;
  image_links?: Record<string, unknown>;
}

export interface HistoryEntry {
  ConfidenceValue?: number;
  IsAlive?: boolean;
  [field: string]: unknown;
}

export interface Result {
  ResultCode: string;
  DOB: unknown;
}
`,
      );
    });

    it('is named after its document, and says where null occurs', () => {
      const webhook = (reason: string | null, people: object[] | null): object => ({
        ...{ status: 'clear', reason, product: 'one_time_aml', kyc_receipt: null, people },
      });
      const bodies = [webhook(null, []), webhook('high_risk', [{ name: 'Ada' }, { name: null }])];
      assert.equal(
        resultOf(
          typedModelSteps(
            [...bodies, webhook(null, null)].map((body) => JsonObject.parse(body)),
            'webhook',
          ),
        ),
        `export interface Webhook {
  status: string;
  reason: string | null;
  product: string;
  kyc_receipt: unknown;
  people: PeopleEntry[] | null;
}

export interface PeopleEntry {
  name: string | null;
}
`,
      );
    });

    it('contains no value of any response, nor a key that is data', () => {
      const model = resultOf(typedModelSteps(answered().map(([, { raw }]) => raw)));
      for (const marker of MARKERS) assert.ok(!model.includes(marker), marker);
      assert.doesNotMatch(
        resultOf(typedModelSteps([{ people: { 'ada@example.com': 1 } }])),
        /ada@/,
      );
    });
  });
});

/** What a program prints; asynchronous, so that the server in this process can respond to it. */
async function outputOf(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { cwd, env });
  return stdout;
}
