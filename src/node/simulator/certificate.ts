import { isIP } from 'node:net';

const DAY = 24 * 60 * 60_000;

/**
 * A throw-away key pair for https: by default for localhost and 127.0.0.1, self-signed, valid for a day. The
 * library that makes it is for development only, so it is loaded here and nowhere else.
 *
 * @param from when its validity starts, and `until` when it ends, in milliseconds from now
 * @param host another name or address that it is for, besides localhost
 */
export async function makeCertificate({
  from = 0,
  until = DAY,
  host,
}: {
  readonly from?: number;
  readonly until?: number;
  readonly host?: string;
} = {}): Promise<{ key: string; cert: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: host ?? 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + from),
    notAfterDate: new Date(Date.now() + until),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames:
          host !== undefined && isIP(host) === 0
            ? [{ type: 2, value: host }]
            : [
                { type: 2, value: 'localhost' },
                { type: 7, ip: host ?? '127.0.0.1' },
              ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
