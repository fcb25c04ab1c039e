import { explainAction, explainActionValue } from './catalogue/actions';
import { isFieldName, spelledAlike } from './catalogue/fieldNames';
import { isKnownWord } from './catalogue/knownWords';
import type { Steps } from './slicedWork';
import { TYPE_ID_FORM, V3_JOB_ID_FORM } from './typeIdForm';

/**
 * The only code that decides what may leave memory. It works by allow lists of names, of forms of values and of
 * words: what is not known to be harmless is replaced, so a new field of Smile ID is hidden and not leaked. Only
 * the partner's own ID is judged by its appearance, since it can be any text.
 */
export const REDACTED = '[redacted]';

/** A value as text, or null if it is not of the form that its field has. */
type Form = (text: string) => string | null;

function matching(pattern: RegExp): Form {
  return (text) => (pattern.test(text) ? text : null);
}

/** Four digits; a number has lost its zeros. */
const CODE = matching(/^\d{1,4}$/);
const FLAG = matching(/^(?:true|false)$/i);
const TIME = matching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?\s?(?:Z|[+-]\d\d:?\d\d)?$/);
const VERSION = matching(/^\d{1,3}(?:\.\d{1,3}){1,2}$/);
/** Smile ID's own number of a job has ten digits; longer ones may be personal (phones, BVN and NIN have eleven). */
const SMILE_JOB_ID = matching(new RegExp(String.raw`^(?:\d{1,10}|${V3_JOB_ID_FORM})$`));
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** The IDs that API v3 gives to jobs and users. */
const TYPE_ID = new RegExp(`^(?:job|user)_${TYPE_ID_FORM}$`);
export const isTypeId = (text: string): boolean => TYPE_ID.test(text);
/** A partner's own ID of a user or job. Some partners use a phone or ID number, or an e-mail address. */
const OWN_ID: Form = (text) =>
  UUID.test(text) ||
  isTypeId(text) ||
  (/^[\w.:-]{1,255}$/.test(text) && /[a-z]/i.test(text) && digitsIn(text) < 7)
    ? text
    : null;
/** Dots and dashes are ignored: `1990-01-01` and `08-01-23-45` are dates and phone numbers. */
const digitsIn = (text: string): number => text.replace(/\D/g, '').length;
/** AWS gives each request one of these; another server may send anything as its ID. */
export const requestIdIn = (text: string): string | null => (UUID.test(text) ? text : null);
const WORDS: Form = (text) => redactText(text);
const COUNTRY: Form = (text) => matching(/^[A-Z]{2}$/)(text) ?? WORDS(text);

const formsOf = (
  forms: readonly (readonly [names: string, form: Form])[],
): ReadonlyMap<string, Form> =>
  new Map(
    forms.flatMap(([names, form]) => names.split(' ').map((name) => [spelledAlike(name), form])),
  );

/** Fields whose plain values say how a job went and nothing about the user, and the form of each. */
const FORMS = formsOf([
  ['code ResultCode', CODE],
  ['success job_complete job_success IsFinalResult IsMachineResult', FLAG],
  ['IDNumberPreviouslyRegistered StrictMatch', FLAG],
  ['no_of_persons_found', matching(/^\d{1,4}$/)],
  ['timestamp created_at updated_at completed_at', TIME],
  ['JSONVersion source_sdk_version', VERSION],
  ['SmileJobID', SMILE_JOB_ID],
  ['user_id job_id', OWN_ID],
  ['partner_id', matching(/^\d{1,6}$/)],
  ['job_type', matching(/^\d{1,2}$/)],
  ['Confidence ConfidenceValue', matching(/^\d{1,3}(?:\.\d{1,6})?$/)],
  ['Country', COUNTRY],
  ['error message ResultText ResultType result status reason product', WORDS],
  ['Source source_sdk IDType', WORDS],
]);

/** Those of an ID: its other fields may contain anything, also one that is called `status` or `code`. */
const FORMS_OF_ID = formsOf([
  ['Country', COUNTRY],
  ['IDType', WORDS],
]);

/** Those of the antifraud part. The IDs of suspect users are not among them: those users did not ask for this job. */
const FORMS_OF_ANTIFRAUD = formsOf([
  ['fraud_detected', matching(/^(?:true|false|yes|no|[01]|not available)$/i)],
  ['risk_score fraud_risk_score', matching(/^\d{1,3}(?:\.\d{1,6})?$/)],
  ['ResultCode', CODE],
  ['risk_level fraud_risk_level status ResultText reason reasons', WORDS],
  ['fraud_sources risk_indicators fraud_risk_indicator_groups', WORDS],
]);

/** All that is kept of the partner's own map. */
const OF_PARTNER = new Set(['user_id', 'job_id', 'job_type'].map(spelledAlike));

/**
 * Where a field is: in a response itself, among its checks, in the partner's map, among the fields of an ID, in its
 * antifraud part, or in an object that may contain anything.
 */
export type Place = 'response' | 'actions' | 'partner' | 'id' | 'antifraud' | 'free';

const PLACES: ReadonlyMap<string, Place> = new Map(
  (
    [
      ['result', 'response'],
      ['history', 'response'],
      ['image_links', 'response'],
      ['id_fields', 'id'],
      ['Actions', 'actions'],
      ['PartnerParams', 'partner'],
      ['Antifraud', 'antifraud'],
    ] as const
  ).map(([name, place]) => [spelledAlike(name), place]),
);

/** Objects and lists of the antifraud part; others may contain anything. */
const IN_ANTIFRAUD: ReadonlySet<string> = new Set(
  [
    ...['summary', 'smile_secure', 'fraud_risk', 'SuspectUsers', 'reasons'],
    ...['fraud_sources', 'risk_indicators', 'fraud_risk_indicator_groups'],
  ].map(spelledAlike),
);

/** The place inside an object or list with this key; only a response's own containers belong to it. */
export function placeIn(key: string, place: Place): Place {
  const name = spelledAlike(key);
  if (place === 'antifraud') return IN_ANTIFRAUD.has(name) ? place : 'free';
  return place === 'response' ? (PLACES.get(name) ?? 'free') : 'free';
}

/** A plain value as far as it may leave memory, or null if it may not. Numbers and flags are judged as text. */
export function harmless(
  key: string,
  value: unknown,
  place: Place,
): string | number | boolean | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return null;
  const text = String(value);
  if (place === 'actions') return isKnownValue(text) ? value : null;
  const name = spelledAlike(key);
  if (place === 'free' || (place === 'partner' && !OF_PARTNER.has(name))) return null;
  const forms = { antifraud: FORMS_OF_ANTIFRAUD, id: FORMS_OF_ID, response: FORMS, partner: FORMS };
  const kept = forms[place].get(name)?.(text) ?? null;
  return kept === text ? value : kept;
}

/** Whether a value of a check is one of Smile ID's values. */
const isKnownValue = (value: string): boolean => explainActionValue(value) !== null;

/** Names of fields as they may leave memory. Others may be data, as in a map from ID numbers to names. */
export class FieldNames {
  private readonly others = new Map<string, string>();

  /** The name itself, or a placeholder, which is the same wherever the name appears. */
  of(key: string, place: Place): string {
    if (place === 'actions' ? explainAction(key) !== null : isFieldName(key)) return key;
    const placeholder = this.others.get(key) ?? `field_${this.others.size + 1}`;
    this.others.set(key, placeholder);
    return placeholder;
  }
}

/** Real responses are nested a few levels deep; deeper ones are made to exhaust the stack. */
const DEEPEST = 20;

/**
 * A copy of a job status response without personal data, images, links and signatures.
 * @param names shared by responses that are compared: the same name has the same placeholder in both
 */
export const redactSteps = (response: JsonObject, names = new FieldNames()): Steps<JsonObject> =>
  redactedObject(response, 'response', 0, names);

type JsonObject = Readonly<Record<string, unknown>>;

/** An object whose names may leave memory, with a copy of each field. */
export function* copyFields(
  object: object,
  place: Place,
  names: FieldNames,
  copy: (key: string, value: unknown) => Steps<unknown>,
): Steps<Record<string, unknown>> {
  const fields: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object)) {
    fields.push([names.of(key, place), yield* copy(key, value)]);
    yield;
  }
  return Object.fromEntries(fields);
}

const redactedObject = (
  object: object,
  place: Place,
  depth: number,
  names: FieldNames,
): Steps<Record<string, unknown>> =>
  copyFields(object, place, names, (key, value) => redactedField(key, value, place, depth, names));

function* redactedField(
  key: string,
  value: unknown,
  place: Place,
  depth: number,
  names: FieldNames,
): Steps<unknown> {
  if (value === null || (typeof value === 'string' && isAbsent(value))) return value;
  if (typeof value !== 'object') return harmless(key, value, place) ?? REDACTED;
  const inside = placeIn(key, place);
  if (inside === 'free' || depth >= DEEPEST) return REDACTED;
  if (!Array.isArray(value)) return yield* redactedObject(value, inside, depth + 1, names);
  const entries: unknown[] = [];
  for (const entry of value as readonly unknown[]) {
    entries.push(
      typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? yield* redactedObject(entry, inside, depth + 1, names)
        : (harmless(key, entry, inside) ?? REDACTED),
    );
    yield;
  }
  return entries;
}

/** What Smile ID sends instead of a value ("N/A" in responses about companies, Ruby SDK's specs). */
const ABSENT = new Set(['', 'not available', 'n/a']);
export const isAbsent = (text: string): boolean => ABSENT.has(text.trim().toLowerCase());

/** Longer texts are cut: more is not needed, and what is not read cannot leak. */
const LONGEST = 1000;
const BETWEEN_WORDS = /([\s.,:;!?()[\]{}"'/—–_-]+)/;

/** The known words of a text, with the usual marks between them; each run of others is replaced. */
export function redactText(text: string): string {
  const shown: string[] = [];
  let hidden = false;
  let between = '';
  for (const [index, part] of text.slice(0, LONGEST).split(BETWEEN_WORDS).entries()) {
    if (index % 2 === 1) between = part;
    else if (part !== '') {
      const known = isKnownWord(part);
      if (known || !hidden) shown.push(between, known ? part : REDACTED);
      hidden = !known;
      between = '';
    }
  }
  shown.push(between);
  if (text.length > LONGEST && !hidden) shown.push(REDACTED);
  return shown.join('');
}

/** Whether a text is made of known words only. */
export const isHarmlessText = (text: string): boolean => redactText(text) === text;
