/**
 * The products of Smile ID, by the keys of the catalogue. This is the only list: names, job types and
 * notes are in jobTypes.json, and tests compare the data and its schemas with it.
 */
export const PRODUCTS = [
  'biometric_kyc',
  'smartselfie_authentication',
  'smartselfie_registration',
  'smartselfie_compare',
  'enhanced_kyc',
  'basic_kyc',
  'document_verification',
  'enhanced_document_verification',
  'residency_document_verification',
  'business_verification',
  'update_photo',
  'compare_user_info',
  'aml_check',
  'one_time_aml',
  'aml_monitoring',
  'address_verification',
  'smile_secure',
  'phone_number_verification',
] as const;
export type ProductKey = (typeof PRODUCTS)[number];

/** What a code belongs to: a product, or a wider scope (every request, job status requests, API v3). */
export const SCOPES = [...PRODUCTS, 'all', 'job_status', 'web_token', 'v3'] as const;
export type CodeScope = (typeof SCOPES)[number];

/**
 * What a code says about a job. `attention`: passed with a caveat, or something was found on which
 * the integrator must decide. `error`: it says nothing about the user.
 */
export const OUTCOMES = [
  'approved',
  'attention',
  'provisional',
  'rejected',
  'pending',
  'error',
] as const;
export type CodeOutcome = (typeof OUTCOMES)[number];

/** Statuses of API v3 that come with a reason. */
export const REASON_STATUSES = ['attention', 'block', 'error'] as const;
export type ReasonStatus = (typeof REASON_STATUSES)[number];

/** How certain the source is. Entries that were only inferred are not in the catalogue. */
export const CERTAINTIES = [
  'documented',
  'seen in SDK code',
  'reported by integrators',
  /** The products share a name, such as AML. */
  'documented for another product',
  /** The code has no entry of its own: 23xx and 24xx are explained as 22xx. */
  'by the prefix rule',
] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export const DECIDERS = ['machine', 'human', 'machine or human'] as const;
export type Decider = (typeof DECIDERS)[number];

/** What one code means for some products. One code may have several meanings. */
export interface CodeMeaning {
  /** Four digits as text (`"0810"`), or an API v2/v3 status or reason (`"clear"`). */
  readonly code: string;
  readonly kind: 'result' | 'error' | 'status' | 'reason';
  /**
   * The official label, or null if none is known. A label of two lines has " / " between them: the text
   * in responses, and the judgment.
   */
  readonly text: string | null;
  /** Other labels seen for it. */
  readonly altTexts: readonly string[];
  readonly products: readonly CodeScope[];
  /** Null if the code says nothing about the outcome. */
  readonly outcome: CodeOutcome | null;
  /** Smile ID's own category ("Under Review"), or null if its tables have none. */
  readonly category: string | null;
  readonly meaning: string;
  readonly nextStep: string;
  /** In its place if the result is final; left out if it is the same. */
  readonly nextStepIfFinal?: string;
  /** Whether to submit a new job ("Yes, with a new photo."): of statuses and reasons of API v3; else null. */
  readonly resubmit: string | null;
  /** The status with which API v3 sends a reason; null for all else. */
  readonly status: ReasonStatus | null;
  /** What the code means with certain texts. Empty if the text does not matter, or has already decided. */
  readonly variants: readonly CodeVariant[];
  readonly certainty: Certainty;
  /** `deprecated`: Smile ID says so. `old`: only in older tables. */
  readonly lifecycle: 'current' | 'deprecated' | 'old';
  /** What the sources say if they disagree; else null. */
  readonly conflict: string | null;
  readonly decidedBy: Decider | null;
  /** Whether it means, or may mean, that the request was not authorized. */
  readonly unauthorized: boolean;
  readonly api: 'v1' | 'v2' | 'v3';
  /** Year and month in which the entry was last read at its sources. */
  readonly checked: string;
  readonly sources: readonly string[];
}

/** What a code means with a certain ResultText. */
export interface CodeVariant {
  /** The official label, or null if none is known. */
  readonly text: string | null;
  readonly altTexts: readonly string[];
  /** Words in lower case by which other texts are recognized. */
  readonly phrases: readonly string[];
  readonly outcome: CodeOutcome | null;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty: Certainty;
  readonly decidedBy: Decider | null;
  readonly sources: readonly string[];
}

/** What an action key or one of its values means. */
export interface ActionMeaning {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly note: string | null;
}

export type ActionClass =
  | 'pass'
  | 'wait'
  | 'inconclusive'
  | 'fail'
  | 'no_data'
  | 'not_run'
  | 'technical'
  | 'review'
  | 'unknown';

export interface ActionValueMeaning {
  readonly value: string;
  readonly class: ActionClass;
  /** Its class if the job ended with a technical error, so that nothing was checked. */
  readonly classOfError: ActionClass;
  readonly meaning: string;
  readonly advice: string;
  readonly note: string | null;
}

/** A range of a text that is used as a code: `text.slice(start, end) === code`. Offsets in UTF-16 units. */
export interface CodeSpan {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}
