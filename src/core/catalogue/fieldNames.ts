import { once } from './data';

/**
 * Names of the fields that Smile ID documents or its SDKs have, each in one spelling, by where they are.
 * Sources: official documentation and API v3 specification, models and recorded replies of the SDKs.
 */
const NAMES = [
  // around a result
  'timestamp signature sec_key code error message success job_complete job_success result history',
  'image_links kyc_receipt kyb_receipt partner_id source_sdk source_sdk_version upload_url ref_id',
  'created_at updated_at completed_at user_created_at status reason product api_version',
  // a result
  'ResultCode ResultText ResultType SmileJobID JSONVersion Source IsFinalResult IsMachineResult',
  'Confidence ConfidenceValue Actions PartnerParams user_id job_id job_type optional_info',
  // ID fields
  'FullName Title FirstName LastName OtherName OtherNames IDNumber SecondaryIDNumber IDType Country',
  'IDStatus DOB IssuanceDate ExpirationDate DateOfDeath Address PhoneNumber PhoneNumber2 Email Gender',
  'IsAlive Nationality Occupation PlaceOfBirth CountryOfBirth RegionOfOrigin LocalAreaOfOrigin',
  'PlaceOfIssuance FullData PersonalInfo IDNumberPreviouslyRegistered UserIDsOfPreviousRegistrants',
  'given_names date_of_birth marital_status id_fields user_provided_info additional_documents list',
  // images
  'Photo Document selfie_image id_card_image id_card_back id_card_back_image id_photo_image',
  'document_image image_link photo_url document_link',
  // business
  'company_information directors beneficial_owners proprietors fiduciaries documents',
  'search_certificate name phone company_type registration_number registration_date search_number',
  'authorized_shared_capital industry tax_id legal_name state fiduciary_type shareholdings',
  // AML
  'people no_of_persons_found StrictMatch aliases dates_of_birth nationalities addresses associations',
  'pep pep_level political_positions sanctions enforcement_actions adverse_media sources',
  'news_summary news_category news_category_label number_of_articles',
  // antifraud and the rest of API v3
  'Antifraud SuspectUsers reasons summary fraud_sources fraud_detected smile_secure fraud_risk',
  'fraud_risk_level fraud_risk_score fraud_risk_indicator_groups risk_level risk_score',
  'risk_indicators device_signals consent schema_version no_of_entries issued_at expiry expiry_date',
  'expiry_period_in_months document_primary_id conditions',
];

/** One spelling for `FullName`, `full_name` and `fullName`. */
export const spelledAlike = (name: string): string => name.replace(/[_\s-]/g, '').toLowerCase();

const names = once(() => new Set(NAMES.flatMap((line) => line.split(' ')).map(spelledAlike)));

/** Whether a key is the name of a field, in any spelling, and not data in a map. */
export const isFieldName = (key: string): boolean =>
  key.length <= LONGEST_NAME && names().has(spelledAlike(key));

const LONGEST_NAME = 60;
