import type { Form, FormFile } from './multipart';
import { parseJson, parseObject, type SimulatedResponse } from './simulatedHttp';
import type { UserDetails } from './testIdentities';
import { MAX_SUBMISSION_BYTES, OTHER_USER, refuse, TOO_LARGE, TOO_LARGE_FOR_AML } from './v3Errors';
import {
  callbackUrlOf,
  EMAIL,
  faultOfConsent,
  invalid,
  listOf,
  missing,
  PHONE,
  textIn,
  textsOf,
} from './v3Fields';
import type { V3Product } from './v3Outcomes';
import type { Bound } from './v3Tokens';

/** A form together with what its token has bound, which counts more than what the form says. */
export class SubmittedForm {
  /** As the token, the form and the header say: they must agree. */
  private readonly userIds: ReadonlySet<string>;
  readonly details: UserDetails;

  /** @param headerUserId the header User-ID; empty if there is none */
  constructor(
    private readonly form: Form,
    private readonly bound: Bound,
    headerUserId: string,
    readonly now: Date,
  ) {
    const userIds = [bound.userId ?? '', form.texts.get('user_id') ?? '', headerUserId];
    this.userIds = new Set(userIds.filter((id) => id !== ''));
    const sent = { ...parseObject(this.text('user_details')), ...bound.details };
    this.details = {
      given_names: textIn(sent, 'given_names'),
      last_name: textIn(sent, 'last_name'),
      email: textIn(sent, 'email') || null,
      phone_number: textIn(sent, 'phone_number') || null,
    };
  }

  get bytes(): number {
    return this.form.bytes;
  }

  get userId(): string | null {
    return [...this.userIds][0] ?? null;
  }

  get hasOneUser(): boolean {
    return this.userIds.size <= 1;
  }

  get hasDetails(): boolean {
    const { given_names: givenNames, last_name: lastName } = this.bound.details;
    return (
      (givenNames !== undefined && lastName !== undefined) ||
      parseObject(this.text('user_details')) !== null
    );
  }

  has(name: string): boolean {
    return this.isBound(name) || this.form.texts.has(name);
  }

  /** Whether the server puts it in: then it was checked when the token was made. */
  isBound(name: string): boolean {
    return this.bound.texts.has(name);
  }

  /** @returns an empty text if there is none */
  text(name: string): string {
    return this.bound.texts.get(name) ?? this.form.texts.get(name) ?? '';
  }

  files(name: string): readonly FormFile[] {
    return this.form.files.get(name) ?? [];
  }
}

/** What is wrong with a form, as a sentence, or null. */
type Check = (form: SubmittedForm) => string | null;

/** Where jobs are submitted, and what it wants besides user_details and consent. */
export interface Endpoint {
  readonly product: V3Product;
  readonly checks: readonly Check[];
  /** Which of the two acknowledgments it sends; or it waits for the result, and the response is that. */
  readonly responds: 'queued' | 'submitted' | ResultAtOnce;
  /** Requests are stopped by a gateway with errors of its own form, and an address for webhooks is ignored. */
  readonly hasGateway?: boolean;
  readonly wording?: Partial<Wording>;
}

export interface ResultAtOnce {
  /** The response if the source of the result is not available. */
  readonly unavailable: SimulatedResponse;
  /** Whether the IDs are in the body, too; they are in the headers. */
  readonly namesJob: boolean;
  /** Whether a request with the same SmileID-Idempotency-Key gets the same job. */
  readonly takesKey: boolean;
}

/** The sentences for one fault differ between addresses. */
interface Wording {
  readonly noContact: string;
  readonly noConsent: string;
  readonly noCallback: string;
  readonly tooLarge: SimulatedResponse;
}

const WORDING: Wording = {
  noContact: 'Either email or phone_number is required.',
  noConsent: missing('consent.granted'),
  noCallback:
    'A valid callback_url is required in the request or a default callback URL must be configured in the portal.',
  tooLarge: TOO_LARGE,
};

function firstFault(checks: readonly Check[], form: SubmittedForm): string | null {
  for (const check of checks) {
    const fault = check(form);
    if (fault !== null) return fault;
  }
  return null;
}

/** Some text that must be there. */
function field(name: string, pattern = /./s, message = missing(name)): Check {
  return (form) => (form.isBound(name) || pattern.test(form.text(name)) ? null : message);
}

/** A text that may be left out. */
function optional(
  name: string,
  isValid: (text: string, form: SubmittedForm) => boolean,
  message = invalid(name),
): Check {
  return (form) => (!form.has(name) || isValid(form.text(name), form) ? null : message);
}

function unless(isLeftOut: (form: SubmittedForm) => boolean, checks: readonly Check[]): Check {
  return (form) => (isLeftOut(form) ? null : firstFault(checks, form));
}

const JPEG = ['image/jpeg'];
const JPEG_OR_PNG = ['image/jpeg', 'image/png'];

/** One image, or from as many to as many. */
function images(
  name: string,
  {
    types = JPEG,
    from = 1,
    to = 1,
    wrongType = missing(name),
  }: { types?: readonly string[]; from?: number; to?: number; wrongType?: string } = {},
): Check {
  return (form) => {
    const files = form.files(name);
    if (files.length < from || files.length > to) return missing(name);
    if (files.some(({ bytes }) => bytes === 0)) return missing(name);
    return files.every(({ type }) => types.includes(type)) ? null : wrongType;
  };
}

const isBoolean = (text: string): boolean => text === 'true' || text === 'false';
const isYear = (text: string, { now }: SubmittedForm): boolean =>
  /^[1-9]\d{3}$/.test(text) && Number(text) <= now.getUTCFullYear();

const LIVENESS = images('liveness_images', { from: 6, to: 8 });
const SELFIE = [images('selfie_image'), LIVENESS];
const COUNTRY = field('country', /^[A-Z]{2}$/);
const ID = [COUNTRY, field('id_type'), field('id_number')];
const PAPER = { types: JPEG_OR_PNG, wrongType: 'Document image must be JPEG or PNG.' };
const DOCUMENT = [
  ...SELFIE,
  images('document', PAPER),
  images('document_back', { ...PAPER, from: 0 }),
  COUNTRY,
];

const IN_NIGERIA = [
  field('utility_number'),
  field('utility_provider'),
  field('utility_type', /^(?:PrePaid|PostPaid)$/),
];
const ADDRESS = [
  field('address', /^.{1,512}$/s),
  field('country', /^(?:NG|ZA)$/, "Field 'country' must be one of NG, ZA."),
  unless(
    (form) => form.text('utility_number') !== '',
    [field('id_number', /./s, "Either 'id_number' or 'utility_number' is required.")],
  ),
  unless((form) => form.text('country') !== 'ZA', [field('id_number')]),
  unless((form) => form.text('country') !== 'NG', IN_NIGERIA),
];

export const searchesUser = (form: SubmittedForm): boolean =>
  form.text('search_existing_user') === 'true';
const areCodes = (text: string): boolean => {
  const codes = listOf(text);
  return codes !== null && codes.length > 0 && codes.every((code) => /^[A-Z]{2}$/.test(code));
};
const COUNTRIES: Check = (form) => (areCodes(form.text('countries')) ? null : missing('countries'));
const SEARCH = [
  optional('search_existing_user', isBoolean),
  unless(
    (form) => !searchesUser(form) || form.userId !== null,
    [() => "Required field 'user_id' is missing or invalid when search_existing_user is true."],
  ),
];
const LISTS = [
  optional('strict_match', isBoolean),
  optional('aliases', (text) => listOf(text) !== null),
  optional(
    'aliases',
    (text) => (listOf(text) ?? []).length <= 20,
    "Field 'aliases' must contain at most 20 entries.",
  ),
  optional(
    'aliases',
    (text) => (listOf(text) ?? []).every((alias) => alias.length <= 256),
    "Field 'aliases' entries must be at most 256 characters.",
  ),
];
const AML = [COUNTRIES, field('full_name'), optional('birth_year', isYear), ...LISTS, ...SEARCH];
const AML_WORDING = {
  noContact: 'Either user_details.email or user_details.phone_number is required.',
  noCallback: missing('callback_url'),
  tooLarge: TOO_LARGE_FOR_AML,
};

/** By path. Fields and sentences are those of smileidentity/api-reference specs/v3/openapi.yaml. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v3/enhanced_kyc': { product: 'enhanced_kyc', checks: ID, responds: 'queued' },
  '/v3/enhanced_kyc/sync': {
    product: 'enhanced_kyc',
    checks: ID,
    responds: {
      unavailable: refuse(424, 'Unable to verify ID — ID authority unavailable.'),
      namesJob: true,
      takesKey: false,
    },
    hasGateway: true,
    wording: { noConsent: 'consent is required' },
  },
  '/v3/biometric_kyc': { product: 'biometric_kyc', checks: [...SELFIE, ...ID], responds: 'queued' },
  '/v3/document_verification': {
    product: 'document_verification',
    checks: DOCUMENT,
    responds: 'queued',
  },
  '/v3/enhanced_document_verification': {
    product: 'enhanced_document_verification',
    checks: [...DOCUMENT, field('id_type')],
    responds: 'queued',
  },
  '/v3/residency_document_verification': {
    product: 'residency_document_verification',
    checks: [
      ...DOCUMENT,
      images('visa', { types: JPEG_OR_PNG }),
      field('id_type'),
      field(
        'id_type',
        /^PASSPORT$/,
        "Field 'id_type' must be PASSPORT for residency document verification.",
      ),
    ],
    responds: 'queued',
  },
  '/v3/registration': { product: 'smart_selfie_registration', checks: SELFIE, responds: 'queued' },
  '/v3/authentication': {
    product: 'smart_selfie_authentication',
    checks: [
      (form) => (form.userId === null ? missing('user_id') : null),
      optional('use_enrolled_image', isBoolean),
      unless((form) => form.text('use_enrolled_image') === 'true', SELFIE),
    ],
    responds: 'queued',
  },
  '/v3/compare': {
    product: 'smart_selfie_compare',
    checks: [
      images('selfie_image'),
      images('comparison_image'),
      field(
        'comparison_image_type',
        /^(?:DOCUMENT|ID_PHOTO|PORTRAIT)$/,
        "Field 'comparison_image_type' must be either DOCUMENT, ID_PHOTO, or PORTRAIT.",
      ),
      unless((form) => form.files('liveness_images').length === 0, [LIVENESS]),
    ],
    responds: 'queued',
  },
  '/v3/address': { product: 'address_verification', checks: ADDRESS, responds: 'submitted' },
  '/v3/aml': { product: 'one_time_aml', checks: AML, responds: 'submitted', wording: AML_WORDING },
  '/v3/aml/sync': {
    product: 'one_time_aml',
    checks: AML,
    responds: {
      unavailable: refuse(
        408,
        'The screening provider did not respond in time. The job is still recorded — retrieve its result from /v3/status/{job_id}.',
      ),
      namesJob: false,
      takesKey: true,
    },
    wording: AML_WORDING,
  },
  '/v3/aml/monitoring': {
    product: 'aml_monitoring',
    checks: [
      COUNTRIES,
      unless(searchesUser, [field('full_name')]),
      optional('birth_year', isYear, "Field 'birth_year' must be a four digit year."),
      ...LISTS,
      ...SEARCH,
    ],
    responds: 'queued',
    wording: { noContact: AML_WORDING.noContact },
  },
};

/** What a request with consent must say. */
const CONSENT = {
  language: /^[A-Z]{2}$/,
  policy: /^https:\/\/./,
  future: "Required field 'consent.granted_at' cannot be set in the future.",
};

/** The same for all. What is said of a field that no specification names is said like the rest. */
const common = (
  { hasGateway = false }: Endpoint,
  { noContact, noConsent, noCallback }: Wording,
): readonly Check[] => [
  (form) => (form.hasDetails ? null : missing('user_details')),
  ({ details }) => (details.given_names === '' ? missing('user_details.given_names') : null),
  ({ details }) => (details.last_name === '' ? missing('user_details.last_name') : null),
  ({ details }) => (details.email === null && details.phone_number === null ? noContact : null),
  ({ details: { email } }) => (email === null || EMAIL.test(email) ? null : invalid('email')),
  ({ details: { phone_number: phone } }) =>
    phone === null || PHONE.test(phone) ? null : invalid('phone_number'),
  (form) => (form.has('consent') ? null : noConsent),
  (form) =>
    form.isBound('consent')
      ? null
      : faultOfConsent(parseObject(form.text('consent')), CONSENT, form.now),
  optional('callback_url', (text) => hasGateway || callbackUrlOf(text) !== null, noCallback),
  optional('partner_params', (text) => textsOf(text) !== null),
  optional('metadata', isMetadata),
  optional('sandbox_result', (text) => /^\d{1,4}$/.test(text)),
  optional('allow_new_enroll', isBoolean),
];

function isMetadata(text: string): boolean {
  const list = parseJson(text);
  return (
    Array.isArray(list) &&
    list.every((item) => {
      const { name, value, ...others } = textsOf(JSON.stringify(item)) ?? {};
      const isEntry = name !== undefined && value !== undefined;
      return (
        isEntry && name.length <= 100 && value.length <= 1000 && Object.keys(others).length === 0
      );
    })
  );
}

/** Why a form is not taken, or null. */
export function refusalOfForm(endpoint: Endpoint, form: SubmittedForm): SimulatedResponse | null {
  const wording = { ...WORDING, ...endpoint.wording };
  if (!endpoint.hasGateway && form.bytes > MAX_SUBMISSION_BYTES) return wording.tooLarge;
  if (!form.hasOneUser) return OTHER_USER;
  const fault = firstFault([...common(endpoint, wording), ...endpoint.checks], form);
  return fault === null ? null : refuse(400, fault);
}
