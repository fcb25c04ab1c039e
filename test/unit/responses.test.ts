import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  allProducts,
  explain,
  meaningsOf,
  productOfApiName,
  reasonMeaningsOf,
} from '../../src/core/catalogue/catalogue';
import { JsonObject } from '../../src/core/smile/fields';
import { isErrorResponse } from '../../src/core/smile/errorResponse';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import { ROOT } from '../support/root';

/**
 * Responses of Smile ID's API that were recorded, or that its documentation, specification and SDKs give as
 * examples, with what must be said about each. All people and numbers in them are invented.
 */
const FOLDER = join(ROOT, 'test/fixtures/responses');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

const Index = z.object({
  responses: z.array(
    z.object({
      file: z.string(),
      kind: z.enum(['job-status', 'result', 'error', 'accepted', 'status', 'webhook']),
      verdict: z.nullable(z.string()),
      product: z.nullable(z.string()),
    }),
  ),
});
const { responses } = Index.parse(read('index.json'));
const ofKind = (...kinds: readonly string[]) =>
  responses.filter(({ kind }) => kinds.includes(kind));
const REQUEST = { userId: 'user', jobId: 'job', history: true, imageLinks: false };

describe('Recorded and documented responses', () => {
  it('are all in the index', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.json');
    assert.deepEqual(files.sort(), responses.map(({ file }) => file).sort());
  });

  for (const { file, kind } of ofKind('job-status', 'result', 'accepted', 'status', 'error')) {
    it(`are an error with any HTTP status exactly if they are one: ${file}`, () => {
      const response = JsonObject.parse(read(file));
      assert.equal(isErrorResponse(response), kind === 'error');
      // a signature says who responded, not what
      assert.equal(isErrorResponse({ ...response, signature: 'x' }), kind === 'error');
    });
  }

  for (const { file, verdict, product } of ofKind('job-status')) {
    it(`of a job status request give verdict and product: ${file}`, () => {
      const job = readJob(JsonObject.parse(read(file)), REQUEST);
      assert.deepEqual({ verdict: job.verdict, product: job.product }, { verdict, product });
    });
  }

  for (const { file, verdict, product } of ofKind('result')) {
    it(`with a result code give the outcome of the code, and the product: ${file}`, () => {
      const result = JsonObject.parse(read(file));
      // a callback or a synchronous response is what a job status response has in it
      const job = readJob({ job_complete: true, result }, REQUEST);
      const code = z.string().parse(result.ResultCode ?? result.code);
      const text = z.string().parse(result.ResultText ?? result.message);
      const scope = allProducts().find((known) => known === product);
      assert.deepEqual(
        {
          outcomes: [...new Set(meaningsOf(code, scope, text).map(({ outcome }) => outcome))],
          product: job.product,
        },
        { outcomes: [verdict], product },
      );
    });
  }

  for (const { file, verdict } of ofKind('status', 'webhook')) {
    it(`of API v3 give the outcome of their status: ${file}`, () => {
      const { status, reason, product } = z
        .object({
          status: z.string(),
          reason: z.optional(z.nullable(z.string())),
          product: z.optional(z.string()),
        })
        .parse(read(file));
      const outcomes = explain(status, 'v3').map(({ outcome }) => outcome ?? 'unknown');
      assert.deepEqual(outcomes, [verdict]);
      if (reason == null) return;
      assert.deepEqual(
        reasonMeaningsOf(reason, productOfApiName(product ?? ''), status).map(
          ({ outcome }) => outcome,
        ),
        [verdict],
      );
    });
  }

  for (const { file } of ofKind('error')) {
    it(`that refuse a request have an explanation of their code: ${file}`, () => {
      const { code } = z.object({ code: z.optional(z.string()) }).parse(read(file));
      if (code === undefined) return; // API v3 has none
      const [meaning, ...others] = explain(code);
      assert.deepEqual(
        { kind: meaning?.kind, outcome: meaning?.outcome, others },
        { kind: 'error', outcome: 'error', others: [] },
      );
    });
  }
});
