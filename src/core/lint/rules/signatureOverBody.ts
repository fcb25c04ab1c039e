import * as l10n from '../../l10n';
import { anyOf, inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import { HMAC, isSignedForSmile } from '../signing';
import { messageOf, signingCallsIn } from '../signingCalls';
import type { Source } from '../source';

const BODY = anyOf(
  'gi',
  /\bJSON\.stringify\(|\bjson_encode\(|\bjson\.dumps\(|\b\w+\.to_json\b/,
  /\breq(?:uest)?\.(?:rawBody|raw_body|data\b|get_data\(\)|raw_post\b|body\b)/,
  /->getContent\(\)|php:\/\/input|\$?\b(?:raw_?)?(?:body|payload)\b/,
);
/** Of the body, one field: `body.timestamp`, `body['timestamp']`, `$body->timestamp`. */
const FIELD = anyOf(
  '',
  inOrder(
    '',
    /^\s*(?:\?\.|\.|->)\s*/,
    /(?!getBytes|toByteArray|encode|read\b|to_json|to_s\b|toString|GetBytes)\w/,
  ),
  /^\s*\[/,
);

function* check(source: Source): Generator<Problem<never>> {
  const { code } = source;
  if (source.says(/\/v3\b|usesmileid/i)) return;
  for (const call of signingCallsIn(source)) {
    const { start: at, name } = call;
    const unit = source.unitAt(at);
    const around = source.slice(unit);
    if (!HMAC.test(around) || around.includes('sid_request') || !isSignedForSmile(source, at))
      continue;
    const before = code.slice(Math.max(unit.start, at - 300), at + name.length);
    const isPlainHash =
      Math.max(before.lastIndexOf('createHash('), before.lastIndexOf('MessageDigest')) >
      before.search(/createHmac\(|Mac\./);
    const signed = isPlainHash ? null : messageOf(source, call);
    if (signed === null) continue;
    const text = source.slice(signed);
    for (const { 0: body, index: offset } of text.matchAll(BODY)) {
      if (FIELD.test(text.slice(offset + body.length))) continue;
      const start = signed.start + offset;
      const end = start + body.length;
      const message = l10n.t(
        'Smile ID does not sign the body. The signature is over timestamp, partner ID and "sid_request", in this order; a comparison with one over the body never matches.',
      );
      const closed = body.endsWith('(') ? source.afterCloser(end - 1) : null;
      yield { start, end: closed ?? end, message };
      break;
    }
  }
}

export const rule = defineRule({
  id: 'signature-over-body',
  title: 'Signature over the body',
  check,
});

export const documentation: RuleDocumentation = {
  summary: 'a signature made over the body',
  setting: 'The signature is made over the body, which is not part of it.',
  text: `
The signature is an HMAC-SHA256 over timestamp, partner ID and the text \`sid_request\`, in this
order. The body is no part of it, so a signature over the body never matches. To trust a callback,
verify the signature this way and look the job up.
`,
  wrong: `
app.post('/smile/callback', (req, res) => {
  const expected = crypto.createHmac('sha256', process.env.SMILE_API_KEY);
  expected.update(JSON.stringify(req.body));
  if (expected.digest('base64') !== req.body.signature) return res.sendStatus(401);
});
`,
  right: `
app.post('/smile/callback', (req, res) => {
  const expected = crypto.createHmac('sha256', process.env.SMILE_API_KEY);
  expected.update(req.body.timestamp).update(process.env.SMILE_PARTNER_ID).update('sid_request');
  if (expected.digest('base64') !== req.body.signature) return res.sendStatus(401);
});
`,
};
