import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { Utilities } from 'smile-identity-core';
import * as z from 'zod/mini';
import {
  HANDLER_LANGUAGES,
  HANDLER_STYLES,
  type HandlerLanguage,
} from '../../src/core/handlers/handlerStyles';
import { generateHandler } from '../../src/core/handlers/generateHandler';
import { resultCodesOf } from '../../src/core/handlers/resultCodes';
import { sign } from '../../src/core/smile/signature';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { complaints, hasTool, toolName } from '../support/languageTools';
import { ROOT } from '../support/root';

const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const Snippets = z.record(
  z.string(),
  z.strictObject({ prefix: z.string(), description: z.string(), body: z.array(z.string()) }),
);
const Manifest = z.object({
  contributes: z.object({
    snippets: z.array(z.strictObject({ language: z.string(), path: z.string() })),
  }),
});

const PREFIXES = [
  'smile-job-status',
  'smile-poll',
  'smile-callback',
  'smile-handle-result',
] as const;
type Prefix = (typeof PREFIXES)[number];
/** The languages of servers; Kotlin is the apps'. */
const LANGUAGES = HANDLER_LANGUAGES.filter((language) => language !== 'kotlin');

const snippetsOf = (language: HandlerLanguage) =>
  Object.values(Snippets.parse(read(`media/snippets/${language}.json`)));

/** A snippet as VS Code inserts it, each placeholder with its default or with the choice of this number. */
function inserted(language: HandlerLanguage, prefix: Prefix, choice = 0): string {
  const snippet = snippetsOf(language).find((one) => one.prefix === prefix);
  assert.ok(snippet, `${language} ${prefix}`);
  const text = snippet.body
    .join('\n')
    .replace(
      /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\{\d+\|([^}]*)\|\}/g,
      (_all, escaped?: string, given?: string, choices?: string) =>
        escaped ?? given ?? choices?.split(',')[choice] ?? '',
    );
  return text.replace(/^\t+/gm, (tabs) => HANDLER_STYLES[language].indent.repeat(tabs.length));
}

/** The part of Smile ID's Java SDK that the snippets call; classes take the place of its packages here. */
const JAVA_SDK = `
class smile { static class identity { static class core {
  static class Utilities {
    Utilities(String partnerId, String apiKey, String sidServer) {}
    models.JobStatusResponse getJobStatus(String userId, String jobId) throws Exception { return null; }
    models.JobStatusResponse getJobStatus(String userId, String jobId, models.Options options)
        throws Exception { return null; }
  }
  static class models {
    static class Options { Options(boolean history, boolean imageLinks, boolean status, String url) {} }
    static class JobResponse { String getResultCode() { return null; } }
    static class JobStatusResponse {
      static class Result { JobResponse getJobResponse() { return null; } }
      boolean isJobComplete() { return false; }
      Result getResult() { return null; }
    }
  }
} } }`;

/** A whole source file around a snippet. */
function fileOf(language: HandlerLanguage, code: string): string {
  switch (language) {
    case 'php':
      return `<?php\n${code}`;
    case 'java':
      return `class Code {\n${code}\n}\n${JAVA_SDK}`;
    case 'csharp':
      return `public static class Code\n{\n${code}\n}`;
    case 'go':
      return `package code\n\n${code}\n`;
    case 'typescript':
      return `${code}\nexport {};`;
    default:
      return code;
  }
}

describe('The snippets', () => {
  it('are contributed for every language they are written in, in its dialects, too', () => {
    const { snippets } = Manifest.parse(read('package.json')).contributes;
    assert.deepEqual(
      snippets.map(({ language, path }) => `${language} ${path}`),
      [
        'javascript javascript',
        'javascriptreact javascript',
        'typescript typescript',
        'typescriptreact typescript',
        ...LANGUAGES.filter((one) => !one.endsWith('script')).map((one) => `${one} ${one}`),
      ].map((entry) => entry.replace(/ (\w+)$/, ' ./media/snippets/$1.json')),
    );
  });

  it('are the same four in every language, with short descriptions', () => {
    for (const language of LANGUAGES) {
      assert.deepEqual(
        snippetsOf(language).map(({ prefix, description }) => ({ prefix, description })),
        [
          { prefix: 'smile-job-status', description: "Request a job's status from Smile ID" },
          { prefix: 'smile-poll', description: 'Poll a Smile ID job until its result is final' },
          {
            prefix: 'smile-callback',
            description: 'Verify a Smile ID callback, then request its job',
          },
          {
            prefix: 'smile-handle-result',
            description: 'Handle every result code of Biometric KYC',
          },
        ],
      );
    }
  });

  for (const language of LANGUAGES) {
    for (const prefix of PREFIXES) {
      it(`${prefix} parses in ${language}, whatever is chosen (${toolName(language)})`, function () {
        if (!hasTool(language)) this.skip();
        const chosen = new Set([0, 1].map((choice) => inserted(language, prefix, choice)));
        for (const code of chosen) assert.equal(complaints(language, fileOf(language, code)), '');
      });
    }

    it(`handle the results of Biometric KYC as a generated handler does (${language})`, () => {
      assert.equal(
        inserted(language, 'smile-handle-result'),
        generateHandler('biometric_kyc', language),
      );
    });

    it(`treat no provisional or half result as final (${language})`, () => {
      const codes = /NOT_?FINAL_?CODES\b[^0]*\b(0812.*)$/im.exec(
        inserted(language, 'smile-poll'),
      )?.[1];
      assert.deepEqual(
        new Set(codes?.match(/\d{4}/g)),
        new Set(
          resultCodesOf('biometric_kyc').flatMap(({ code, outcome }) =>
            outcome === 'provisional' || outcome === 'pending' ? [code] : [],
          ),
        ),
      );
    });
  }

  it('take the key from the environment, and the options that the SDK of the language reads', () => {
    const imageOption = {
      javascript: 'return_images',
      typescript: 'return_images',
      python: 'return_images',
      ruby: 'return_image_links',
      php: 'return_image_links',
      java: 'returnImageLinks',
      csharp: 'image_links',
      go: 'image_links',
    };
    for (const language of LANGUAGES) {
      const code = inserted(language, 'smile-job-status');
      assert.match(code, /(?:SMILE_API_KEY['"]|SMILE_API_KEY = ''.*= process\.env)/);
      assert.deepEqual(
        code
          .match(/(?:return_?)?image(?:s\b|_?links)|return_images/gi)
          ?.filter((_name, at) => at === 0),
        [imageOption[language]],
      );
    }
  });
});

describe('The JavaScript snippets, with the official SDK', () => {
  let simulator: Simulator;
  const trusted = https.globalAgent.options.ca;
  const pauses: number[] = [];

  before(async () => {
    const tls = await makeCertificate();
    https.globalAgent.options.ca = tls.cert;
    simulator = await startSimulator({ tls });
  });
  beforeEach(() => {
    pauses.length = 0;
  });
  after(async () => {
    https.globalAgent.options.ca = trusted;
    https.globalAgent.destroy();
    await simulator.stop();
  });

  /** The snippet's function; its pauses are noted and take no time. */
  async function functionOf(
    prefix: Prefix,
    { apiKey = SIMULATOR_API_KEY, choice = 0 } = {},
  ): Promise<(...given: unknown[]) => Promise<unknown>> {
    const code = inserted('javascript', prefix, choice).replace(/^import .*$/gm, '');
    const name = /async function (\w+)/.exec(code)?.[1] ?? '';
    const env = {
      SMILE_PARTNER_ID: SIMULATOR_PARTNER_ID,
      SMILE_API_KEY: apiKey,
      SMILE_SID_SERVER: simulator.url,
    };
    const { createHmac, timingSafeEqual } = await import('node:crypto');
    const pause = (then: () => void, ms: number): void => {
      pauses.push(ms);
      then();
    };
    const bound = { Utilities, createHmac, timingSafeEqual, process: { env }, setTimeout: pause };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a snippet is text
    const make: unknown = new Function(...Object.keys(bound), `${code}; return ${name};`);
    assert.ok(typeof make === 'function');
    const made: unknown = Reflect.apply(make, undefined, Object.values(bound));
    assert.ok(typeof made === 'function');
    return async (...given) => (await Reflect.apply(made, undefined, given)) as unknown;
  }

  const Job = z.object({
    result: z.object({ ResultCode: z.string() }),
    image_links: z.optional(z.record(z.string(), z.string())),
    history: z.optional(z.array(z.unknown())),
  });
  const codeOf = (job: unknown): string => Job.parse(job).result.ResultCode;

  it('request a job', async () => {
    const lookUp = await functionOf('smile-job-status');
    const job = Job.parse(await lookUp('user-1', 'biometric-kyc'));
    assert.deepEqual(
      [job.result.ResultCode, job.image_links, job.history],
      ['1210', undefined, undefined],
    );
  });

  it('request its images and history, too', async () => {
    const lookUp = await functionOf('smile-job-status', { choice: 1 });
    const job = Job.parse(await lookUp('user-1', 'biometric-kyc'));
    assert.deepEqual(
      [Object.keys(job.image_links ?? {}), job.history?.length],
      [['selfie_image', 'id_photo_image'], 8],
    );
  });

  const Polled = z.object({ job: z.unknown(), isFinal: z.boolean() });
  const SLOWER = Array<number>(20).fill(4000);
  for (const { jobId, code, isFinal, waits } of [
    { jobId: 'approved', code: '0810', isFinal: true, waits: [2000] },
    { jobId: 'pending-3', code: '0810', isFinal: true, waits: [2000, 2000, 2000, 2000] },
    { jobId: 'server-error-twice', code: '0810', isFinal: true, waits: [2000, 2000, 2000] },
    {
      jobId: 'provisional',
      code: '0814',
      isFinal: false,
      waits: [2000, 2000, 2000, 2000, ...SLOWER],
    },
    {
      jobId: 'biometric-kyc-id-found',
      code: '1012',
      isFinal: false,
      waits: [2000, 2000, 2000, 2000, ...SLOWER],
    },
  ]) {
    it(`poll ${jobId} until it is ${isFinal ? 'final' : 'time to stop'}`, async () => {
      const poll = await functionOf('smile-poll');
      const polled = Polled.parse(await poll('user-1', jobId));
      assert.deepEqual(
        { code: codeOf(polled.job), isFinal: polled.isFinal, waits: pauses },
        { code, isFinal, waits },
      );
    });
  }

  it('stop polling at the first response that refuses', async () => {
    const poll = await functionOf('smile-poll', { apiKey: 'another key' });
    await assert.rejects(poll('user-1', 'approved'), /status code 400/);
    assert.deepEqual(pauses, [2000]);
  });

  it('stop polling when a response is not signed by Smile ID', async () => {
    const poll = await functionOf('smile-poll');
    await assert.rejects(poll('user-1', 'tampered-signature'), /Unable to confirm validity/);
    assert.deepEqual(pauses, [2000]);
  });

  async function callback(jobId: string, at = new Date(), apiKey = SIMULATOR_API_KEY) {
    return {
      ...(await sign(apiKey, SIMULATOR_PARTNER_ID, at.toISOString())),
      ResultCode: '0810',
      PartnerParams: { user_id: 'user-1', job_id: jobId, job_type: 1 },
    };
  }

  it('believe what Smile ID says of the job, not what a callback says', async () => {
    const check = await functionOf('smile-callback');
    assert.equal(codeOf(await check(await callback('approved'))), '0810');
    assert.equal(codeOf(await check(await callback('rejected-spoof'))), '0813');
  });

  it('do not believe a callback that is signed with another key, not at all, or long ago', async () => {
    const check = await functionOf('smile-callback');
    const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
    const good = await callback('approved');
    for (const body of [
      await callback('approved', new Date(), 'another key'),
      await callback('approved', minutes(-6)),
      await callback('approved', minutes(6)),
      { ...good, timestamp: new Date(0).toISOString() },
      { ...good, signature: undefined },
      { ...good, signature: good.signature.slice(0, -4) },
      { PartnerParams: good.PartnerParams },
    ]) {
      assert.equal(await check(body), null);
    }
    assert.equal(codeOf(await check(await callback('approved', minutes(-4)))), '0810');
  });

  it('check nothing against an empty key', async () => {
    const check = await functionOf('smile-callback', { apiKey: '' });
    await assert.rejects(check(await callback('approved')), /SMILE_API_KEY is not set/);
  });
});
