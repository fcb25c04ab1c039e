import { baseUrlOf, v3BaseUrl, v3PartnerId, type Environment } from '../smile/environment';
import { apiOf } from '../smile/jobRequest';
import { KEY_VARIABLE, type ExportedRequest } from './exportedRequest';

/**
 * The same request as a script for a POSIX shell, with curl and openssl. It makes its own timestamp and
 * signature, and reads the API key from the environment: none of them is in the text.
 *
 * `openssl dgst -hmac` would take the key as an argument, which every user of the machine can see in the list
 * of processes. So HMAC is computed by its definition (RFC 2104), and the key passes through `printf`, which
 * is part of the shell.
 */
export function curlCommand({ profile, request }: ExportedRequest): string {
  const { environment, partnerId } = profile;
  const url = baseUrlOf(environment, profile.url);
  if (apiOf(request) === 'v3') {
    return v3Command(profile, v3BaseUrl(url.ok ? url.value : ''), request.jobId);
  }
  const fields = JSON.stringify({
    partner_id: partnerId,
    user_id: request.userId,
    job_id: request.jobId,
    image_links: request.imageLinks,
    history: request.history,
  });
  return `sh <<'END'
# Requests a job from Smile ID (${environment}). Needs curl, openssl and your API key in ${KEY_VARIABLE}.
# The key is never on a command line, where others could see it: HMAC is computed step by step.
set -eu
: "\${${KEY_VARIABLE}:?Export it first, with the API key of ${environment}}"
sha256() { openssl dgst -sha256 -binary; }
bytes() { od -An -v -tu1; }
set -- $(printf %s "$${KEY_VARIABLE}" | bytes)
[ $# -le 64 ] || set -- $(printf %s "$${KEY_VARIABLE}" | sha256 | bytes)
while [ $# -lt 64 ]; do set -- "$@" 0; done
pad() { mask=$1; shift; for byte; do printf "\\\\$(printf %o $((byte ^ mask)))"; done; }
now=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
inner() { { pad 54 "$@"; printf %s "$now"${quoted(partnerId)}sid_request; } | sha256; }
signature=$({ pad 92 "$@"; inner "$@"; } | sha256 | openssl base64)
request=${quoted(fields)}
printf '{"timestamp":"%s","signature":"%s",%s' "$now" "$signature" "\${request#?}" |
  curl -sS --globoff${noProxy(environment)} -H 'Content-Type: application/json' --data-binary @- \\
    ${quoted(`${url.ok ? url.value : ''}/job_status`)}
echo
END
`;
}

/** By API v3, which takes the key for a token. curl reads both from its input, not from a command line. */
const v3Command = (
  { environment, partnerId }: ExportedRequest['profile'],
  base: string,
  jobId: string,
): string => `sh <<'END'
# Requests a job from Smile ID (${environment}) by API v3. Needs curl and your API key in ${KEY_VARIABLE}.
# Neither the key nor the token is on a command line, where others could see it.
set -eu
: "\${${KEY_VARIABLE}:?Export it first, with the API key of ${environment}}"
response=$(printf 'smileid-api-key: %s\\n' "$${KEY_VARIABLE}" |
  curl -sS --globoff${noProxy(environment)} -X POST -H @- -H ${quoted(`smileid-partner-id: ${v3PartnerId(partnerId)}`)} \\
    ${quoted(`${base}/token`)})
token=$(printf %s "$response" | sed -n 's/.*"token" *: *"\\([^"]*\\)".*/\\1/p')
[ -n "$token" ] || { printf '%s\\n' "$response" >&2; exit 1; }
printf 'SmileID-Token: %s\\n' "$token" |
  curl -sS --globoff${noProxy(environment)} -H @- ${quoted(`${base}/status/${encodeURIComponent(jobId)}`)}
echo
END
`;

/** Requests to this machine must not go to a proxy of the shell, as those of the extension do not. */
const noProxy = (environment: Environment): string =>
  environment === 'local' ? " --noproxy '*'" : '';

/** For a POSIX shell: between single quotes only the quote itself is special. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
