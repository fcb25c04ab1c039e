import type { SdkLanguage } from '../sdk/sdkLanguage';
import { baseUrlOf, v3PartnerId } from '../smile/environment';
import { KEY_VARIABLE, type ExportedRequest } from './exportedRequest';
import { literal } from './stringLiteral';

/** The values of a snippet, written as that language writes them. */
interface Values {
  readonly partnerId: string;
  readonly jobId: string;
  /** The argument that says where the SDK sends requests. */
  readonly where: string;
}

interface Writer {
  /** Names of the arguments `environment` and `baseUrl`, with what stands around the value. */
  readonly environment: (name: 'sandbox' | 'production') => string;
  readonly baseUrl: (url: string) => string;
  /** The beginning of a comment in a line of its own, among the arguments. */
  readonly comment: string;
  readonly program: (values: Values) => string;
}

/** SDKs 12.0, which know API v3 only (their documentation); the one of Java does not document its use yet. */
const WRITERS: Readonly<Partial<Record<SdkLanguage, Writer>>> = {
  javascript: {
    environment: (name) => `environment: '${name}'`,
    baseUrl: (url) => `baseUrl: ${url}`,
    comment: '  //',
    program: ({ partnerId, jobId, where }) => `\
import { SmileID } from '@smileid/usesmileid-nodejs'; // 12.0 or later

const smile = new SmileID({
  partnerId: ${partnerId}, // without leading zeros
  apiKey: process.env.${KEY_VARIABLE},
${where},
});
console.log(await smile.verifications.retrieve(${jobId}));
`,
  },
  python: {
    environment: (name) => `environment="${name}"`,
    baseUrl: (url) => `base_url=${url}`,
    comment: '    #',
    program: ({ partnerId, jobId, where }) => `\
import os

import usesmileid  # 12.0 or later

smile = usesmileid.Client(
    partner_id=${partnerId},  # without leading zeros
    api_key=os.environ["${KEY_VARIABLE}"],
${where},
)
print(smile.verifications.retrieve(${jobId}))
`,
  },
  ruby: {
    environment: (name) => `environment: :${name}`,
    baseUrl: (url) => `base_url: ${url}`,
    comment: '  #',
    program: ({ partnerId, jobId, where }) => `\
require 'usesmileid' # 12.0 or later

smile = SmileID::Client.new(
  partner_id: ${partnerId}, # without leading zeros
  api_key: ENV.fetch('${KEY_VARIABLE}'),
${where}
)
p smile.verifications.retrieve(${jobId})
`,
  },
  php: {
    environment: (name) => `environment: '${name}'`,
    baseUrl: (url) => `baseUrl: ${url}`,
    comment: '    //',
    program: ({ partnerId, jobId, where }) => `\
<?php
require 'vendor/autoload.php';

// smileid/usesmileid 12.0 or later
$smile = new SmileIdentity\\Client(
    partnerId: ${partnerId}, // without leading zeros
    apiKey: getenv('${KEY_VARIABLE}'),
${where},
);
print_r($smile->verifications->retrieve(${jobId}));
`,
  },
};

/**
 * A request by API v3 as a small program with the official SDK of a language; null if there is none. The SDKs refuse
 * addresses with http, such as the simulator's: then a comment says what to do.
 */
export function v3SdkCall(
  language: SdkLanguage,
  { profile, request }: ExportedRequest,
): string | null {
  const writer = WRITERS[language];
  if (!writer) return null;
  const { environment, url } = profile;
  const text = (value: string): string => literal(language, value);
  const base = environment === 'local' ? baseUrlOf(environment, url) : null;
  const address = base?.ok === true ? base.value.replace(/\/v1$/, '') : '';
  const indent = writer.comment.replace(/\S+/, '');
  const where =
    environment === 'local' ? writer.baseUrl(text(address)) : writer.environment(environment);
  const notes = address.startsWith('http:')
    ? [
        'This SDK takes addresses with https only. For this server, use the cURL command,',
        'or enter an address with https that leads to it.',
      ]
    : [];
  return writer.program({
    partnerId: text(v3PartnerId(profile.partnerId)),
    jobId: text(request.jobId),
    where: [...notes.map((note) => `${writer.comment} ${note}`), indent + where].join('\n'),
  });
}
