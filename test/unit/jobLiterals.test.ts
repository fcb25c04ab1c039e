import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jobLiterals, LONGEST_WITH_JOBS } from '../../src/core/jobs/jobLiterals';
import { assertLinear } from '../support/growth';

const named = (text: string): string[] =>
  jobLiterals(text).map(
    ({ ids, start, end }) =>
      `${ids.userId}/${ids.jobId} ${text.slice(start, end).replace(/\s+/g, ' ')}`,
  );

describe('Jobs that a text names', () => {
  it('are found in JSON, by the innermost object that contains both IDs', () => {
    const text = `{"result": {"ResultCode": "0810", "PartnerParams": {"user_id": "u-1", "job_id": "j-1", "job_type": 1}}}`;
    assert.deepEqual(named(text), ['u-1/j-1 {"user_id": "u-1", "job_id": "j-1", "job_type": 1}']);
  });

  it('are found in calls of the SDKs and in objects of code', () => {
    assert.deepEqual(named(`utilities.get_job_status("u-1", 'j-1', { return_history: true })`), [
      `u-1/j-1 get_job_status("u-1", 'j-1'`,
    ]);
    assert.deepEqual(named(`# smile\nstatus({"user_id": "u", "job_id": "j"})`), [
      'u/j {"user_id": "u", "job_id": "j"}',
    ]);
    assert.deepEqual(named(`smile.get_job_status(user_id="u", job_id="j")`), [
      'u/j (user_id="u", job_id="j")',
    ]);
    assert.deepEqual(named(`$smile->get_job_status(['user_id' => 'u', 'job_id' => 'j'], $o);`), [
      `u/j ['user_id' => 'u', 'job_id' => 'j']`,
    ]);
    assert.deepEqual(named(`const smile = { userId: 'it\\'s', jobId: "a\\u00e9" };`), [
      `it's/aé { userId: 'it\\'s', jobId: "a\\u00e9" }`,
    ]);
  });

  it('of API v3 are found by their job ID alone: in objects, calls of its SDKs and addresses', () => {
    const id = 'job_01m45mn5m0enwb31m7wv7rmj1f';
    const v3 = (text: string) => jobLiterals(text).map(({ ids }) => ids);
    const found = [{ userId: null, jobId: id }];
    for (const text of [
      `{"status":"clear","job_id":"${id}","user_id":"user_1","message":"m"}`,
      `await smile.verifications.retrieve('${id}')`,
      `smile.verifications.wait_until_complete("${id}", interval=2)`,
      `curl https://api.example/v3/status/${id}`,
      `{ jobId: '${id}' }`,
    ]) {
      assert.deepEqual(v3(text), found, text);
    }
    // an ID of another form is looked up with a user ID only
    assert.deepEqual(v3(`smile.verifications.retrieve('my-job')`), []);
    assert.deepEqual(v3(`smile = { job_id: 'job_1' }`), []);
  });

  it('are as many as there are', () => {
    const text = JSON.stringify(
      [1, 2, 3].map((n) => ({ user_id: `u${n}`, job_id: `j${n}`, job_type: 5 })),
    );
    assert.deepEqual(
      jobLiterals(text).map(({ ids }) => ids),
      [
        { userId: 'u1', jobId: 'j1' },
        { userId: 'u2', jobId: 'j2' },
        { userId: 'u3', jobId: 'j3' },
      ],
    );
  });

  it('are none if an ID is missing, is a variable or belongs to something else', () => {
    for (const text of [
      '{"user_id": "u-1", "created": 1}',
      'smile: {"user_id": "u"} {"job_id": "j"}',
      'smile({ user_id: userId, job_id: jobId })',
      '{"SmileJobID": "1", "smile_job_id": "2", "user_id": "u"}',
      '{"user_id": "", "job_id": "j", "job_type": 1}',
      '{"user_id": "u", "job_id": "j"}', // nothing mentions Smile ID
      'smile "{" user_id: "u", job_id: "j" "}"',
    ]) {
      assert.deepEqual(named(text), [], text);
    }
  });

  it('are none where an ID is put together, in any language', () => {
    for (const [languageId, text] of [
      ['php', `$smile = ['user_id' => 'member_' . $member->id, 'job_id' => 'kyc_' . uniqid()];`],
      ['php', `$smile = ['user_id' => "member_$id", 'job_id' => "kyc_{$order->id}"];`],
      ['typescript', `smile({ user_id: 'member_' + id, job_id: 'kyc_' + Date.now() })`],
      ['typescript', 'smile({ userId: `member_${id}`, jobId: `kyc_${now}` })'],
      ['typescript', `smile({ user_id: 'member_'.concat(id), job_id: prefix + 'kyc' })`],
      ['javascript', `smile({ user_id: id ?? 'nobody', job_id: old ? 'kyc-1' : 'kyc-2' })`],
      ['python', `smile(user_id="member_" + str(member.pk), job_id="kyc_" + uuid4().hex)`],
      ['python', `smile = {"user_id": f"member_{pk}", "job_id": "kyc_%s" % pk}`],
      ['python', `smile = {"user_id": "member_{}".format(pk), "job_id": "kyc_" "1" + pk}`],
      ['ruby', `smile(user_id: "member_#{id}", job_id: 'kyc_' + SecureRandom.uuid)`],
      ['go', `smile.Params{UserID: "member_" + id, JobID: fmt.Sprintf("kyc_%s", id)}`],
      ['java', `smile.put(new Params(userId = "member_" + id, jobId = "kyc_".concat(id)));`],
      ['csharp', `var smile = new Params { UserId = $"member_{id}", JobId = "kyc_" + id };`],
      ['kotlin', `val smile = Params(userId = "member_$id", jobId = "kyc_\${id}")`],
    ] as const) {
      assert.deepEqual(jobLiterals(text, languageId), [], `${languageId}: ${text}`);
    }
  });

  it('are none of types', () => {
    for (const text of [
      'interface SmileParams { user_id: string; job_id: string }',
      `type SmileParams = { user_id: 'a' | 'b'; job_id: 'c' }`,
      `interface SmileParams { user_id: 'fixed'; job_id: 'fixed' }`,
      'const smile = (userId: string, jobId: string): void => {};',
    ]) {
      assert.deepEqual(jobLiterals(text, 'typescript'), [], text);
    }
  });

  it('are found as they are written in each language', () => {
    const job = [{ userId: 'm-7', jobId: 'k-7' }];
    for (const [languageId, text] of [
      ['typescript', `const smile = { userId: 'm-7', jobId: 'k-7' as const };`],
      ['python', `smile.get_job_status({"user_id": "m-7", "job_id": 'k-7'}, options)`],
      ['ruby', `smile.submit_job({ user_id: 'm-7', job_id: 'k-7'.freeze })`],
      ['php', `$smile->submit_job(array('user_id' => 'm-7', "job_id" => "k-7"));`],
      ['go', `smile.Params{\n\tUserID: "m-7",\n\tJobID:  "k-7",\n}`],
      ['csharp', `var smile = new Params { UserId = "m-7", JobId = @"k-7" };`],
      ['java', `smile.getJobStatus("m-7", "k-7", new Options(true, false));`],
      ['kotlin', `val smile = Params(userId = "m-7", jobId = "k-7")`],
    ] as const) {
      assert.deepEqual(
        jobLiterals(text, languageId).map(({ ids }) => ids),
        job,
        `${languageId}: ${text}`,
      );
    }
  });

  it('never fails, and takes time in proportion to the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '"',
            "'",
            'user_id:',
            'job_id:',
            '(',
            ')',
            '\\',
            'a',
            ' ',
          ),
        }),
        (text) => {
          for (const { start, end } of jobLiterals(`smile ${text}`)) assert.ok(end > start);
        },
      ),
    );
    for (const piece of [
      ...['{"user_id": "u", "job_id":', '"', '\\"', '\\" ', "'", "\\'", "\\' ", "user_id:'\\'"],
      ...['{"a":"\\"', 'get_job_status("', "get_job_status('\\'", 'user_id = '],
    ]) {
      assertLinear({
        what: JSON.stringify(piece),
        // assertLinear may try four times this size, which is still read
        size: LONGEST_WITH_JOBS / 5,
        input: (length) => `smile${piece.repeat(length / piece.length)}`,
        run: (text) => jobLiterals(text),
      });
    }
  });

  it('are found next to an apostrophe, and next to quotes that are not closed', () => {
    const job = '{ "user_id": "u", "job_id": "j" }';
    for (const text of [`/* don't */ smile(${job})`, `// smile 5" \n ${job}`, `smile('\\'${job}`]) {
      assert.deepEqual(named(text), [`u/j ${job}`], text);
    }
  });

  it('are not searched for in a text that is longer than the limit', () => {
    const text = '{ "user_id": "u", "job_id": "j", "job_type": 1 }';
    assert.equal(jobLiterals(text.padEnd(LONGEST_WITH_JOBS)).length, 1);
    assert.equal(jobLiterals(text.padEnd(LONGEST_WITH_JOBS + 1)).length, 0);
  });
});
