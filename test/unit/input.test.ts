import assert from 'node:assert/strict';
import { checkId } from '../../src/core/smile/jobRequest';
import { checkTypedId, findJobId, findJobReference } from '../../src/core/smile/jobReference';
import {
  checkApiKey,
  checkNewProfile,
  checkPartnerId,
  checkProfileName,
} from '../../src/core/smile/profile';
import { profileLabel } from '../../src/core/smile/profileLabel';
import { assertLinear } from '../support/growth';

describe('checkId', () => {
  for (const [name, id] of [
    ['an empty ID', ''],
    ['only spaces', '   '],
    ['a line break', 'job\n1'],
    ['a Unicode line separator', 'job\u20281'],
    ['a NUL', 'job\0'],
    ['a space at the end', 'job-1 '],
    ['300 characters', 'j'.repeat(300)],
  ] as const) {
    it(`refuses ${name} with a sentence`, () => {
      assert.match(checkId('job ID', id) ?? '', /^(The|Enter the) job ID.*\.$/);
    });
  }

  for (const id of ['job 1', `"job"`, "job's", 'job-🙂', 'Ünï/cødé?&#', 'j'.repeat(255)]) {
    it(`accepts ${id.slice(0, 20)} unchanged`, () => {
      assert.equal(checkId('job ID', id), null);
    });
  }
});

describe('What is typed as an ID', () => {
  for (const [text, ofJob, ofUser] of [
    ['{"status":"ok"}', 'This is JSON without a job ID.', 'This is JSON, not a user ID.'],
    ['{', 'This is JSON without a job ID.', 'This is JSON, not a user ID.'],
    ['[{"a":1}]', 'This is JSON without a job ID.', 'This is JSON, not a user ID.'],
    ["{ jobs: ['a'] }", 'This is JSON without a job ID.', 'This is JSON, not a user ID.'],
    [
      'curl -X POST http://127.0.0.1:8080',
      'This is a command without a job ID.',
      'This is a command, not a user ID.',
    ],
    [
      'https://portal.usesmileid.com/jobs',
      'This is a URL, not a job ID.',
      'This is a URL, not a user ID.',
    ],
    ['user_id=u-1 done', 'This has a user ID, but no job ID.', null],
    ['', 'Enter the job ID.', 'Enter the user ID.'],
  ] as const) {
    it(`is refused with a sentence, if it is ${text || 'nothing'}`, () => {
      const checked = [checkTypedId('job ID', text), checkTypedId('user ID', text)];
      assert.deepEqual(checked, [ofJob, ofUser]);
    });
  }

  const guid = '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}';
  for (const id of [guid, '[1] order', 'order: 77', 'curly', 'a/b://c', '🙂 "77"']) {
    it(`may be ${id}, since partners choose the form of their IDs`, () => {
      assert.deepEqual([checkTypedId('job ID', id), checkTypedId('user ID', id)], [null, null]);
    });
  }

  for (const [text, jobId] of [
    ['{"job_id":"j-1","job_type":1}', 'j-1'],
    ['job_id=j-1 failed', 'j-1'],
    ['smile_job_id=0000001897', null],
    ['order 77', null],
  ] as const) {
    it(`has ${jobId === null ? 'no job ID' : 'a job ID'} in ${text}`, () => {
      assert.equal(findJobId(text), jobId);
    });
  }
});

describe('credentials', () => {
  it('refuses a partner ID that cannot be one, and keeps leading zeros', () => {
    for (const id of ['', '0 85', ' 085', '085\n', '085;', 'x'.repeat(65)]) {
      assert.match(checkPartnerId(id) ?? '', /\.$/, JSON.stringify(id));
    }
    for (const id of ['085', '2045', 'partner-1']) assert.equal(checkPartnerId(id), null);
  });

  it('refuses an API key with a line break or a space in it', () => {
    for (const key of ['', 'abc\ndef', 'abc\r\n', 'abc def', 'a\u0007b', 'a'.repeat(5000)]) {
      assert.match(checkApiKey(key) ?? '', /\.$/, JSON.stringify(key));
    }
    assert.equal(checkApiKey('sandbox-key-123'), null);
  });

  it('refuses a profile name that is empty, too long or already used, in any letter case', () => {
    assert.equal(checkProfileName('acme', ['other']), null);
    assert.match(checkProfileName('Acme', ['acme']) ?? '', /already/);
    assert.match(checkProfileName('  ', []) ?? '', /name/);
    assert.match(checkProfileName('x'.repeat(61), []) ?? '', /60/);
  });

  it('names the first thing that is wrong with a new profile', () => {
    const profile = { name: 'a', environment: 'local', partnerId: '1', apiKey: 'k' } as const;
    assert.deepEqual(checkNewProfile(profile, []), {
      ok: false,
      reason: 'This local profile has no address.',
    });
    assert.deepEqual(checkNewProfile({ ...profile, url: 'http://127.0.0.1:1' }, []), {
      ok: true,
      value: { ...profile, url: 'http://127.0.0.1:1', baseUrl: 'http://127.0.0.1:1/v1' },
    });
  });
});

describe('The label of a profile', () => {
  for (const [environment, name, expected] of [
    ['sandbox', 'acme', ['sandbox', 'acme']],
    ['sandbox', 'Sandbox 0085', ['sandbox 0085']],
    ['sandbox', 'Sandbox', ['sandbox']],
    ['PRODUCTION', 'Production 0085', ['PRODUCTION 0085']],
    ['local', 'Local simulator', ['local', 'Local simulator']],
    ['sandbox', 'Production 0085', ['sandbox', 'Production 0085']],
    ['sandbox', 'Sandbox 85', ['sandbox', 'Sandbox 85']],
  ] as const) {
    it(`says the environment of ${name} (${environment}) once`, () => {
      assert.deepEqual(profileLabel({ name, partnerId: '0085' }, environment), expected);
    });
  }
});

describe('findJobReference', () => {
  const job = { userId: 'u-1', jobId: 'j-1' };

  for (const [name, text, expected] of [
    ['a payload', '{"PartnerParams":{"user_id":"u-1","job_id":"j-1","job_type":1}}', job],
    ['escaped JSON in a log', String.raw`body="{\"user_id\":\"u-1\",\"job_id\":\"j-1\"}"`, job],
    ['a log line', '2026-03-01 INFO user_id=u-1 job_id=j-1 done', job],
    ['a JS call', "connection.get_job_status('u-1', 'j-1')", job],
    ['a Java call', 'utilities.getJobStatus("u-1", "j-1", new Options(true, false))', job],
    [
      'the JS option, return_images',
      'get_job_status("u-1", "j-1", { return_history: false, return_images: true })',
      { ...job, history: false, imageLinks: true },
    ],
    [
      'the documented option, return_image_links',
      "{'user_id': 'u-1', 'job_id': 'j-1'}, {'return_image_links': True, 'return_history': True}",
      { ...job, history: true, imageLinks: true },
    ],
    [
      'a request body',
      '{"user_id":"u-1","job_id":"j-1","image_links":true,"history":false}',
      { ...job, history: false, imageLinks: true },
    ],
    ['Ruby', ":user_id => 'u-1', :job_id => 'j-1'", job],
    ['PHP', `$params['user_id'] = 'u-1'; $params['job_id'] = 'j-1';`, job],
    ['camel case', 'userId: u-1, jobId: j-1', job],
    [
      'IDs with spaces and quotes',
      `{"user_id": "Ada's user", "job_id": "job 1"}`,
      { userId: "Ada's user", jobId: 'job 1' },
    ],
    ['one ID alone, which is not enough', '{"job_id":"j-1"}', null],
    [
      'the SmileJobID, which is not a job ID',
      'SmileJobID=0000001897 smile_job_id=0000001897 user_id=u-1',
      null,
    ],
    ['plain text', 'hello world', null],
  ] as const) {
    it(`reads ${name}`, () => {
      assert.deepEqual(findJobReference(text), expected);
    });
  }

  it('does not search a clipboard of megabytes', () => {
    assert.equal(findJobReference(`user_id=u-1 job_id=j-1${' '.repeat(300_000)}`), null);
  });

  it('takes linear time on long lines of quotes and brackets', () => {
    for (const piece of ['"', '\\"', "get_job_status('", 'user_id="', '{[(']) {
      assertLinear({
        what: piece,
        size: 20_000,
        input: (times) => piece.repeat(times),
        run: findJobReference,
      });
    }
  });
});
