import * as l10n from '../../l10n';
import type { Fix, TextEdit } from '../finding';
import { anyOf } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import { HMAC, isSignedForSmile } from '../signing';
import type { Source } from '../source';
import { statementStart } from '../statementStart';
import { withImport } from '../withImport';

const PLAIN_HASH = /createHash|MessageDigest|hashlib\.\w+\(|Digest::|random/i;
const HEX = anyOf(
  'g',
  /\.digest\(\s*["'`]hex["'`]\s*\)|\.toString\(\s*CryptoJS\.enc\.Hex\s*\)/,
  /\.hexdigest\b(?:\(\))?|\b(?:bin2hex\(\s*)?hash_hmac\(/,
  /\bHex\.encodeHexString\(|\bHexFormat\.of\(\)\.formatHex\(/,
  /\b\w{1,60}\.joinToString\(""\)\s*\{\s*"%02x"[^}]*\}/,
  /\bConvert\.ToHexString\(|\bBitConverter\.ToString\(/,
  /\bhex\.EncodeToString\(|\bfmt\.Sprintf\(\s*"%x",/,
);

/** What is signed or verified is near one of these; other hashes are made of other things. */
const SIGNATURE = /timestamp|partner|signature|sid_request|sec_?key/i;

/** Whether the code around a hash says that it is a signature, and not only that a signature is made near it. */
function isSignature(source: Source, at: number): boolean {
  const unit = source.slice(source.unitAt(at));
  return (
    unit.includes('sid_request') ||
    (/timestamp/i.test(unit) && /partner/i.test(unit)) ||
    /signature/i.test(source.code.slice(statementStart(source, at), at))
  );
}

/** The detail is the call that encodes. */
function* check(source: Source): Generator<Problem<string>> {
  const { code } = source;
  for (const { 0: match, index } of source.matches(
    HEX,
    /hex|digest|hash_hmac|joinToString|BitConverter|Sprintf/,
  )) {
    if (source.isInString(index) || !isSignedForSmile(source, index)) continue;
    const line = source.lineAt(index);
    if (PLAIN_HASH.test(line) && !HMAC.test(line)) continue;
    const unit = source.slice(source.unitAt(index));
    if (!HMAC.test(unit) || !SIGNATURE.test(unit)) continue;
    const isWrapped = match.startsWith('bin2hex');
    const inner = match.endsWith('(') ? index + match.length - 1 : code.indexOf('(', index);
    if (match.endsWith('hash_hmac(')) {
      const raw = source.argumentsAt(inner)[3];
      const isRaw = raw !== undefined && /^true$/i.test(source.slice(raw));
      if (isRaw !== isWrapped) continue;
    }
    const open = isWrapped ? code.indexOf('(', index) : inner;
    const end = /[(,]$/.test(match) ? source.afterCloser(open) : index + match.length;
    yield {
      start: match.startsWith('.') ? index + 1 : index,
      end: end ?? index + match.length,
      message: l10n.t(
        'Smile ID expects the signature in base64. In hex it has other characters and another length, and the request is refused (2205).',
      ),
      detail: end !== null && isSignature(source, index) ? match : undefined,
    };
  }
}

/** An edit only where it leaves code that runs as it stands. */
function fix(source: Source, range: Stretch, call: string): Fix[] {
  const edits = toBase64(source, range, call);
  return edits === null ? [] : [{ title: l10n.t('Use base64'), edits }];
}

function toBase64(source: Source, { start, end }: Stretch, call: string): TextEdit[] | null {
  const { code } = source;
  const replace = (from: string, to: string): TextEdit[] => {
    const at = code.indexOf(from, start);
    return [{ start: at, end: at + from.length, text: to }];
  };
  const insert = (at: number, text: string): TextEdit => ({ start: at, end: at, text });
  // What goes on with the text in hex would spoil the other.
  if (/^\s*\.(?!decode)\w/.test(code.slice(end, end + 20))) return null;
  if (call.startsWith('.digest')) return replace('hex', 'base64');
  if (call.startsWith('.toString')) return replace('Hex', 'Base64');
  if (call.startsWith('Convert.') && !/^\s*\./.test(code.slice(end, end + 9)))
    return replace('ToHexString', 'ToBase64String');
  if (call.startsWith('Hex')) {
    const open = code.indexOf(call.startsWith('HexF') ? 'formatHex(' : '(', start);
    const to = call.startsWith('HexF') ? open + 'formatHex'.length : open;
    return [{ start, end: to, text: 'java.util.Base64.getEncoder().encodeToString' }];
  }
  if (call.startsWith('bin2hex')) return replace('bin2hex', 'base64_encode');
  if (call === 'hash_hmac(') {
    const isInBase64 = /base64_encode\(\s*$/.test(code.slice(Math.max(0, start - 20), start));
    if (source.argumentsAt(start + call.length - 1).length !== 3) return null;
    if (/,\s*\)$/.test(code.slice(start, end))) return null;
    return isInBase64
      ? [insert(end - 1, ', true')]
      : [insert(start, 'base64_encode('), insert(end - 1, ', true'), insert(end, ')')];
  }
  if (call.startsWith('hex.')) {
    // The import goes with the last use.
    const uses = source.fact('uses of hex', (file) => file.code.match(/\bhex\./g)?.length);
    const at = source.placeOf(/"encoding\/hex"/);
    if (uses !== 1 || source.says(/"encoding\/base64"/) || at < 0) return null;
    return [
      { start: at, end: at + '"encoding/hex"'.length, text: '"encoding/base64"' },
      { start, end: start + 'hex'.length, text: 'base64.StdEncoding' },
    ];
  }
  if (!call.startsWith('.hexdigest')) return null;
  if (source.languageId === 'ruby' && code.startsWith('OpenSSL::HMAC.hexdigest(', start - 14)) {
    const after = source.afterCloser(start + 'hexdigest'.length);
    if (code.charAt(start - 15) === ':' || after === null) return null;
    return [
      insert(start - 14, '['),
      { start, end: start + 'hexdigest'.length, text: 'digest' },
      insert(after, "].pack('m0')"),
    ];
  }
  const from = source.languageId === 'python' ? chainStart(source, start - 1) : null;
  if (from === null) return null;
  const text = `base64.b64encode(${code.slice(from, start)}digest()).decode()`;
  const edit = { start: from, end, text };
  return withImport(source, edit, /^import base64\b/m, 'import base64\n', /^import hmac\b/m);
}

/** Where `hmac.new(...)` or the name before a dot begins. */
function chainStart(source: Source, dot: number): number | null {
  const { bare, tokens } = source;
  const at =
    bare.charAt(dot - 1) === ')' ? tokens.startOf(tokens.firstOf(tokens.indexAt(dot - 1))) : dot;
  const name = /[\w.]+$/.exec(bare.slice(Math.max(0, at - 60), at))?.[0];
  return name === undefined ? null : at - name.length;
}

export const rule = defineRule({
  id: 'signature-as-hex',
  title: 'Signature in hex',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a signature in hex instead of Base64',
  setting: 'The signature is encoded in hex; Smile ID uses Base64.',
  text: `
Smile ID signs in Base64, 44 characters. A signature in hex has 64 of them and is never accepted
(2205); one that is compared with Smile ID's is never equal. The fix changes the encoding.
`,
  wrong: `
const hmac = crypto.createHmac('sha256', apiKey);
hmac.update(timestamp).update(partnerId).update('sid_request');
const signature = hmac.digest('hex');
`,
  right: `
const hmac = crypto.createHmac('sha256', apiKey);
hmac.update(timestamp).update(partnerId).update('sid_request');
const signature = hmac.digest('base64');
`,
};
