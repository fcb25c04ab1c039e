import assert from 'node:assert/strict';
import { HttpFailure } from '../../src/core/smile/http';
import {
  checkPublicAddress,
  isInspector,
  testPublicAddress,
} from '../../src/core/webhooks/publicAddress';
import { FakeHttp, hang, response } from '../support/fakes';

const PUBLIC = 'acme-8080.example.dev';
const REPLY = 'reply of this window';
const url = (scheme: 'http' | 'https' = 'https') => new URL(`${scheme}://${PUBLIC}/self-test/1`);
const signal = () => new AbortController().signal;

/** What a test finds if the address responds so. */
const reachOf = (reply: ReturnType<typeof response> | Error, scheme?: 'http') =>
  testPublicAddress(new FakeHttp([() => reply]), url(scheme), REPLY, signal());

describe('The public address of the webhook receiver', () => {
  it('is an origin of the web, without a user name, that this machine alone does not have', () => {
    const checked = (entered: string) => {
      const address = checkPublicAddress(entered);
      return address.ok ? address.value.href : address.reason;
    };
    assert.deepEqual(
      [
        ...[` https://${PUBLIC}/some/path?and=more `, `http://${PUBLIC}:8080`],
        ...[PUBLIC, `ftp://${PUBLIC}`, `https://user@${PUBLIC}`, 'http://localhost:3000'],
      ].map(checked),
      [
        `https://${PUBLIC}/`,
        `http://${PUBLIC}:8080/`,
        'Enter an address that starts with https://.',
        'Enter an address that starts with https://.',
        'The address must not contain a user name.',
        'Only this machine can reach this address.',
      ],
    );
  });

  it('is known to be one whose page shows what is sent, also below a host of its own', () => {
    assert.deepEqual(
      ['webhook.site', 'a.smee.io', 'notwebhook.site', 'webhook.site.example.com'].map((hostname) =>
        isInspector({ hostname }),
      ),
      [true, true, false, false],
    );
  });

  it('is requested without cookies and keys', async () => {
    const http = new FakeHttp([() => response(REPLY)]);
    await testPublicAddress(http, url(), REPLY, signal());
    assert.deepEqual(
      http.requests.map(({ method, url: requested, headers, body }) => ({
        ...{ method, requested, headers, body },
      })),
      [{ method: 'GET', requested: url().href, headers: undefined, body: undefined }],
    );
  });

  it('is told by its response: this window, a sign-in page, another server, or nothing', async () => {
    const redirect = (location: string) => response('', 302, { location });
    assert.deepEqual(
      {
        reached: await reachOf(response(REPLY)),
        overHttp: await reachOf(response(REPLY), 'http'),
        more: await reachOf(response(`${REPLY} and more`)),
        error: await reachOf(response(REPLY, 404)),
        signIn: await reachOf(redirect('https://login.example.com/?then=back')),
        unauthorized: await reachOf(response('', 401)),
        forbidden: await reachOf(response('', 403)),
        toHttps: await reachOf(redirect(url().href), 'http'),
        relative: await reachOf(redirect('/elsewhere')),
        gateway: await reachOf(response('', 502)),
        unreachable: await reachOf(new HttpFailure('dns', 'no such host')),
      },
      {
        reached: 'reached',
        overHttp: 'http only',
        more: 'other server',
        error: 'other server',
        signIn: 'private',
        unauthorized: 'private',
        forbidden: 'private',
        toHttps: 'redirected',
        relative: 'redirected',
        gateway: 'no response',
        unreachable: 'no response',
      },
    );
  });

  it('does not respond if it takes too long, and a fault is not taken for that', async () => {
    const ended = AbortSignal.abort();
    assert.equal(await testPublicAddress(new FakeHttp([hang]), url(), REPLY, ended), 'no response');
    await assert.rejects(reachOf(new TypeError('a fault')), TypeError);
  });
});
