import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { JsonObject } from '../../src/core/smile/fields';
import { readResponse } from '../../src/core/smile/readResponse';
import { LONGEST_WITH_RESPONSES, responseRanges } from '../../src/core/smile/responseRanges';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { assertLinear } from '../support/growth';
import { ROOT } from '../support/root';

const found = (text: string, languageId: string): string[] =>
  responseRanges(text, languageId).map(({ start, end }) => text.slice(start, end));

const V3_JOB = 'job_01h8x9y2z3a4b5c6d7e8f9g0h1';

const fixture = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'test/fixtures', ...path), 'utf8'));

/** The bodies of all fixtures. */
function bodies(): JsonObject[] {
  const Bodies = z.array(z.object({ body: JsonObject }));
  return [
    ...readdirSync(join(ROOT, 'test/fixtures/responses'))
      .filter((file) => file !== 'index.json')
      .map((file) => JsonObject.parse(fixture('responses', file))),
    ...z
      .object({ replies: Bodies })
      .parse(fixture('v3Replies.json'))
      .replies.map(({ body }) => body),
    ...z
      .object({ webhooks: Bodies })
      .parse(fixture('v3Webhooks.json'))
      .webhooks.map(({ body }) => body),
  ];
}

describe('Responses in a file', () => {
  it('are objects with the fields of one, the outermost of each', () => {
    const result = '{"ResultCode": "0810", "PartnerParams": {"job_id": "j"}}';
    const status = `{"job_complete": true, "result": ${result}, "history": [${result}]}`;
    assert.deepEqual(found(`[${status},\n {"a": ${result}}, {"b": 1}]`, 'json'), [status, result]);
    assert.deepEqual(found(`INFO x=${result} y\nINFO x=${status}`, 'log'), [result, status]);
    assert.deepEqual(found(`# Example\n\n\`\`\`json\n${result}\n\`\`\`\n`, 'markdown'), [result]);
  });

  it('are known by what each kind of response has', () => {
    for (const text of [
      '{"ResultText": "Enroll User"}',
      '{"SmileJobID": "0000000123"}',
      '{"job_success": false}',
      `{"status": "processing", "job_id": "${V3_JOB}", "message": "m"}`,
      '{"status": "block", "reason": "high_risk", "product": "enhanced_kyc"}',
      '{"status": "clear", "reason": null, "product": "one_time_aml"}',
      '{"error": "x", "code": "2204"}',
    ]) {
      assert.deepEqual(found(text, 'json'), [text]);
    }
    for (const text of [
      '{"image_links": {"selfie_image": "https://example.invalid/a"}}', // a part
      '{"image_links": true, "history": true, "user_id": "u"}', // a request
      '{"partner_params": {"job_id": "j"}, "PartnerParams": {}}',
      '{"ResultCode": 1032, "ResultDesc": "Request cancelled by user"}', // of M-Pesa
      '{"ResultCode": "OK"}',
      '{"status": "error", "reason": "x", "message": "y"}',
      '{"status": "ok", "job_id": "7", "message": "queued"}',
      '{"error": "x", "code": "9999"}',
      '{"properties": {"ResultCode": {"type": "string"}, "job_complete": {"type": "boolean"}}}',
    ]) {
      assert.deepEqual(found(text, 'json'), [], text);
    }
  });

  it('are the same that can be explained, of every kind, and open their file for the lens', async () => {
    for (const body of bodies()) {
      const text = JSON.stringify(body, null, 2);
      const { kind } = await readResponse(body, {}, []);
      const ranges = kind === 'unknown' ? [] : [text];
      assert.deepEqual(found(text, 'json'), ranges, text);
      assert.deepEqual(found(`INFO body=${JSON.stringify(text)}`, 'log').length, ranges.length);
      assert.ok(mayConcernSmile(text) || kind === 'unknown', text);
    }
  });

  it('are errors of both APIs, in any of their forms', () => {
    for (const text of [
      '{"status": "Bad Request", "message": "consent is required"}',
      '{"job_id": null, "message": "m", "status": "unauthorized", "user_id": null}',
      '{"message": "x", "code": "2204"}',
      '{"error": {"message": "x", "code": 2413}}',
      '{"errors": [{"message": "x", "code": "2405"}]}',
      "{'status': 'Too Many Requests', 'message': 'Rate limit exceeded.'}",
    ]) {
      assert.deepEqual(found(text, 'json'), [text]);
    }
    for (const text of [
      '{"status": "error", "message": "m"}',
      '{"status": 404, "message": "Not Found"}',
      '{"status": "Not Found", "message": "m", "path": "/a"}', // more than the API sends
    ]) {
      assert.deepEqual(found(text, 'json'), [], text);
    }
  });

  it('are literals and strings of source code, and no types, variables or calls', () => {
    const literal = `{ SmileJobID: '1', ResultCode: code, ...new Signature(id, key).sign(now) }`;
    assert.deepEqual(found(`const x = (): void => { send(${literal}); };`, 'typescript'), [
      literal,
    ]);
    const text = String.raw`{\"job_complete\": false, \"timestamp\": \"2022\"}`;
    assert.deepEqual(found(`String bad = "${text}";`, 'java'), [text]);
    assert.deepEqual(found(`body = '{"ResultCode": "0810"}'`, 'python'), [
      '{"ResultCode": "0810"}',
    ]);
    assert.deepEqual(found(`nock({ body: '{"ResultCode": "0810"}', x: 1 })`, 'javascript'), [
      `'{"ResultCode": "0810"}'`,
    ]);
    const array = `['SmileJobID' => 'X', 'PartnerParams' => ['job_id' => 'x']]`;
    assert.deepEqual(found(`<?php f('/url', ${array});`, 'php'), [array]);
    const dict = `{"job_complete": done, "job_success": True, "at": d.get("a") or d["b"]}`;
    assert.deepEqual(found(`return {"sent": ${dict}}`, 'python').length, 1);
    for (const code of [
      'interface R { ResultCode: string; SmileJobID: string; PartnerParams: { job_id: string } }',
      'const { ResultCode, ResultText } = body; return { ResultCode: body.ResultCode };',
      'z.object({ ResultCode: z.string(), image_links: z.object({ a: z.string() }) })',
    ]) {
      assert.deepEqual(found(code, 'typescript'), [], code);
    }
  });

  it('may have words without quotes only in a text that is no code', () => {
    const text = `{status: clear, job_id: ${V3_JOB}, message: Job completed}`;
    assert.deepEqual([found(text, 'log'), found(text, 'dart')], [[text], []]);
  });

  it('are not searched in a text that names none, or is too long', () => {
    const text = `{"ResultCode": "0810", "x": "${'x'.repeat(LONGEST_WITH_RESPONSES)}"}`;
    assert.deepEqual([found('{"a": 1}', 'json'), found(text, 'json')], [[], []]);
  });

  it('are found in time proportional to the text', () => {
    for (const piece of [
      '{"ResultCode": "0810"}, ',
      '{ a: { ResultCode: "0810", b: ',
      '\'{"ResultCode": ',
      'f({ x, ',
    ]) {
      assertLinear({
        what: piece,
        size: LONGEST_WITH_RESPONSES / 4,
        input: (size) => `ResultCode${piece.repeat(size / piece.length)}`,
        run: (text) => responseRanges(text, 'typescript'),
      });
    }
  });
});
