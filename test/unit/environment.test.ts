import assert from 'node:assert/strict';
import { baseUrlOf, checkLocalUrl, environmentOfSidServer } from '../../src/core/smile/environment';
import { checkImageUrl } from '../../src/core/smile/imageHosts';

describe('baseUrlOf', () => {
  it("returns Smile ID's host of sandbox and production, whatever the URL of the profile", () => {
    assert.deepEqual(
      [baseUrlOf('sandbox', 'http://127.0.0.1'), baseUrlOf('production', null)],
      [
        { ok: true, value: 'https://testapi.smileidentity.com/v1' },
        { ok: true, value: 'https://api.smileidentity.com/v1' },
      ],
    );
  });
});

describe('checkLocalUrl', () => {
  for (const [text, value] of [
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
    ['http://127.0.0.1:8080/v1/', 'http://127.0.0.1:8080/v1'],
    ['https://localhost:9/stub', 'https://localhost:9/stub'],
    ['http://[::1]:1234', 'http://[::1]:1234/v1'],
    [' HTTP://LocalHost:8080 ', 'http://localhost:8080/v1'],
  ] as const) {
    it(`accepts ${text}`, () => {
      assert.deepEqual(checkLocalUrl(text), { ok: true, value });
    });
  }

  for (const text of [
    '',
    'nonsense',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://evil.example/127.0.0.1',
    'http://127.0.0.1@evil.example',
    'http://user:password@127.0.0.1',
    'http://127.0.0.1/?a=b',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://0.0.0.0',
    'http://[::ffff:10.0.0.1]',
    'https://api.smileidentity.com/v1',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1',
    'http://evil.example\\@127.0.0.1',
  ]) {
    it(`refuses ${text === '' ? 'an empty address' : text} with a sentence`, () => {
      const checked = checkLocalUrl(text);
      assert.ok(!checked.ok);
      assert.match(checked.reason, /^[A-Z].*\.$/);
    });
  }
});

describe('A request to a local profile never reaches a proxy, since', () => {
  // VS Code exempts 127.0.0.1, [::1] and localhost from its proxy, and nothing else.
  for (const host of [
    ...['127.9.9.9', '127.0.0.2', '127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1'],
    ...['localhost.', 'localhost.foo', 'foo.localhost', 'localhost.localdomain', '0.0.0.0', '0'],
    ...['[::]', '[::2]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:0:0:1]'],
    ...['127.0.0.1.nip.io', '127.0.0.1.', '①②⑦.0.0.1', 'ⓛocalhost', '10.0.0.1', 'evil.example'],
  ]) {
    it(`${host} is refused with that reason`, () => {
      const refused = {
        ok: false,
        reason:
          'A local profile can only use this machine: 127.0.0.1, [::1] or localhost. Requests to any other address may go through a proxy.',
      };
      for (const url of [`http://${host}`, `https://${host}:8080/v1/127.0.0.1`]) {
        assert.deepEqual(
          [checkLocalUrl(url), baseUrlOf('local', url), environmentOfSidServer(url)],
          [refused, refused, null],
          url,
        );
      }
      assert.equal(checkImageUrl('http://127.9.9.9/a.jpg', 'local').ok, false);
    });
  }
});

describe('environmentOfSidServer', () => {
  it('understands 0, 1, the official hosts in any spelling, and this machine', () => {
    assert.deepEqual(
      [
        '0',
        ' 1 ',
        'https://testapi.smileidentity.com/v1',
        'api.smileidentity.com/v1',
        'http://127.0.0.1:8080',
        'https://evil.example/v1',
        '2',
      ].map(environmentOfSidServer),
      [
        { environment: 'sandbox', url: null },
        { environment: 'production', url: null },
        { environment: 'sandbox', url: null },
        { environment: 'production', url: null },
        { environment: 'local', url: 'http://127.0.0.1:8080/v1' },
        null,
        null,
      ],
    );
  });
});

describe('checkImageUrl', () => {
  it('follows links to known hosts over https only, and a local profile only to this machine', () => {
    const ok = (url: string, environment: 'sandbox' | 'local' = 'sandbox'): boolean =>
      checkImageUrl(url, environment).ok;
    assert.deepEqual(
      {
        bucket: ok('https://smile-fr-results.s3.us-west-2.amazonaws.com/a.jpg?X-Amz-Signature=1'),
        api: ok('https://testapi.smileidentity.com/a.jpg'),
        otherOfItsDomain: ok('https://images.smileidentity.com/a.jpg'),
        patternOfBucket: ok('https://smile-results-2.s3.us-west-2.amazonaws.com/a.jpg'),
        http: ok('http://smile-fr-results.s3.us-west-2.amazonaws.com/a.jpg'),
        otherBucket: ok('https://evil.s3.us-west-2.amazonaws.com/a.jpg'),
        lookAlike: ok('https://evilsmileidentity.com/a.jpg'),
        suffix: ok('https://smileidentity.com.evil.example/a.jpg'),
        loopback: ok('http://127.0.0.1/a.jpg'),
        local: ok('http://127.0.0.1:1/a.jpg', 'local'),
        localElsewhere: ok('https://images.smileidentity.com/a.jpg', 'local'),
        data: ok('data:image/png;base64,AAAA'),
        nonsense: ok('nonsense'),
      },
      {
        bucket: true,
        api: true,
        otherOfItsDomain: false,
        patternOfBucket: false,
        http: false,
        otherBucket: false,
        lookAlike: false,
        suffix: false,
        loopback: false,
        local: true,
        localElsewhere: false,
        data: false,
        nonsense: false,
      },
    );
  });
});
