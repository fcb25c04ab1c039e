import { HTTP_ERRORS } from '../httpErrors';
import { TYPE_ID_FORM } from '../typeIdForm';

/**
 * Words of which every text about Smile ID contains at least one: its names, hosts and SDKs, the fields of its
 * requests and responses, and words of its API v3. Code that explains or checks a text requires more than this.
 */
const WORDS = [
  'smile',
  'sid_?(?:server|request)',
  'result[\\s_]?code',
  'job_?(?:success|complete|status|type)',
  'partner_?params',
  'kyc',
  'selfie',
  'liveness_',
  '_liveness',
  'human_review_',
  'verify_(?:id_number|document|business)',
  'document_verification',
  'one_time_aml',
  // Errors of the API have no other word.
  `["']code["']\\s*:\\s*["']2[2-4]\\d\\d["']`,
  `["']status\\\\?["']\\s*:\\s*\\\\?["'](?:${[...HTTP_ERRORS.keys()].join('|')})\\\\?["']`,
  String.raw`(?:job|user)_${TYPE_ID_FORM}\b`,
  'spoof_detected',
  'document_copy_detected',
  'face_verification_failed',
  'image_unavailable_or_invalid',
  'document_unclassifiable',
  'account_locked_fraud',
  'age_requirement_not_met',
  'content_policy_violated',
  'no_address_on_record',
] as const;
const ANY = new RegExp(WORDS.join('|'), 'i');

/** Whether a text may be about Smile ID at all: one search, before anything else is loaded or read. */
export const mayConcernSmile = (text: string): boolean => ANY.test(text);
