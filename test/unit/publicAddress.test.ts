import assert from 'node:assert/strict';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import {
  checkPublicAddress,
  isInspector,
  reachText,
  testPublicAddress,
} from '../../src/core/webhooks/publicAddress';
import { WRONG_HOST } from '../../src/core/webhooks/webhookReceiver';
import { FakeHttp, hang, response } from '../support/fakes';

const REPLY = 'f'.repeat(32);

describe('The self-test of a public address', () => {
  const signal = new AbortController().signal;
  const reachOf = (reply: HttpResponse | Error, address = 'https://acme.example/secret') =>
    testPublicAddress(new FakeHttp([() => reply]), new URL(address), REPLY, signal);
  const redirect = (location: string, status = 302) =>
    reachOf(response('', status, location === '' ? {} : { location }));

  it('is one GET request without cookies or other headers', async () => {
    const http = new FakeHttp([() => response(REPLY)]);
    await testPublicAddress(http, new URL('https://acme.example/secret'), REPLY, signal);
    assert.deepEqual(http.requests, [
      { method: 'GET', url: 'https://acme.example/secret', maxBytes: 4096, signal },
    ]);
  });

  it('is passed by this window only: HTTP 200 with its own reply', async () => {
    assert.deepEqual(
      [
        await reachOf(response(REPLY)),
        await reachOf(response(REPLY), 'http://acme.example/secret'),
        await reachOf(response(`${REPLY} `)),
        await reachOf(response('')),
        await reachOf(response(REPLY, 201)),
        await reachOf(response('Not found.', 404)),
      ],
      ['reached', 'http only', 'other server', 'other server', 'other server', 'other server'],
    );
  });

  it('finds a sign-in page, whether it is shown or redirected to', async () => {
    assert.deepEqual(
      await Promise.all([
        ...[401, 403, 407].map((status) => reachOf(response('', status))),
        redirect('https://login.example/?to=acme'),
        redirect('https://login.example/', 307),
      ]),
      ['private', 'private', 'private', 'private', 'private'],
    );
  });

  it('tells a redirect to the same host from a sign-in page', async () => {
    assert.deepEqual(
      await Promise.all([
        redirect('https://acme.example/other'),
        redirect('/other', 308),
        redirect(''),
      ]),
      ['redirected', 'redirected', 'redirected'],
    );
  });

  it('tells a receiver that refuses the host from a private port', async () => {
    assert.equal(await reachOf(response(WRONG_HOST, 403)), 'wrong host');
  });

  it('finds a tunnel that is off or asleep', async () => {
    const stopped = new AbortController();
    const hanging = testPublicAddress(
      new FakeHttp([hang]),
      new URL('https://acme.example/secret'),
      REPLY,
      stopped.signal,
    );
    stopped.abort();
    assert.deepEqual(
      [
        await reachOf(response('', 502)),
        await reachOf(new HttpFailure('refused', 'no')),
        await hanging,
      ],
      ['no response', 'no response', 'no response'],
    );
  });

  it('tells a name that is not known from a tunnel that is off', async () => {
    assert.equal(await reachOf(new HttpFailure('dns', 'no')), 'unknown name');
  });

  it('does not take an error of our own for an answer', async () => {
    await assert.rejects(reachOf(new TypeError('not a function')), TypeError);
  });

  it('has a sentence of its own for each result', () => {
    const texts = (
      [
        ...(['this machine only', 'private', 'http only', 'redirected', 'wrong host'] as const),
        ...(['other server', 'unknown name', 'no response', 'not tested', 'reached'] as const),
      ] as const
    ).map(reachText);
    assert.equal(new Set(texts).size, texts.length);
  });
});

describe('A public address that a user enters', () => {
  const checked = (text: string): string => {
    const result = checkPublicAddress(text);
    return result.ok ? result.value.href : result.reason;
  };

  it('is host and port; the path is that of the receiver', () => {
    assert.deepEqual(
      ['https://Acme.example', ' https://acme.example:8443/a/b?c#d ', 'http://acme.example'].map(
        checked,
      ),
      ['https://acme.example/', 'https://acme.example:8443/', 'http://acme.example/'],
    );
  });

  it('leads from outside to here: no address of this machine, and no credentials', () => {
    const SCHEME = 'Enter an address that starts with https://.';
    const LOCAL = 'Only this machine can reach this address.';
    assert.deepEqual(
      [
        ...['', 'acme.example', 'ftp://acme.example', 'javascript:alert(1)'],
        ...[
          'http://localhost:1',
          'https://127.0.0.1',
          'http://[::1]:1',
          'http://127.1',
          'http://127.0.0.2',
        ],
        'https://me:pw@acme.example',
      ].map(checked),
      [
        ...[SCHEME, SCHEME, SCHEME, SCHEME],
        ...[LOCAL, LOCAL, LOCAL, LOCAL, LOCAL],
        'The address must not contain a user name.',
      ],
    );
  });

  it('is no address of a private network, in whatever form it is written', () => {
    const PRIVATE = [
      ...[
        'http://192.168.1.5:3000',
        'https://10.0.0.1',
        'https://172.31.255.255',
        'http://0xc0a80105',
      ],
      ...[
        'https://169.254.1.1',
        'https://[fd00::1]',
        'https://[fe80::1]',
        'https://[::ffff:10.0.0.1]',
      ],
    ];
    const PUBLIC = ['https://172.32.0.1/', 'https://8.8.8.8/', 'https://[2001:db8::1]/'];
    assert.deepEqual([...PRIVATE, ...PUBLIC].map(checked), [
      ...PRIVATE.map(() => 'Only your network can reach this address.'),
      ...PUBLIC,
    ]);
  });

  it('is known where others see what is sent to it, and is not taken for one by a similar name', () => {
    assert.deepEqual(
      ['smee.io', 'eo1.x.pipedream.net', 'notsmee.io', 'smee.io.example'].map((hostname) =>
        isInspector({ hostname }),
      ),
      [true, true, false, false],
    );
  });
});
