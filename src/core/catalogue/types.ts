/** Products, by the keys of the catalogue (job type numbers are in productOf). */
export type ProductKey =
  | 'biometric_kyc'
  | 'smartselfie_authentication'
  | 'smartselfie_registration'
  | 'smartselfie_compare'
  | 'enhanced_kyc'
  | 'basic_kyc'
  | 'document_verification'
  | 'enhanced_document_verification'
  | 'business_verification'
  | 'update_photo'
  | 'compare_user_info'
  | 'aml_check'
  | 'address_verification'
  | 'smile_secure'
  | 'phone_number_verification';

/** What a code belongs to: a product, or a wider scope (every call, the job status envelope, API v3). */
export type CodeScope = ProductKey | 'all' | 'job_status' | 'web_token' | 'v3';

export type CodeOutcome = 'approved' | 'provisional' | 'rejected' | 'pending' | 'error';

/** How sure the source is. Entries that were only inferred are not in the catalogue. */
export type Certainty = 'documented' | 'seen in SDK code';

/** What one code means for some products. One code may have several meanings. */
export interface CodeMeaning {
  /** Four digits as text (`"0810"`), or an API v2/v3 status or reason (`"clear"`). */
  readonly code: string;
  readonly kind: 'result' | 'error' | 'status';
  /** The label Smile ID gives it, or null where none is known. */
  readonly text: string | null;
  /** Other labels seen for it. */
  readonly altTexts: readonly string[];
  readonly products: readonly CodeScope[];
  /** Null where the code says nothing about the outcome. */
  readonly outcome: CodeOutcome | null;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty: Certainty;
  /** Where sources disagree, what they say; else null. */
  readonly conflict: string | null;
  readonly decidedBy: 'machine' | 'human' | 'machine or human' | null;
  readonly api: 'v1' | 'v2' | 'v3';
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
  readonly meaning: string;
  readonly advice: string;
  readonly note: string | null;
}

/** A stretch of text that is used as a code: `text.slice(start, end) === code`. Offsets in UTF-16 units. */
export interface CodeSpan {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}
