import assert from 'node:assert/strict';
import { checkId } from '../../src/core/smile/jobRequest';
import { checkTypedId, findJobId, findJobReference } from '../../src/core/jobs/jobReference';
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
    [
      'curl.exe -X POST x',
      'This is a command without a job ID.',
      'This is a command, not a user ID.',
    ],
    [
      '"https://portal.usesmileid.com/jobs"',
      'This is a URL, not a job ID.',
      'This is a URL, not a user ID.',
    ],
    [
      'SMILE_API_KEY=a1b2',
      'This is an API key, not a job ID.',
      'This is an API key, not a user ID.',
    ],
    ['"apiKey": "a1b2"', 'This is an API key, not a job ID.', 'This is an API key, not a user ID.'],
    ['api key: a1b2', 'This is an API key, not a job ID.', 'This is an API key, not a user ID.'],
    [
      'user_id=u-1 done',
      'This has a user ID, but no job ID.',
      'Enter the user ID without its name.',
    ],
    ['job_id=null', 'Enter the job ID without its name.', 'This has a job ID, but no user ID.'],
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
    ['cron_job_id=55 job_id=j-1', 'j-1'],
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
    ['names that only end alike', 'admin_user_id=7 cron-job_id=55 user_id=u-1 job_id=j-1', job],
    ['variables of PHP', '$user_id = "u-1"; $job_id = "j-1";', job],
    ['a struct of Go', '{UserID:u-1 JobID:j-1 JobType:5}', job],
    ['an assignment of Go', 'userID := "u-1"\njobID := "j-1"', job],
    ['a log of JSON with a text', '{"level":"info","msg":"done user_id=u-1 job_id=j-1"}', job],
    ['an object whose names are apart', '{"user":{"user_id":"u-1"},"job":{"job_id":"j-1"}}', job],
  ] as const) {
    it(`reads ${name}`, () => {
      assert.deepEqual(findJobReference(text), expected);
    });
  }

  const second = { userId: 'u-2', jobId: 'j-2' };
  for (const [text, expected] of [
    ['[{"job_id":"j-1"},{"user_id":"u-2","job_id":"j-2"}]', second],
    [String.raw`body="[{\"job_id\":\"j-1\"},{\"user_id\":\"u-2\",\"job_id\":\"j-2\"}]"`, second],
    ['{"job_id":"j-1","body":"{\\"user_id\\":\\"u-2\\",\\"job_id\\":\\"j-2\\"}"}', second],
    ['INFO job_id=j-1 queued\nINFO user_id=u-2 job_id=j-2 done', second],
    ['user_id=u-1 job_id=j-1\n{"user_id":"u-2","job_id":"j-2"}', job],
    ['- user_id: u-1\n  job_id: j-1\n- user_id: u-2\n  job_id: j-2', job],
    ['job_id: j-1\n---\nuser_id: u-2\njob_id: j-2', null],
    ['{"user_id":"u-1","job_id":"j-1","history":[{"user_id":"u-2","job_id":"j-2"}]}', job],
  ] as const) {
    it(`takes both IDs from one object or line of ${text}`, () => {
      assert.deepEqual(findJobReference(text), expected);
    });
  }

  const [A, B] = ['job_01m09kw0qbee7txsq7r0zg56f3', 'job_01m45mn5m0enwb31m7wv7rmj1f'];
  for (const [text, jobId] of [
    [`{"previous":"${A}","job_id":"${B}"}`, B],
    [`{"partner_params":{"user_id":"u","job_id":"mine"},"job_id":"${B}"}`, B],
    [`job_id=${A} job_id=${B}`, A],
    [`see ${A}; user_id=u1 job_id=null`, null],
    [`see ${A}`, A],
    [`${A} is ${A}`, A],
    [`${A} is not ${B}`, null],
  ] as const) {
    it(`takes the named job ID of API v3, or the only one, from ${text}`, () => {
      assert.deepEqual(findJobReference(text), jobId && { userId: null, jobId });
    });
  }

  for (const [text, expected] of [
    [String.raw`{"user_id":"a\/b","job_id":"\u00e9-1"}`, { userId: 'a/b', jobId: 'é-1' }],
    [String.raw`user_id="a\"b" job_id='it\'s'`, { userId: 'a"b', jobId: "it's" }],
    [String.raw`\"user_id\":\"a\\\"b\",\"job_id\":\"\\u00e9\"`, { userId: 'a"b', jobId: 'é' }],
    ['done: user_id=u-1, job_id=j-1.', job],
    ['user_id=u-1:job_id=j-1', job],
    ['https://x.example/user_id=u-1/job_id=j-1/', job],
    ['<td>user_id=u-1</td><td>job_id=j-1</td>', job],
    ['user_id=urn:user:1 job_id=j-1', { userId: 'urn:user:1', jobId: 'j-1' }],
    ['https://x.example/?user_id=a%40b&job_id=j-1', { userId: 'a@b', jobId: 'j-1' }],
    ['https://x.example/?user_id=%zz&job_id=j-1', { userId: '%zz', jobId: 'j-1' }],
    ['user_id=a%40b&job_id=j%201', { userId: 'a@b', jobId: 'j 1' }],
    ['user_id=a%40b job_id=j-1', { userId: 'a%40b', jobId: 'j-1' }],
    ['{"user_id":{"$oid":"65f1"},"job_id":"j-1"}', null],
    ['job_id= user_id=u-1', null],
    ['{"user_id":"u\u202e1","job_id":"j-1"}', null],
    ['{"user_id":"u\\u0000","job_id":"j-1"}', null],
    ['{"user_id":"u-1 ","job_id":"j-1"}', null],
    [`user_id=u-1 job_id=${'j'.repeat(300)}`, null],
    ['user_id=null job_id=j-1', null],
    ['{"user_id":true,"job_id":"j-1"}', null],
    ['{ user_id: `user-${count}`, job_id: `j-1` }', null],
    ['f(user_id=str(user), job_id="j-1")', null],
    ['f(user_id=`u-1`, job_id="j-1")', job],
  ] as const) {
    it(`takes values whole and as they are meant, or not at all: ${text.slice(0, 60)}`, () => {
      assert.deepEqual(findJobReference(text), expected);
    });
  }

  for (const [languageId, text] of [
    ['typescript', 'interface Params {\n  user_id: string;\n  job_id: string;\n}'],
    ['typescript', '{ user_id: member.id, job_id: order.jobId }'],
    ['javascript', 'const { user_id: userId, job_id: jobId } = body;'],
    ['php', `'job_id' => 'kyc_' . $order->id, 'user_id' => 'member_' . $member->id,`],
    [
      'go',
      'type Params struct {\n\tUserID string `json:"user_id"`\n\tJobID string `json:"job_id"`\n}',
    ],
    ['python', 'class Params(BaseModel):\n    user_id: str\n    job_id: str'],
    ['kotlin', 'data class Params(val userId: String, val jobId: String)'],
    ['ruby', 'smile(user_id: user.id, job_id: job.uuid)'],
    ['', 'interface Params {\n  user_id: string;\n  job_id: string;\n}'],
    ['', 'user_id: uuid\njob_id: varchar'],
    ['', '{ user_id: member.id, job_id: order.jobId }'],
    ['', `'job_id' => 'kyc_' . $order->id, 'user_id' => 'member_' . $member->id,`],
    ['', `user_id: 'member_' + id, job_id: 'kyc_' + now`],
    ['', '$user_id = $member; $job_id = $job;'],
  ] as const) {
    it(`takes no types, variables and texts that are put together: ${text.slice(0, 50)} (${languageId})`, () => {
      assert.equal(findJobReference(text, languageId), null);
    });
  }

  for (const [languageId, text] of [
    ['php', `$params['user_id'] = 'u-1';\n$params['job_id'] = 'j-1';`],
    ['go', 'userID := "u-1"\njobID := "j-1"'],
    [
      'python',
      'status({"user_id": user.id, "job_id": "j-2"})\nstatus({"user_id": "u-1", "job_id": "j-1"})',
    ],
    ['ruby', `smile.get_job_status('u-1', 'j-1', options)`],
  ] as const) {
    it(`takes what code has in quotes: ${text.slice(0, 50)}`, () => {
      assert.deepEqual(findJobReference(text, languageId), job);
    });
  }

  it('does not search a clipboard of megabytes', () => {
    assert.equal(findJobReference(`user_id=u-1 job_id=j-1${' '.repeat(300_000)}`), null);
  });

  it('takes linear time on long lines of quotes and brackets', () => {
    for (const piece of [
      ...['"', '\\"', "get_job_status('", 'user_id="', '{[(', 'user_id=', 'user_id:'],
      ...['user_id=.', 'user_id=a:', 'user_id=. ', 'user_id=\\"', '\\"user_id\\":\\"', 'user_id '],
      ...[
        'user_id="\\"',
        '{"user_id":"',
        '{"user_id":1,"a":',
        'user_id=u ',
        'user_id=u\n',
        'job_id=j u',
      ],
      ...['{"user_id":1,"job_id":null},', '?user_id=%', 'job_01m09kw0qbee7txsq7r0zg56f3 '],
    ]) {
      assertLinear({
        what: piece,
        // four times as much may be tried, which is still read
        size: 40_000,
        input: (length) => piece.repeat(length / piece.length),
        run: findJobReference,
      });
    }
  });
});
