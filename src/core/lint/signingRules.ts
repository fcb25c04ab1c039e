import * as l10n from '../l10n';
import { hasSign, namesOtherService } from '../text/relevance';
import { statementStart } from './claim';
import { withImport } from './credentialRules';
import type { Finding, Fix, TextEdit } from './finding';
import type { Stretch } from './search';
import type { Source } from './source';

const HMAC = /hmac|\bmac\b|doFinal/i;
const PLAIN_HASH = /createHash|MessageDigest|hashlib\.\w+\(|Digest::|random/i;
/** A key under such a name is another one than Smile ID's. */
const OTHER_KEY = /secret|pepper|salt|webhook_?key|passw|token|signing_?key|fingerprint/i;

/** Whether what is signed at a position is signed for Smile ID, as far as its function tells. */
function isForSmile(source: Source, at: number): boolean {
  const unit = source.slice(source.unitAt(at));
  // Two handlers may look like one unit: what another vendor signs must never be touched.
  if (namesOtherService(source.near(at, 3))) return false;
  if (unit.includes('sid_request')) return true;
  return hasSign(unit) && !namesOtherService(unit) && !OTHER_KEY.test(source.near(at, 3));
}

const HEX =
  /\.digest\(\s*["'`]hex["'`]\s*\)|\.toString\(\s*CryptoJS\.enc\.Hex\s*\)|\.hexdigest\b(?:\(\))?|\b(?:bin2hex\(\s*)?hash_hmac\(|\bHex\.encodeHexString\(|\bHexFormat\.of\(\)\.formatHex\(|\b\w{1,60}\.joinToString\(""\)\s*\{\s*"%02x"[^}]*\}|\bConvert\.ToHexString\(|\bBitConverter\.ToString\(|\bhex\.EncodeToString\(|\bfmt\.Sprintf\(\s*"%x",/g;

export function signatureAsHex(source: Source): Finding[] {
  const { code } = source;
  const found: Finding[] = [];
  for (const { 0: match, index } of source.matches(
    HEX,
    /hex|digest|hash_hmac|joinToString|BitConverter|Sprintf/,
  )) {
    let start = index;
    let end = index + match.length;
    if (source.isInString(index) || !isForSmile(source, index)) continue;
    const unit = source.unitAt(index);
    const line = source.lineAt(index);
    if (PLAIN_HASH.test(line) && !HMAC.test(line)) continue;
    if (!HMAC.test(source.slice(unit))) continue;
    const open = match.endsWith('(') ? end - 1 : code.indexOf('(', index);
    if (match.endsWith('hash_hmac(')) {
      const isWrapped = match.startsWith('bin2hex');
      const isRaw = /^true$/i.test(argument(source, open, 3));
      if (isRaw !== isWrapped) continue;
    }
    const outer = match.startsWith('bin2hex') ? code.indexOf('(', index) : open;
    const closed = /[(,]$/.test(match) ? source.afterCloser(outer) : end;
    if (closed !== null) end = closed;
    if (match.startsWith('.')) start += 1;
    found.push({
      rule: 'signature-as-hex',
      start,
      end,
      message: l10n.t(
        'Smile ID expects the signature in base64. In hex it has other characters and another length, and the request is refused (2205).',
      ),
      fixes: closed === null ? [] : toBase64(source, { start, end }, match),
    });
  }
  return found;
}

function argument(source: Source, open: number, position: number): string {
  const at = source.argumentsAt(open)[position];
  return at ? source.slice(at) : '';
}

/** An edit only where it leaves code that runs as it stands. */
function toBase64(source: Source, { start, end }: Stretch, match: string): Fix[] {
  const { code } = source;
  const all = (edits: readonly TextEdit[] | null): Fix[] =>
    edits === null ? [] : [{ title: l10n.t('Use base64'), edits }];
  const replace = (from: string, to: string): TextEdit[] => {
    const at = code.indexOf(from, start);
    return [{ start: at, end: at + from.length, text: to }];
  };
  const insert = (at: number, text: string): TextEdit => ({ start: at, end: at, text });
  // What goes on with the text in hex would spoil the other.
  if (/^\s*\.(?!decode)\w/.test(code.slice(end, end + 20))) return [];
  if (match.startsWith('.digest')) return all(replace('hex', 'base64'));
  if (match.startsWith('.toString')) return all(replace('Hex', 'Base64'));
  if (match.startsWith('Convert.') && !/^\s*\./.test(code.slice(end, end + 9)))
    return all(replace('ToHexString', 'ToBase64String'));
  if (match.startsWith('Hex')) {
    const open = code.indexOf(match.startsWith('HexF') ? 'formatHex(' : '(', start);
    const to = match.startsWith('HexF') ? open + 'formatHex'.length : open;
    return all([{ start, end: to, text: 'java.util.Base64.getEncoder().encodeToString' }]);
  }
  if (match.startsWith('bin2hex')) return all(replace('bin2hex', 'base64_encode'));
  if (match === 'hash_hmac(') {
    const isInBase64 = /base64_encode\(\s*$/.test(code.slice(Math.max(0, start - 20), start));
    if (source.argumentsAt(start + match.length - 1).length !== 3) return [];
    if (/,\s*\)$/.test(code.slice(start, end))) return [];
    return all(
      isInBase64
        ? [insert(end - 1, ', true')]
        : [insert(start, 'base64_encode('), insert(end - 1, ', true'), insert(end, ')')],
    );
  }
  if (match.startsWith('hex.')) {
    // The import goes with the last use.
    const uses = source.fact('uses of hex', (file) => file.code.match(/\bhex\./g)?.length);
    const at = source.placeOf(/"encoding\/hex"/);
    if (uses !== 1 || source.says(/"encoding\/base64"/) || at < 0) return [];
    return all([
      { start: at, end: at + '"encoding/hex"'.length, text: '"encoding/base64"' },
      { start, end: start + 'hex'.length, text: 'base64.StdEncoding' },
    ]);
  }
  if (match.startsWith('.hexdigest')) {
    const from = chainStart(source, start - 1);
    if (source.languageId === 'ruby' && code.startsWith('OpenSSL::HMAC.hexdigest(', start - 14)) {
      if (code.charAt(start - 15) === ':') return [];
      const after = source.afterCloser(start + 'hexdigest'.length);
      if (after === null) return [];
      return all([
        insert(start - 14, '['),
        { start, end: start + 'hexdigest'.length, text: 'digest' },
        insert(after, "].pack('m0')"),
      ]);
    }
    if (source.languageId !== 'python' || from === null) return [];
    const edit = {
      start: from,
      end,
      text: `base64.b64encode(${code.slice(from, start)}digest()).decode()`,
    };
    return all(withImport(source, edit, /^import base64\b/m, 'import base64\n', /^import hmac\b/m));
  }
  return [];
}

/** Where `hmac.new(...)` or the name before a dot begins. */
function chainStart(source: Source, dot: number): number | null {
  const { bare, tokens } = source;
  const at =
    bare.charAt(dot - 1) === ')' ? tokens.startOf(tokens.firstOf(tokens.indexAt(dot - 1))) : dot;
  const name = /[\w.]+$/.exec(bare.slice(Math.max(0, at - 60), at))?.[0];
  return name === undefined ? null : at - name.length;
}

const SIGNED =
  /\.update\(|\bhmac\.new\(|HMAC\.(?:hex|base64)?digest\(|\bhash_hmac\(|\bdoFinal\(|\bComputeHash\(|\bHashData\(|\.Write\(|\bHmacSHA256\(/g;
const BODY =
  /\bJSON\.stringify\(|\bjson_encode\(|\bjson\.dumps\(|\b\w+\.to_json\b|\breq(?:uest)?\.(?:rawBody|raw_body|data\b|get_data\(\)|raw_post\b|body\b)|->getContent\(\)|php:\/\/input|\$?\b(?:raw_?)?(?:body|payload)\b/gi;
/** Of the body, one field: `body.timestamp`, `body['timestamp']`, `$body->timestamp`. */
const FIELD =
  /^\s*(?:\?\.|\.|->)\s*(?!getBytes|toByteArray|encode|read\b|to_json|to_s\b|toString|GetBytes)\w|^\s*\[/;

export function signatureOverBody(source: Source): Finding[] {
  const { code } = source;
  if (source.says(/\/v3\b|usesmileid/i)) return [];
  const found: Finding[] = [];
  for (const { 0: call, index } of source.matches(SIGNED)) {
    if (source.isInString(index)) continue;
    const unit = source.unitAt(index);
    const around = source.slice(unit);
    if (!HMAC.test(around) || around.includes('sid_request') || !isForSmile(source, index))
      continue;
    const before = code.slice(Math.max(unit.start, index - 300), index + call.length);
    if (
      Math.max(before.lastIndexOf('createHash('), before.lastIndexOf('MessageDigest')) >
      before.search(/createHmac\(|Mac\./)
    )
      continue;
    const signed = messageOf(source, call, index + call.length - 1);
    if (signed === null) continue;
    const text = source.slice(signed);
    for (const { 0: body, index: offset } of text.matchAll(BODY)) {
      if (FIELD.test(text.slice(offset + body.length))) continue;
      const start = signed.start + offset;
      const end =
        (body.endsWith('(') ? source.afterCloser(start + body.length - 1) : null) ??
        start + body.length;
      found.push({
        rule: 'signature-over-body',
        start,
        end,
        message: l10n.t(
          'Smile ID does not sign the body. The signature is over timestamp, partner ID and "sid_request", in this order; a comparison with one over the body never matches.',
        ),
        fixes: [],
      });
      break;
    }
  }
  return found;
}

/** The argument that is signed. */
function messageOf(source: Source, call: string, open: number): Stretch | null {
  const all = source.argumentsAt(open);
  const isSecond = /^(?:hmac\.new|hash_hmac|HashData)/.test(call);
  const isThird = call.startsWith('HMAC.');
  return (
    (isThird
      ? all[2]
      : isSecond
        ? (all.find((one) => /^msg\s*=/.test(source.slice(one))) ?? all[1])
        : all[0]) ?? null
  );
}

const NOW =
  /\bnew Date\(\)\.to(?:ISO|UTC|JSON)?String\(\)|\bDate\.now\(\)|\bdatetime\.(?:datetime\.)?(?:utc)?now\([^()\n]*\)(?:\.\w+\([^()\n]*\)){0,4}|\bTime\.now(?:\.\w+)*|\b(?:gm)?date\(\s*(?:DATE_\w+|["'][\w:\\.-]+["'])\s*\)|\bInstant\.now\(\)(?:\.toString\(\))?|\bDateTime(?:Offset)?\.(?:Utc)?Now(?:\.ToString\([^()\n]*\))?|\btime\.Now\(\)(?:\.\w+\([^()\n]*\)){0,4}/g;
const TIMESTAMP_KEY =
  /(?:[{,([]\s*["']?|\n\s*["']?|[{,(]\s*:)timestamp["']?\]?\s*(?::|=>|=|,|\bto\b)\s*$/i;
const SIGNS = /sid_request|confirm_?signature|generate_?signature|hmac/i;
const AGAIN =
  /\bnew Date\([^()\n]{0,60}timestamp[^()\n]{0,9}\)\.to(?:ISO|UTC|JSON)?String\(\)|\b(?:moment|dayjs)\([^()\n]{0,60}timestamp[^()\n]{0,9}\)(?:\.utc\(\))?\.(?:format|toISOString)\([^()\n]*\)|\b(?:datetime\.)?(?:fromisoformat|strptime|parse)\([^()\n]{0,60}timestamp[^()\n]{0,40}\)(?:\.astimezone\([^()\n]*\))?\.(?:isoformat|strftime)\([^()\n]*\)|\b(?:Time|DateTime)\.(?:parse|iso8601)\([^()\n]{0,60}timestamp[^()\n]{0,9}\)(?:\.utc)?\.(?:iso8601|to_s|strftime|xmlschema)|\b(?:gm)?date\([^()\n]{0,40},\s*strtotime\([^()\n]{0,60}timestamp[^()\n]{0,9}\)\)|\b(?:Instant|OffsetDateTime|ZonedDateTime)\.parse\([^()\n]{0,60}timestamp(?:\(\))?[^()\n]{0,9}\)\.(?:toString|format)\([^()\n]*\)|\bDateTime(?:Offset)?\.Parse\([^()\n]{0,60}timestamp[^()\n]{0,9}\)\.ToString\([^()\n]*\)/gi;
const PARSED = /\b(\w+),\s*\w+\s*:?=\s*time\.Parse\([^()\n]{0,40},\s*[^()\n]{0,60}timestamp\)/gi;

export function timestampTwice(source: Source): Finding[] {
  const { code } = source;
  const found: Finding[] = [];
  const report = (
    start: number,
    end: number,
    message: string,
    fixes: readonly Fix[] = [],
  ): void => {
    found.push({ rule: 'timestamp-twice', start, end, message, fixes });
  };
  for (const { 0: now, index } of source.matches(NOW)) {
    if (source.isInString(index) || !TIMESTAMP_KEY.test(code.slice(Math.max(0, index - 60), index)))
      continue;
    const unit = source.unitAt(index);
    const around = source.slice(unit);
    const group = source.groupAt(index);
    const isPut =
      group !== null && /\(\s*["']timestamp["']\s*,\s*$/.test(code.slice(group.start, index));
    const beside = group !== null && !isPut ? source.slice(group) : source.near(index, 2);
    if (!/\bsignature\b/i.test(beside)) continue;
    const others = [...around.matchAll(NOW)].filter((other) => unit.start + other.index !== index);
    const isSdk = /generate_?signature\(/i.test(around);
    if (!(around.includes('sid_request') && others.length > 0) && !isSdk) continue;
    const end = index + now.length;
    report(
      index,
      end,
      l10n.t(
        'This timestamp differs from the signed one. Send exactly the string that was signed.',
      ),
      useSigned(source, { start: index, end }, unit),
    );
  }
  const again = l10n.t(
    'Parsing a timestamp and formatting it again changes its text, and the signature no longer matches. Sign the original string.',
  );
  for (const { 0: written, index } of source.matches(AGAIN, /timestamp/)) {
    if (isSigned(source, index)) report(index, index + written.length, again);
  }
  for (const { 1: name = '', index } of source.matches(PARSED, /timestamp/)) {
    const unit = source.unitAt(index);
    const format = new RegExp(`\\b${name}(?:\\.UTC\\(\\))?\\.Format\\([^()\\n]*\\)`).exec(
      code.slice(index, unit.end),
    );
    if (format && isSigned(source, index + format.index)) {
      report(index + format.index, index + format.index + format[0].length, again);
    }
  }
  return found;
}

/** Where the same expression was kept in a variable above, that one. */
function useSigned(source: Source, { start, end }: Stretch, unit: Stretch): Fix[] {
  const above = source.code.slice(unit.start, start);
  const expression = source.code.slice(start, end);
  for (const [whole, name = ''] of above.matchAll(/(\$?\b[a-zA-Z_]\w*)\s*:?=\s*(?=[^\s=])/g)) {
    if (!above.includes(`${whole}${expression}`)) continue;
    const isUsed = new RegExp(`\\b${name.replace('$', '')}\\b[^;]{0,300}sid_request`).test(above);
    if (isUsed)
      return [
        { title: l10n.t("Use signed variable '{0}'", name), edits: [{ start, end, text: name }] },
      ];
  }
  return [];
}

/** Whether an expression, or the variable that it is given to, takes part in a signature. */
function isSigned(source: Source, at: number): boolean {
  const { code } = source;
  const from = statementStart(source, at);
  const head = code.slice(from, at);
  const line = code.slice(at, at + 200).split(/[\n;]/, 1)[0] ?? '';
  if (
    /confirm_?signature\(|generate_?signature\(|hmac[^;]*\(/i.test(head) ||
    line.includes('sid_request')
  )
    return true;
  const name = /([a-zA-Z_]\w*)\s*:?=\s*$/.exec(head)?.[1];
  if (name === undefined) return false;
  const rest = code.slice(at, source.unitAt(at).end).split('\n').slice(1);
  const used = new RegExp(`\\b${name}\\b`);
  return rest.some((one) => SIGNS.test(one) && used.test(one));
}
