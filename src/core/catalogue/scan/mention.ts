import { V3_JOB_ID_FORM } from '../../typeIdForm';

/** What a file speaks of, told by its words alone: cheap enough to be asked before anything else is. */
export interface Mention {
  /** Smile ID, or a name that only its answers and SDKs have. */
  readonly smile: boolean;
  /** Its API v3, where `status` and `reason` are Smile ID's. */
  readonly v3: boolean;
}

/**
 * Names that only Smile ID has, or that code and logs hold where they read its answers: ResultCode alone is
 * enough. The last part is for errors of the API, which hold nothing but a `code` and an `error`.
 */
const SMILE =
  /smile[\s_.-]?(?:id|v3)|result[\s_]?codes?(?![a-z])|smile_?job|sid_server|job_(?:complete|success)|kyc_?receipt|partner_?params|_liveness|liveness_check|selfie_(?:to|check|provided)|human_review_|register_selfie|verify_(?:id_number|document|business)|["']error["']\s*:[^\n]{0,200}["']code["']\s*:\s*["']2[2-4]\d\d["']|["']code["']\s*:\s*["']2[2-4]\d\d["'][^}]{0,200}["']error["']\s*:/i;

/** Words that only API v3 has, also in a webhook that has nothing else of Smile ID. */
const V3_ALONE = new RegExp(
  [
    'usesmileid',
    'smileid-sdk',
    String.raw`\b${V3_JOB_ID_FORM}\b`,
    String.raw`\b(?:spoof_detected|document_copy_detected|face_verification_failed)\b`,
    String.raw`\b(?:image_unavailable_or_invalid|document_unclassifiable)\b`,
    String.raw`\b(?:account_locked_fraud|age_requirement_not_met|content_policy_violated)\b`,
    String.raw`\bno_address_on_record\b`,
    String.raw`\bproduct"\s*:\s*"(?:biometric|enhanced|basic)_kyc"`,
    String.raw`\bproduct"\s*:\s*"(?:enhanced_|residency_)?document_verification"`,
    String.raw`\bproduct"\s*:\s*"(?:smart_selfie_\w+|one_time_aml)"`,
  ].join('|'),
  'i',
);
/** What makes a file that speaks of Smile ID speak of its v3. */
const V3 = /v3\b|response-signature/i;

export function mentionIn(text: string): Mention {
  if (V3_ALONE.test(text)) return { smile: true, v3: true };
  const smile = SMILE.test(text);
  return { smile, v3: smile && V3.test(text) };
}
