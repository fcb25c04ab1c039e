import { TEST_IDS } from '../../core/webhooks/webhook';
import type { UserDetails } from './testIdentities';
import { PERSON } from './testPerson';
import type { Outcome, V3Product } from './v3Outcomes';

type Json = Readonly<Record<string, unknown>>;

/** What a webhook says of a job besides its outcome. */
export interface WebhookJob {
  readonly jobId: string;
  readonly userId: string;
  /** When processing started and ended. */
  readonly createdAt: Date;
  readonly completedAt: Date;
  readonly user: UserDetails;
  /** What was submitted, as far as it was. */
  readonly id: { readonly country: string; readonly type: string; readonly number: string };
  readonly partnerParams: Readonly<Record<string, string>>;
  /** Whether its fraud signals name other users, although the outcome does not say so. */
  readonly isSuspect: boolean;
  readonly links: WebhookLinks;
}

export interface WebhookLinks {
  readonly receipt: string;
  readonly selfie: string;
  readonly cardFront: string;
  readonly cardBack: string;
}

/** A job of the only user of the scenarios. Its links lead nowhere. */
export const SAMPLE_JOB: WebhookJob = {
  ...TEST_IDS.v3,
  createdAt: new Date('2026-01-02T03:04:05.000Z'),
  completedAt: new Date('2026-01-02T03:04:07.000Z'),
  user: {
    given_names: `${PERSON.FirstName} ${PERSON.OtherName}`,
    last_name: PERSON.LastName,
    email: PERSON.Email,
    phone_number: PERSON.PhoneNumber,
  },
  id: { country: '', type: '', number: '' },
  partnerParams: {},
  isSuspect: false,
  links: {
    receipt: 'https://receipts.simulator.invalid/job.pdf?token=SIMULATED',
    selfie: 'https://images.simulator.invalid/selfie.jpg?X-Amz-Signature=SIMULATED',
    cardFront: 'https://images.simulator.invalid/card.jpg?X-Amz-Signature=SIMULATED',
    cardBack: 'https://images.simulator.invalid/back.jpg?X-Amz-Signature=SIMULATED',
  },
};

/** Which blocks the webhook of a product has; One-Time AML is the only one whose webhook is specified in full. */
const BLOCKS: Readonly<Record<V3Product, readonly Block[]>> = {
  one_time_aml: ['aml'],
  aml_monitoring: ['aml'],
  address_verification: [],
  enhanced_kyc: ['id fields'],
  biometric_kyc: ['selfie', 'id fields'],
  document_verification: ['selfie', 'card', 'id fields'],
  enhanced_document_verification: ['selfie', 'card', 'id fields'],
  residency_document_verification: ['selfie', 'card', 'id fields', 'visa'],
  smart_selfie_registration: ['selfie'],
  smart_selfie_authentication: ['selfie'],
  smart_selfie_compare: ['selfie'],
};

type Block = 'aml' | 'selfie' | 'card' | 'id fields' | 'visa';

/**
 * The body of a webhook, which is also that of a synchronous response. Keys are those of smileidentity/api-reference
 * specs/v3/openapi.yaml for One-Time AML, and of the documentation's webhook pages for the others; those of addresses and
 * AML monitoring are not published, so that they get what all have.
 */
export function webhookOf(outcome: Outcome, job: WebhookJob = SAMPLE_JOB): Json {
  const { status, message, reason, product } = outcome;
  const blocks = BLOCKS[product];
  const has = (block: Block): boolean => blocks.includes(block);
  const isError = status === 'error';
  return {
    ...{ status, message, reason, product },
    created_at: job.createdAt.toISOString(),
    completed_at: job.completedAt.toISOString(),
    partner_params: partnerParamsOf(job, blocks),
    kyc_receipt: isError ? null : job.links.receipt,
    ...(has('aml') && amlOf(outcome)),
    ...(has('selfie') && { image_links: imageLinksOf(job.links, has('card')) }),
    // What was read from a document or a register is withheld unless the job passed.
    ...(has('id fields') && { id_fields: passed(outcome) ? idFieldsOf(job, has('card')) : null }),
    ...(has('visa') && { additional_documents: passed(outcome) ? [visaOf(job)] : [] }),
    user_provided_info: job.user,
    consent: blocks.length === 0 || has('aml') ? {} : { schema_version: 'ISO27560-v1' },
    antifraud: isError ? null : antifraudOf(outcome, job),
    device_signals: null,
  };
}

const passed = ({ status }: Outcome): boolean => status === 'clear' || status === 'attention';

/** Of AML the keys of Smile ID are removed, and null is sent if nothing is left. */
function partnerParamsOf(job: WebhookJob, blocks: readonly Block[]): Json | null {
  if (blocks.length > 0 && !blocks.includes('aml')) {
    return { ...job.partnerParams, job_id: job.jobId, user_id: job.userId };
  }
  return Object.keys(job.partnerParams).length === 0 ? null : job.partnerParams;
}

function amlOf({ reason }: Outcome): Json {
  const onList = reason === 'aml_match_found';
  const inNews = reason === 'news_media_match';
  const person = {
    name: PERSON.FullName,
    addresses: [],
    ...(inNews && {
      news_summary: [
        {
          news_category: 'financial_crime',
          news_category_label: 'Financial Crime',
          number_of_articles: 2,
        },
      ],
    }),
    aliases: [],
    associations: [],
    dates_of_birth: [PERSON.DOB],
    enforcement_actions: [],
    nationalities: [],
    sanctions: onList ? [{ list: 'Simulated list' }] : [],
    pep: onList
      ? { pep_level: 2, political_positions: ['Mayor of Testville'], sources: [] }
      : { pep_level: null, political_positions: [], sources: [] },
  };
  const people = onList || inNews ? [person] : [];
  return { strict_match: true, no_of_persons_found: people.length, people };
}

function imageLinksOf({ selfie, cardFront, cardBack }: WebhookLinks, hasCard: boolean): Json {
  return {
    selfie_image: selfie,
    ...(hasCard && { id_card_image: cardFront, id_card_back_image: cardBack }),
  };
}

function idFieldsOf({ user, id }: WebhookJob, isDocument: boolean): Json {
  return {
    country: id.country || 'NG',
    id_type: id.type || (isDocument ? 'PASSPORT' : 'NIN'),
    id_number: id.number || PERSON.IDNumber,
    first_name: user.given_names,
    other_names: null,
    last_name: user.last_name,
    full_name: `${user.given_names} ${user.last_name}`,
    date_of_birth: PERSON.DOB,
    gender: 'F',
    address: PERSON.Address,
    phone_number: user.phone_number,
    ...(isDocument && { issuance_date: '2020-01-01', expiration_date: '2040-01-01' }),
  };
}

function visaOf({ user, links }: WebhookJob): Json {
  return {
    image_link: links.cardFront,
    full_name: `${user.given_names} ${user.last_name}`,
    id_number: PERSON.IDNumber,
    issued_at: 'Testville',
    issuance_date: '2026-01-01',
    expiry: { expiry_date: '2027-01-01', expiry_period_in_months: '12' },
    conditions: null,
    no_of_entries: 'multiple',
    document_primary_id: PERSON.IDNumber,
  };
}

const SCORES = { high_risk: ['high', 93], medium_risk: ['medium', 55] } as const;

/** AML sends it flat, and null unless there is a score; addresses have none. */
function antifraudOf({ product, reason }: Outcome, { isSuspect }: WebhookJob): Json | null {
  const blocks = BLOCKS[product];
  const [level, score] =
    reason === 'high_risk' || reason === 'medium_risk' ? SCORES[reason] : (['low', 7] as const);
  const indicators = level === 'high' ? ['device_risk'] : [];
  if (blocks.includes('aml')) {
    return level === 'low'
      ? null
      : {
          fraud_risk_level: level,
          fraud_risk_score: score,
          fraud_risk_indicator_groups: indicators,
        };
  }
  if (blocks.length === 0) return null;
  const sources = [
    ...(level === 'high' ? ['fraud_risk'] : []),
    ...(isSuspect ? ['smile_secure'] : []),
  ];
  return {
    fraud_risk: { risk_level: level, risk_score: score, risk_indicators: indicators },
    smile_secure: isSuspect
      ? {
          status: 'attention',
          suspect_users: [{ user_id: 'another-user-of-yours', reasons: ['same-face'] }],
        }
      : { status: 'clear', suspect_users: [] },
    summary: { fraud_detected: sources.length > 0, fraud_sources: sources },
  };
}
