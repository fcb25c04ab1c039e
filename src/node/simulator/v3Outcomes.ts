/** How sure it is that Smile ID sends this. */
export type Certainty = 'documented' | 'message inferred' | 'third party' | 'inferred';

/** The results of API v3 that a job can have, as webhooks name them. */
export interface Outcome {
  readonly product: V3Product;
  readonly status: 'clear' | 'attention' | 'block' | 'error';
  readonly reason: string | null;
  readonly message: string;
  readonly certainty: Certainty;
}

/** Names of the products in API v3, and ours. */
export const V3_PRODUCTS = {
  one_time_aml: 'One-Time AML',
  aml_monitoring: 'AML Monitoring',
  address_verification: 'Address Verification',
  enhanced_kyc: 'Enhanced KYC',
  biometric_kyc: 'Biometric KYC',
  document_verification: 'Document Verification',
  enhanced_document_verification: 'Enhanced Document Verification',
  residency_document_verification: 'Residency Document Verification',
  smart_selfie_registration: 'SmartSelfie Registration',
  smart_selfie_authentication: 'SmartSelfie Authentication',
  smart_selfie_compare: 'SmartSelfie Compare',
} as const;

export type V3Product = keyof typeof V3_PRODUCTS;

type Row = readonly [
  status: Outcome['status'],
  reason: string | null,
  message: string,
  certainty?: Certainty,
];

const SUCCESSFUL = 'Verification successful';
const FAILED = 'Verification failed';
const UNDER_AGE = 'Verification failed: Customer must be above 18';
const NOT_FOUND = 'Verification failed: Unable to validate ID - Not Found';
const UNAVAILABLE = 'Error: external service unavailable.';
const INTERNAL = 'Error: verification could not be completed at this time.';
const UNUSABLE_SELFIE = 'Error: selfie image(s) are unusable.';

const AML: readonly Row[] = [
  ['clear', null, 'Screening completed: no matches found.'],
  ['block', 'aml_match_found', 'Screening completed: potential matches identified.'],
  ['attention', 'news_media_match', 'Screening completed: news media identified only.'],
  ['error', 'service_unavailable', UNAVAILABLE],
];

const DOCUMENT: readonly Row[] = [
  ['clear', null, SUCCESSFUL],
  ['attention', 'document_expired', SUCCESSFUL],
  ['attention', 'age_requirement_not_met', SUCCESSFUL],
  ['attention', 'document_copy_detected', SUCCESSFUL],
  ['attention', 'medium_risk', SUCCESSFUL],
  ['block', 'high_risk', FAILED],
  ['block', 'account_locked_fraud', FAILED],
  ['block', 'face_verification_failed', FAILED],
  ['block', 'spoof_detected', FAILED],
  ['block', 'document_check_failed', FAILED],
  ['block', 'unsupported_document', FAILED],
  ['block', 'age_requirement_not_met', UNDER_AGE],
  ['error', 'image_unavailable_or_invalid', 'Error: selfie, document front image(s) are unusable.'],
  ['error', 'internal_error', INTERNAL],
  ['error', 'document_unclassifiable', 'Error: document could not be classified.'],
  ['error', 'content_policy_violated', 'Error: image(s) are unusable.'],
];

/** Of SmartSelfie products. */
const selfie = (successful: string, failed: string, certainty: Certainty): readonly Row[] => [
  ['clear', null, successful, certainty],
  ['block', 'high_risk', failed, certainty],
  ['block', 'face_verification_failed', failed, certainty],
  ['block', 'spoof_detected', failed, certainty],
  ['attention', 'medium_risk', successful, 'third party'],
  ['error', 'image_unavailable_or_invalid', UNUSABLE_SELFIE],
  ['error', 'internal_error', INTERNAL],
];

const as = (certainty: Certainty, rows: readonly Row[]): readonly Row[] =>
  rows.map(([status, reason, message]) => [status, reason, message, certainty]);

/**
 * What API v3 can say about a job of each product. Only One-Time AML is complete in Smile ID's specification
 * (smileidentity/api-reference specs/v3/openapi.yaml); it has statuses and reasons of addresses, and the statuses of
 * residency documents, in prose. The others are those of the documentation's webhook pages. What is marked otherwise is in neither.
 */
const ROWS: Readonly<Record<V3Product, readonly Row[]>> = {
  one_time_aml: [...AML, ['block', 'high_risk', 'Verification failed.']],
  aml_monitoring: as('inferred', AML),
  address_verification: as('message inferred', [
    ['clear', null, SUCCESSFUL],
    ['attention', 'information_outdated', SUCCESSFUL],
    ['block', 'address_out_of_range', FAILED],
    ['block', 'name_mismatch', FAILED],
    ['block', 'no_address_on_record', FAILED],
    ['block', 'identifier_not_found', FAILED],
    ['error', 'service_unavailable', UNAVAILABLE],
  ]),
  enhanced_kyc: [
    ['clear', null, SUCCESSFUL],
    ['block', 'identifier_not_found', NOT_FOUND],
    ['block', 'high_risk', FAILED],
    ['block', 'age_requirement_not_met', UNDER_AGE],
    ['error', 'service_unavailable', UNAVAILABLE],
  ],
  biometric_kyc: [
    ['clear', null, SUCCESSFUL],
    ['block', 'high_risk', FAILED],
    ['block', 'face_verification_failed', FAILED],
    ['block', 'identifier_not_found', NOT_FOUND],
    ['block', 'spoof_detected', FAILED],
    ['error', 'image_unavailable_or_invalid', UNUSABLE_SELFIE],
    ['error', 'service_unavailable', UNAVAILABLE],
    ['error', 'internal_error', INTERNAL],
  ],
  document_verification: DOCUMENT,
  enhanced_document_verification: [
    ...DOCUMENT,
    ['block', 'identifier_not_found', 'Verification failed: ID number not found'],
    ['error', 'invalid_id_number', 'Verification failed: invalid id number'],
  ],
  residency_document_verification: [
    ...as('message inferred', DOCUMENT.slice(0, 1)),
    ...as('inferred', DOCUMENT.slice(1)),
  ],
  smart_selfie_registration: selfie(
    'Enrollment successful',
    'Enrollment failed',
    'message inferred',
  ),
  smart_selfie_authentication: [
    ...selfie(SUCCESSFUL, FAILED, 'documented'),
    ['block', 'account_locked', FAILED],
  ],
  smart_selfie_compare: selfie(SUCCESSFUL, FAILED, 'documented'),
};

export const v3Outcomes: readonly Outcome[] = products().flatMap((product) =>
  ROWS[product].map(([status, reason, message, certainty = 'documented']) => ({
    product,
    status,
    reason,
    message,
    certainty,
  })),
);

/** The result of a job of this product; that of a job without a finding if the product has no such result. */
export function v3Outcome(
  product: V3Product,
  status: Outcome['status'],
  reason: string | null,
): Outcome {
  const of = v3Outcomes.filter((outcome) => outcome.product === product);
  const [clear] = of;
  const found = of.find((outcome) => outcome.status === status && outcome.reason === reason);
  if (!clear) throw new Error(`${product} has no outcomes`);
  return found ?? clear;
}

function products(): readonly V3Product[] {
  return Object.keys(V3_PRODUCTS).filter((name): name is V3Product => name in V3_PRODUCTS);
}
