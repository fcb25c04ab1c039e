import * as l10n from '../l10n';
import { explainAction, explainActionValue } from '../catalogue/actions';
import { spelledAlike } from '../catalogue/fieldNames';
import { antifraudDataOf, type AntifraudData } from '../smile/fraudSignals';
import { Fields, JsonObject } from '../smile/fields';
import { resultObjectOf } from '../smile/jobStatusResponse';
import { READING_LIMITS } from '../smile/readingLimits';
import { ID_IMAGES } from '../smile/v3Response';
import {
  Reading,
  detailText,
  detailTextIfAny,
  textOf,
  type DetailField,
  type DetailNode,
} from './detailReading';

export interface Person {
  readonly name: string | null;
  /** All other fields with plain values. */
  readonly fields: readonly DetailField[];
}

export interface PeopleGroup {
  readonly title: string;
  readonly people: readonly Person[];
}

/** A person on a list that an AML check found. */
export interface ListedPerson extends Person {
  readonly aliases: readonly string[];
  readonly datesOfBirth: readonly string[];
  readonly nationalities: readonly string[];
  readonly addresses: readonly string[];
  readonly associations: readonly DetailNode[];
  readonly pep: readonly DetailNode[];
  readonly sanctions: readonly DetailNode[];
  readonly enforcementActions: readonly DetailNode[];
  readonly newsSummary: readonly DetailNode[];
  readonly adverseMedia: readonly DetailNode[];
}

export interface AmlDetails {
  readonly personsFound: number | null;
  readonly strictMatch: string | null;
  readonly people: readonly ListedPerson[];
}

/** The antifraud summary. The older shape has only the suspects, so the other fields are empty. */
export interface Antifraud {
  readonly fraudDetected: boolean | null;
  readonly sources: readonly string[];
  readonly riskLevels: readonly string[];
  readonly riskScores: readonly string[];
  readonly riskIndicators: readonly string[];
  /** Of Smile Secure in API v3: `clear`, `attention` or `error`. */
  readonly status: string | null;
  readonly suspects: readonly {
    readonly userId: string | null;
    readonly reasons: readonly string[];
  }[];
  /** ResultCode and ResultText of smile_secure. */
  readonly code: string | null;
  readonly text: string | null;
}

export interface PreviousRegistrants {
  readonly registered: boolean | null;
  readonly userIds: readonly string[];
}

/** What a response says about people and companies, as plain data. It contains no link and no image. */
export interface PersonalDetails {
  readonly fields: readonly DetailField[];
  /** What the user entered, which nobody checked; only API v3 repeats it. */
  readonly provided: readonly DetailField[];
  /** FullData, and after it, under their paths, all other values that are not plain. */
  readonly fullData: readonly DetailNode[];
  readonly previousRegistrants: PreviousRegistrants | null;
  readonly company: readonly DetailField[];
  readonly peopleGroups: readonly PeopleGroup[];
  readonly additionalDocuments: readonly DetailNode[];
  readonly aml: AmlDetails | null;
  readonly antifraud: Antifraud | null;
  /** Actions whose name or value the catalogue does not know: they may contain anything. */
  readonly unknownChecks: readonly DetailField[];
  /** Whether the response links to a KYC or KYB receipt. The link itself is a secret. */
  readonly receipt: 'present' | 'absent';
  /** What was left out, in plain words and without values. */
  readonly notes: readonly string[];
}

/**
 * Reads the personal details of a job status response, an entry of its history or the body of a callback.
 * Reading is tolerant: nothing in a response breaks it, and unknown fields are listed last. Links are
 * signed, so they are secrets: each is replaced by "[link]", wherever it is.
 * Source of the fields: official documentation and the SDKs' models.
 */
export function personalDetailsOf(raw: Readonly<Record<string, unknown>>): PersonalDetails {
  const reading = new Reading();
  const object = resultObjectOf(raw);
  const result = new Fields(object, reading.note);
  const idFields = result.nested('id_fields'); // of API v3, where they are no fields of the result itself
  const provided = result.nested('user_provided_info');
  const fields = [
    ...reading
      .fields(result, '', OTHER_FIELDS)
      .filter(({ key, absent }) => !(absent && OBJECTS.has(key))),
    ...(idFields ? reading.fields(idFields, 'id_fields.', LINKED_IMAGES) : []),
  ]
    .map((field) => ({ field, rank: rankOf(field.key) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ field }) => field);
  const company = result.nested('company_information', 'CompanyInformation');
  return {
    fields,
    provided: provided ? reading.fields(provided, 'user_provided_info.') : [],
    previousRegistrants: previousRegistrantsOf(result, reading),
    company: company ? reading.fields(company, 'company_information.') : [],
    peopleGroups: GROUPS.flatMap(({ title, names }) => {
      const people = peopleOf(result, reading, names);
      return people ? [{ title: title(), people: people.map(({ person }) => person) }] : [];
    }),
    additionalDocuments: reading.branch(
      'additional_documents',
      result.unknown('additional_documents'),
    ),
    aml: amlOf(result, reading),
    antifraud: antifraudOf(antifraudDataOf(object, raw), reading),
    unknownChecks: unknownChecksOf(result, reading),
    receipt: [raw, object].some((each) => RECEIPTS.some((name) => isPresent(each[name])))
      ? 'present'
      : 'absent',
    // Last, so that a large one leaves room for the others, and includes what did not fit into them.
    fullData: [
      ...reading.branch('FullData', result.unknown('FullData', 'full_data')),
      ...reading.elsewhere,
    ],
    notes: reading.notes.list,
  };
}

/** The ID fields in the order of reading: name, number, dates, contact, rest. */
const ID_FIELDS = [
  ...['FullName', 'Title', 'FirstName', 'LastName', 'OtherName', 'OtherNames'],
  ...['IDNumber', 'SecondaryIDNumber', 'IDType', 'Country', 'IDStatus'],
  ...['DOB', 'date_of_birth', 'IssuanceDate', 'ExpirationDate', 'DateOfDeath'],
  ...['Address', 'PhoneNumber', 'PhoneNumber2', 'Email'],
  ...['Gender', 'IsAlive', 'Nationality', 'Occupation', 'PlaceOfBirth', 'CountryOfBirth'],
  ...['RegionOfOrigin', 'LocalAreaOfOrigin', 'PlaceOfIssuance'],
].map(spelledAlike);

function rankOf(key: string): number {
  const rank = ID_FIELDS.indexOf(spelledAlike(key));
  return rank === -1 ? ID_FIELDS.length : rank;
}

const RECEIPTS = ['kyc_receipt', 'KYCReceipt', 'kyb_receipt', 'KYBReceipt'];

const GROUPS = [
  { title: () => l10n.t('Directors'), names: ['directors', 'Directors'] },
  { title: () => l10n.t('Beneficial owners'), names: ['beneficial_owners', 'BeneficialOwners'] },
  { title: () => l10n.t('Proprietors'), names: ['proprietors', 'Proprietors'] },
  { title: () => l10n.t('Fiduciaries'), names: ['fiduciaries', 'Fiduciaries'] },
] as const;

/** Fields of a result that say nothing about a person, are links or images, or are read separately. */
const OTHER_FIELDS = new Set(
  [
    ...['timestamp', 'signature', 'sec_key', 'code', 'success', 'job_complete', 'job_success'],
    ...['result', 'history', 'error', 'message', 'partner_id', 'user_id', 'job_id', 'job_type'],
    ...['ResultCode', 'ResultText', 'ResultType', 'SmileJobID', 'JSONVersion', 'Source'],
    ...['IsFinalResult', 'IsMachineResult', 'ConfidenceValue', 'Confidence', 'Actions'],
    ...['PartnerParams', 'Photo', 'Document', 'ImageLinks', 'documents', ...RECEIPTS],
    ...['FullData', 'IDNumberPreviouslyRegistered', 'UserIDsOfPreviousRegistrants', 'Antifraud'],
    ...['company_information', ...GROUPS.map(({ names: [name] }) => name)],
    ...['people', 'no_of_persons_found', 'StrictMatch'],
    // of API v2 and v3
    ...['status', 'reason', 'product', 'created_at', 'updated_at', 'completed_at'],
    ...['id_fields', 'user_provided_info', 'additional_documents'],
  ].map(spelledAlike),
);
/** Objects of API v3, which say nothing if they are null. */
const OBJECTS: ReadonlySet<string> = new Set(['consent', 'device_signals']);
const LINKED_IMAGES: ReadonlySet<string> = new Set(ID_IMAGES.map(spelledAlike));

const PERSON_FIELDS = new Set(['name']);
const LISTED_PERSON_FIELDS = new Set(
  [
    ...['name', 'aliases', 'dates_of_birth', 'nationalities', 'addresses'],
    ...['associations', 'pep', 'sanctions', 'enforcement_actions', 'news_summary', 'adverse_media'],
  ].map(spelledAlike),
);

function previousRegistrantsOf(result: Fields, reading: Reading): PreviousRegistrants | null {
  const flag = ['IDNumberPreviouslyRegistered', 'id_number_previously_registered'];
  const users = ['UserIDsOfPreviousRegistrants', 'user_ids_of_previous_registrants'];
  return result.has(...flag, ...users)
    ? { registered: result.flag(...flag), userIds: reading.texts(result, ...users) }
    : null;
}

/** Null if the result has no such list. */
function peopleOf(
  result: Fields,
  reading: Reading,
  names: readonly string[],
  skip: ReadonlySet<string> = PERSON_FIELDS,
): { readonly of: Fields; readonly person: Person }[] | null {
  const [title = ''] = names;
  return (
    result.list(...names)?.flatMap((entry, at) => {
      const of = reading.object(title, entry);
      if (!of) return [];
      const person = {
        name: detailTextIfAny(of.text('name', 'Name')),
        fields: reading.fields(of, `${title}[${at}].`, skip),
      };
      return [{ of, person }];
    }) ?? null
  );
}

function amlOf(result: Fields, reading: Reading): AmlDetails | null {
  const people = peopleOf(result, reading, ['people', 'People'], LISTED_PERSON_FIELDS);
  const found = ['no_of_persons_found', 'NoOfPersonsFound'];
  if (!people && !result.has(...found)) return null;
  return {
    personsFound: result.number(...found),
    strictMatch: textOf(result.unknown('StrictMatch', 'strict_match')),
    people: (people ?? []).map(({ of, person }) => ({
      ...person,
      aliases: reading.texts(of, 'aliases', 'Aliases'),
      datesOfBirth: reading.texts(of, 'dates_of_birth', 'DatesOfBirth'),
      nationalities: reading.texts(of, 'nationalities', 'Nationalities'),
      addresses: reading.texts(of, 'addresses', 'Addresses'),
      associations: reading.branch('associations', of.unknown('associations', 'Associations')),
      pep: reading.branch('pep', of.unknown('pep', 'Pep', 'PEP')),
      sanctions: reading.branch('sanctions', of.unknown('sanctions', 'Sanctions')),
      enforcementActions: reading.branch(
        'enforcement_actions',
        of.unknown('enforcement_actions', 'EnforcementActions'),
      ),
      newsSummary: reading.branch('news_summary', of.unknown('news_summary', 'NewsSummary')),
      adverseMedia: reading.branch('adverse_media', of.unknown('adverse_media', 'AdverseMedia')),
    })),
  };
}

function unknownChecksOf(result: Fields, reading: Reading): DetailField[] {
  const actions = JsonObject.safeParse(result.unknown('Actions', 'actions')).data ?? {};
  const unknown = Object.keys(actions)
    .slice(0, READING_LIMITS.actions) // a note on more of them is made when the checks are read
    .map((key) => [key, actions[key]] as const)
    .filter(
      ([key, value]) =>
        value !== null &&
        !(explainAction(key) && typeof value === 'string' && explainActionValue(value)),
    );
  return reading.fields(new Fields(Object.fromEntries(unknown), reading.note), 'Actions.');
}

function antifraudOf(data: AntifraudData | null, reading: Reading): Antifraud | null {
  if (!data) return null;
  data.unreadable.forEach(reading.note);
  return {
    fraudDetected: data.fraudDetected,
    sources: reading.textsIn('fraud_sources', data.sources),
    riskLevels: reading.textsIn('risk_level', data.riskLevels),
    riskScores: reading.textsIn('risk_score', data.riskScores),
    riskIndicators: reading.textsIn('risk_indicators', data.riskIndicators),
    status: textOf(data.status),
    suspects: data.suspects.flatMap((entry) => {
      const suspect = reading.object('SuspectUsers', entry);
      if (!suspect) return [];
      const reason = suspect.text('reason', 'Reason');
      return [
        {
          userId: detailTextIfAny(suspect.digits(null, 'user_id', 'UserID', 'userId')),
          reasons: [
            ...(reason === null ? [] : [detailText(reason)]),
            ...reading.texts(suspect, 'reasons', 'Reasons'),
          ],
        },
      ];
    }),
    code: detailTextIfAny(data.code),
    text: detailTextIfAny(data.text),
  };
}

function isPresent(link: unknown): boolean {
  return typeof link === 'string' && link.trim() !== '' && link.trim() !== 'Not Available';
}
