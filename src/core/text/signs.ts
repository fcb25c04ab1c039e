import { HTTP_ERRORS } from '../httpErrors';
import { TYPE_ID_FORM, V3_JOB_ID_FORM } from '../typeIdForm';

/**
 * What a sign says of a text that has it: it is Smile ID's, it may be, or nothing. The last ones only load the
 * features, which then find out by themselves, such as from a whole response.
 */
export type Strength = 'sure' | 'maybe' | 'none';

/** What speaks for Smile ID, as a regular expression. Two signs in one row count as one. */
export interface Sign {
  readonly pattern: string;
  readonly strength: Strength;
  /** Whether its case counts: others write it in another one. */
  readonly isExact?: true;
  /** Only its API v3 has this. */
  readonly isV3?: true;
  /** Whether a shorter sign below is in it: the first search needs only that one. */
  readonly isCovered?: true;
}

const words = (list: string): readonly string[] => list.split(' ');
const anyOf = (list: string): string => `(?:${words(list).join('|')})`;

/** Words after `smile` that make it a name of Smile ID. Faces and icons have others. */
const AFTER_SMILE = anyOf('id api job kyc partner link secure v\\d');
/** The same in one name. After a blank, they are words of others. */
const IN_NAME = anyOf(
  'kyb aml client web core callback hook verif code result response status config service approv reject pass fail ' +
    'check data request integrat provider setting credential auth sign hmac timestamp key env url host server ' +
    'sandbox sdk production live_ test_ error user',
);
/** The result codes of jobs, so close that no code of M-Pesa is among them. */
const RESULT_CODE_FORM =
  '(?:0(?:001|8[1-4]\\d|9[0-4]\\d)|1(?:0(?:1[2-7]|2[0-3]|3[01])|2[1-4]\\d)|521[0-2])(?!\\d)';

/** Keys of `Actions` in the responses of version 1; in lower case others have them, too. */
const ACTIONS = anyOf(
  '_liveness liveness_check selfie_to selfie_check selfie_provided human_review_ register_selfie verify_id_number ' +
    'verify_document verify_business',
);

export const SMILE_SIGNS: readonly Sign[] = [
  {
    pattern: `smile(?:[\\s._\\\\-]?${AFTER_SMILE}|[._\\\\-]?${IN_NAME})`,
    strength: 'sure',
    isCovered: true,
  },
  {
    pattern: 'smile(?<=\\b(?:class|module|package|namespace|object|interface|enum)\\s{1,9}smile)',
    strength: 'sure',
    isCovered: true,
  },
  // a block of settings, or a client
  {
    pattern: `\\bsmile["']?\\s*(?:=>|[:=](?!=))\\s*(?:[{[(]|new\\b)`,
    strength: 'sure',
    isCovered: true,
  },
  { pattern: 'smile:(?<=(?:^|\\n)[ \\t]*smile:)[ \\t]*\\r?\\n', strength: 'sure', isCovered: true },
  { pattern: 'sid_?(?:request|response|server)', strength: 'sure' },
  { pattern: 'usesmileid|smileid-sdk', strength: 'sure', isCovered: true, isV3: true },
  { pattern: `\\b${V3_JOB_ID_FORM}\\b`, strength: 'sure', isCovered: true, isV3: true },
  {
    pattern: anyOf(
      'spoof_detected document_copy_detected face_verification_failed image_unavailable_or_invalid ' +
        'document_unclassifiable account_locked_fraud age_requirement_not_met content_policy_violated ' +
        'no_address_on_record',
    ),
    strength: 'sure',
    isV3: true,
  },
  {
    pattern: `\\bproduct"\\s*:\\s*"${anyOf(
      'biometric_kyc enhanced_kyc basic_kyc document_verification enhanced_document_verification ' +
        'residency_document_verification smart_selfie_\\w+ one_time_aml',
    )}"`,
    strength: 'sure',
    isCovered: true,
    isV3: true,
  },

  {
    pattern: `\\bResultCode\\b[^\\n;,]{0,30}?\\b${RESULT_CODE_FORM}`,
    strength: 'maybe',
    isCovered: true,
    isExact: true,
  },
  // no form of the verb, and no key of a face
  { pattern: `smile(?!(?:[drsy]|ys)\\b|["']?:(?!:))`, strength: 'maybe', isCovered: true },
  { pattern: 'job_?success', strength: 'maybe', isCovered: true },
  { pattern: 'job_?complete', strength: 'maybe', isCovered: true },
  { pattern: 'partner_?params', strength: 'maybe' },
  {
    pattern: `partner_?params["']?\\s*(?:=>|[:=])\\s*[{[(][^})\\]]{0,200}\\bjob_?(?:id|type)\\b`,
    strength: 'maybe',
    isCovered: true,
  },
  { pattern: `Actions["']\\s*(?:=>|:)\\s*\\{`, strength: 'maybe', isExact: true },
  { pattern: 'get_?job_?status|submit_?job', strength: 'maybe' },
  { pattern: 'kyc_?receipt|is_?(?:final|machine)_?result', strength: 'maybe' },
  { pattern: ACTIONS, strength: 'maybe' },

  ...[
    'smile',
    'result[\\s_]?code',
    'job_?(?:status|type|success|complete)',
    'kyc',
    'selfie',
    'liveness_',
    'document_verification',
    'one_time_aml',
    // errors of the API have no other word
    `["']code["']\\s*:\\s*["']2[2-4]\\d\\d["']`,
    `["']status\\\\?["']\\s*:\\s*\\\\?["'](?:${[...HTTP_ERRORS.keys()].join('|')})\\\\?["']`,
    `(?:job|user)_${TYPE_ID_FORM}\\b`,
  ].map((pattern): Sign => ({ pattern, strength: 'none' })),
];

/** What makes a text that concerns Smile ID one about its API v3. */
export const V3_SIGNS = 'v3\\b|response-signature';

/** Words of other services whose answers have codes, too. */
export const OTHERS_WITH_CODES = words(
  'checkout_?request_?id merchant_?request_?id stk_?push stk_?callback stk_?query result_?desc\\b result_?msg\\b ' +
    'm-?pesa daraja safaricom vodacom airtel_?money mtn_?momo momo_?api tigo_?pesa interswitch quickteller monnify ' +
    'nicepay originator_?conversation_?id',
);

/** Makers of other keys and signatures. */
export const OTHERS_WITH_KEYS = words(
  'stripe paystack twilio flutterwave flw_ sendgrid mailgun mailchimp firebase google aws_ amazon azure ' +
    'africas?_?talking termii dojah youverify prembly onfido sumsub veriff jumio openai algolia mapbox cloudinary ' +
    'pusher sentry datadog slack github gitlab shopify intercom mixpanel amplitude posthog newrelic',
);
