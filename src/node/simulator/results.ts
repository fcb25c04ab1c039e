import { MORE_OF_PERSON, PERSON } from './testPerson';
import { base64Of } from './images';

/**
 * What Smile ID decides about jobs, as the fields of a result. Codes, labels and actions are those of the
 * official result code pages, SDK models and recorded responses; none is invented here, unless it says so.
 */
export type Fields = Readonly<Record<string, unknown>>;

export interface Decision {
  readonly jobType: number | string;
  readonly fields: Fields;
}

/** Whose result it is, and when it was decided. */
export interface Stamp {
  readonly userId: string;
  readonly jobId: string;
  readonly at: Date;
}

const BY_MACHINE = {
  Source: 'WebAPI - ruby',
  ResultType: 'SAIA',
  JSONVersion: '1.0.0',
  IsFinalResult: 'true',
  IsMachineResult: 'true',
};
const BY_HUMAN = { ...BY_MACHINE, ResultType: 'DIVA', IsMachineResult: 'false' };
const BY_REGISTER = { ...BY_MACHINE, Source: 'Async ID API', ResultType: 'ID Verification' };

/** Responses name the checks that were not part of a job, too (recorded response of 2022-10-27). */
const NO_ACTIONS = {
  Liveness_Check: 'Not Applicable',
  Register_Selfie: 'Not Applicable',
  Selfie_Provided: 'Not Applicable',
  Verify_ID_Number: 'Not Applicable',
  Human_Review_Compare: 'Not Applicable',
  Return_Personal_Info: 'Not Applicable',
  Selfie_To_ID_Card_Compare: 'Not Applicable',
  Human_Review_Update_Selfie: 'Not Applicable',
  Human_Review_Liveness_Check: 'Not Applicable',
  Selfie_To_ID_Authority_Compare: 'Not Applicable',
  Update_Registered_Selfie_On_File: 'Not Applicable',
  Selfie_To_Registered_Selfie_Compare: 'Not Applicable',
};

/** What the ID authority returns. */
const ID_FIELDS = {
  ...PERSON,
  Country: 'NG',
  IDType: 'BVN',
  PhoneNumber2: 'Not Available',
  ExpirationDate: 'Not Available',
  Photo: 'Not Available',
};

const FULL_DATA = {
  bvn: PERSON.IDNumber,
  firstName: PERSON.FirstName,
  lastName: PERSON.LastName,
  dateOfBirth: PERSON.DOB,
  watchListed: false,
  enrollment: { bank: 'Test Bank', branch: 'Testville', level: 2 },
};

const ID_CHECKED = { Verify_ID_Number: 'Verified', Return_Personal_Info: 'Returned' };

// Biometric KYC (job type 1): the ID half, then the selfie half.

function biometric(by: Fields, code: string, text: string, confidence: string, actions: Fields) {
  return {
    jobType: 1,
    fields: {
      ...by,
      ResultCode: code,
      ResultText: text,
      ConfidenceValue: confidence,
      Actions: { ...NO_ACTIONS, ...ID_CHECKED, Selfie_Provided: 'Passed', ...actions },
      ...ID_FIELDS,
      IDNumberPreviouslyRegistered: false,
      UserIDsOfPreviousRegistrants: [],
    },
  };
}

export const ID_FOUND: Decision = {
  jobType: 1,
  fields: {
    ...BY_REGISTER,
    IsFinalResult: 'false',
    ResultCode: '1012',
    ResultText: 'ID Number Validated',
    ConfidenceValue: '100',
    Actions: { ...NO_ACTIONS, ...ID_CHECKED },
    ...ID_FIELDS,
  },
};

export const BIOMETRIC_APPROVED: Decision = biometric(BY_MACHINE, '0810', 'Enroll User', '99', {
  Liveness_Check: 'Passed',
  Register_Selfie: 'Approved',
  Selfie_To_ID_Authority_Compare: 'Completed',
});

export const BIOMETRIC_UNDER_REVIEW: Decision = biometric(
  { ...BY_MACHINE, IsFinalResult: 'false' },
  '0814',
  'Provisional Enroll - Under Review',
  '74',
  {
    Liveness_Check: 'Under Review',
    Register_Selfie: 'Provisionally Approved',
    Selfie_To_ID_Authority_Compare: 'Provisionally Approved',
    Human_Review_Compare: 'Under Review',
    Human_Review_Liveness_Check: 'Under Review',
  },
);

export const BIOMETRIC_APPROVED_BY_HUMAN: Decision = biometric(
  BY_HUMAN,
  '1210',
  'Enroll User',
  '97.000000',
  {
    Liveness_Check: 'Passed',
    Register_Selfie: 'Approved',
    Selfie_To_ID_Authority_Compare: 'Completed',
    Human_Review_Compare: 'Passed',
    Human_Review_Liveness_Check: 'Passed',
  },
);

export const BIOMETRIC_SPOOF: Decision = biometric(
  BY_MACHINE,
  '0813',
  'Failed Enroll - Possible Spoof Detected',
  '0',
  {
    Liveness_Check: 'Failed',
    Register_Selfie: 'Rejected',
    Selfie_To_ID_Authority_Compare: 'Completed',
  },
);

export const BIOMETRIC_SPOOF_BY_HUMAN: Decision = biometric(
  BY_HUMAN,
  '1212',
  'Failed Enroll - Spoof Detected',
  '0',
  {
    Liveness_Check: 'Under Review',
    Register_Selfie: 'Rejected',
    Selfie_To_ID_Authority_Compare: 'Completed',
    Human_Review_Compare: 'Passed',
    Human_Review_Liveness_Check: 'Failed',
  },
);

export const BIOMETRIC_NO_MATCH: Decision = biometric(
  BY_MACHINE,
  '0811',
  'Failed Enroll - No Face Match',
  '3',
  {
    Liveness_Check: 'Passed',
    Register_Selfie: 'Rejected',
    Selfie_To_ID_Authority_Compare: 'Failed',
  },
);

/** The recorded response of 2022-10-27, sandbox; job_type is text there. */
export const FEATURE_NOT_ENABLED: Decision = {
  jobType: '1',
  fields: {
    ...BY_MACHINE,
    ResultType: 'SYSTEM',
    ResultCode: '1016',
    ResultText: 'Unable to validate ID - This feature is not enabled for your Smile ID account.',
    ConfidenceValue: '0',
    Actions: {
      ...NO_ACTIONS,
      Verify_ID_Number: 'Not Verified',
      Return_Personal_Info: 'Not Returned',
      Selfie_To_ID_Authority_Compare: 'ID Authority Photo Not Available',
    },
  },
};

/** On purpose a code that Smile ID does not have. */
export const UNKNOWN_CODE: Decision = biometric(BY_MACHINE, '0899', 'New Kind Of Result', '50', {
  Liveness_Check: 'Passed',
});

// SmartSelfie (job types 2 and 4)

export const SELFIE_AUTHENTICATED: Decision = {
  jobType: 2,
  fields: {
    ...BY_MACHINE,
    ResultCode: '0820',
    ResultText: 'Authenticated',
    ConfidenceValue: '98',
    Actions: {
      ...NO_ACTIONS,
      Liveness_Check: 'Passed',
      Selfie_Provided: 'Passed',
      Selfie_To_Registered_Selfie_Compare: 'Completed',
      Update_Registered_Selfie_On_File: 'Not Done',
    },
  },
};

export const SELFIE_REGISTERED: Decision = {
  jobType: 4,
  fields: {
    ...BY_MACHINE,
    ResultCode: '0840',
    ResultText: 'Enroll User',
    ConfidenceValue: '99',
    Actions: {
      ...NO_ACTIONS,
      Liveness_Check: 'Passed',
      Register_Selfie: 'Approved',
      Selfie_Provided: 'Passed',
    },
  },
};

// Document Verification (job types 6 and 11)

function document(code: string, text: string, actions: Fields, fields: Fields = {}) {
  return {
    jobType: 6,
    fields: {
      ...BY_MACHINE,
      ResultType: 'Document Verification',
      ResultCode: code,
      ResultText: text,
      Actions: {
        ...NO_ACTIONS,
        Selfie_Provided: 'Passed',
        Selfie_Check: 'Passed',
        Human_Review_Document_Check: 'Not Applicable',
        ...actions,
      },
      ...fields,
    },
  };
}

const DOCUMENT_FIELDS = {
  Country: 'NG',
  IDType: 'DRIVERS_LICENSE',
  IDNumber: PERSON.IDNumber,
  FullName: PERSON.FullName,
  DOB: PERSON.DOB,
  Gender: PERSON.Gender,
  Address: PERSON.Address,
  PhoneNumber: PERSON.PhoneNumber,
  IssuanceDate: '2020-01-01',
  ExpirationDate: '2040-01-01',
  Document: 'Not Available',
};

const DOCUMENT_PASSED = {
  Liveness_Check: 'Passed',
  Register_Selfie: 'Approved',
  Return_Personal_Info: 'Returned',
  Selfie_To_ID_Card_Compare: 'Completed',
  Document_Check: 'Passed',
  Verify_Document: 'Passed',
};

export const DOCUMENT_VERIFIED: Decision = document(
  '0810',
  'Document Verified',
  DOCUMENT_PASSED,
  DOCUMENT_FIELDS,
);

export const DOCUMENT_EXPIRED: Decision = document(
  '0817',
  'Approved with Attention - Document is Expired',
  DOCUMENT_PASSED,
  { ...DOCUMENT_FIELDS, ExpirationDate: '2024-01-01' },
);

export const DOCUMENT_PHOTOCOPIED: Decision = document(
  '0817',
  'Approved with Attention - Photocopied Document',
  DOCUMENT_PASSED,
  DOCUMENT_FIELDS,
);

/** The checks of such a job are not documented. */
export const DOCUMENT_SYSTEM_ERROR: Decision = document('0001', 'System Error', {});

export const DOCUMENT_REJECTED: Decision = document(
  '0811',
  'Unable to Verify Document',
  {
    Liveness_Check: 'Passed',
    Register_Selfie: 'Rejected',
    Return_Personal_Info: 'Returned',
    Selfie_To_ID_Card_Compare: 'Failed',
    Document_Check: 'Passed',
    Verify_Document: 'Failed',
  },
  DOCUMENT_FIELDS,
);

export const DOCUMENT_UNUSABLE: Decision = document(
  '0812',
  'Unable to verify document - unusable image',
  {
    Liveness_Check: 'Passed',
    Register_Selfie: 'Rejected',
    Return_Personal_Info: 'Not Returned',
    Selfie_To_ID_Card_Compare: 'Unable To Determine',
    Document_Check: 'Failed',
    Verify_Document: 'Failed',
  },
);

/** Enhanced Document Verification; such responses may lack IsFinalResult. */
export const ENHANCED_DOCUMENT_VERIFIED: Decision = {
  jobType: 11,
  fields: {
    ...DOCUMENT_VERIFIED.fields,
    IsFinalResult: undefined,
    Actions: {
      ...NO_ACTIONS,
      ...DOCUMENT_PASSED,
      Selfie_Provided: 'Passed',
      Verify_ID_Number: 'Verified',
      Selfie_To_ID_Authority_Compare: 'Completed',
    },
    Photo: 'Not Available',
    Secondary_ID_Number: 'Not Available',
    IDNumberPreviouslyRegistered: true,
    UserIDsOfPreviousRegistrants: ['another-user-of-yours'],
    FullData: FULL_DATA,
  },
};

export const WITH_BASE64_IMAGES: Decision = {
  jobType: 11,
  fields: {
    ...ENHANCED_DOCUMENT_VERIFIED.fields,
    Photo: base64Of('idPhoto'),
    Document: base64Of('cardFront'),
  },
};

export const WITH_UNSUPPORTED_IMAGE: Decision = {
  jobType: 11,
  fields: { ...ENHANCED_DOCUMENT_VERIFIED.fields, Photo: base64Of('gif') },
};

// Enhanced and Basic KYC (job type 5)

function kyc(code: string, text: string, actions: Fields, fields: Fields = {}) {
  return {
    jobType: 5,
    fields: { ...BY_REGISTER, ResultCode: code, ResultText: text, Actions: actions, ...fields },
  };
}

export const KYC_VALIDATED: Decision = kyc('1012', 'ID Number Validated', ID_CHECKED, {
  ConfidenceValue: '100',
  ...ID_FIELDS,
  IDStatus: 'Not Available',
  FullData: FULL_DATA,
});

/** Every ID field that is known, and full data of several levels with an image in it. */
export const KYC_ALL_FIELDS: Decision = kyc('1012', 'ID Number Validated', ID_CHECKED, {
  ConfidenceValue: '100',
  ...ID_FIELDS,
  ...MORE_OF_PERSON,
  Photo: base64Of('idPhoto'),
  FullData: {
    ...FULL_DATA,
    nextOfKin: {
      name: 'Bashir Testperson',
      relation: 'brother',
      residence: { town: 'Testville', address: { street: PERSON.Address, floor: null } },
    },
    photo: base64Of('idPhoto'),
  },
});

export const KYC_NOT_FOUND: Decision = kyc('1013', 'Unable to Validate ID', {
  Verify_ID_Number: 'Not Verified',
  Return_Personal_Info: 'Not Returned',
});

export const KYC_ISSUER_UNAVAILABLE: Decision = kyc(
  '1015',
  'Error - Queried Database Unavailable',
  { Verify_ID_Number: 'Issuer Unavailable', Return_Personal_Info: 'Not Returned' },
);

export const KYC_EXACT_MATCH: Decision = kyc('1020', 'Exact Match', {
  Verify_ID_Number: 'Verified',
  DOB: 'Exact Match',
  Gender: 'Exact Match',
  Phone_Number: 'Exact Match',
});

export const KYC_PARTIAL_MATCH: Decision = kyc('1021', 'Partial Match', {
  Verify_ID_Number: 'Verified',
  DOB: 'Transposed',
  Gender: 'Exact Match',
  Phone_Number: 'Not Provided',
});

// Business Verification (7) and AML (10), after the responses in the official Ruby SDK's specs

export const BUSINESS_VERIFIED: Decision = {
  jobType: 7,
  fields: {
    JSONVersion: '1.0.0',
    ResultType: 'Business Verification',
    ResultText: 'Business Verified',
    ResultCode: '1012',
    IsFinalResult: 'true',
    Actions: { Verify_Business: 'Verified', Return_Business_Info: 'Returned' },
    company_information: {
      company_type: 'PRIVATE_COMPANY_LIMITED_BY_SHARES',
      country: 'Nigeria',
      address: PERSON.Address,
      registration_number: '0000424',
      search_number: '0000424',
      authorized_shared_capital: '10000000',
      industry: 'Simulation',
      tax_id: 'N/A',
      registration_date: '2016-01-28T16:06:22.003+00:00',
      phone: PERSON.PhoneNumber,
      legal_name: 'TESTPERSON AND DAUGHTERS LIMITED',
      state: 'TESTVILLE',
      email: PERSON.Email,
      status: 'ACTIVE',
    },
    fiduciaries: [
      {
        name: 'Testperson Secretaries',
        fiduciary_type: 'SECRETARY_COMPANY',
        address: PERSON.Address,
        registration_number: '0000425',
        status: 'N/A',
      },
    ],
    beneficial_owners: [
      {
        shareholdings: '700000',
        address: PERSON.Address,
        gender: 'Female',
        nationality: 'Nigerian',
        registration_number: 'N/A',
        name: PERSON.FullName,
        shareholder_type: 'Individual',
        phone_number: PERSON.PhoneNumber,
      },
      {
        shareholdings: '300000',
        address: PERSON.Address,
        gender: 'Not Applicable',
        nationality: 'N/A',
        registration_number: '0000426',
        name: 'Testperson Holdings',
        shareholder_type: 'Corporate',
        phone_number: PERSON.PhoneNumber,
      },
    ],
    proprietors: [],
    documents: { search_certificate: '' },
    directors: [
      {
        shareholdings: '700000',
        id_number: PERSON.IDNumber,
        address: PERSON.Address,
        occupation: 'CEO',
        gender: 'FEMALE',
        nationality: 'Nigerian',
        date_of_birth: PERSON.DOB,
        name: PERSON.FullName,
        id_type: 'Passport',
        phone_number: PERSON.PhoneNumber,
      },
    ],
    success: true,
  },
};

/** That search_certificate is a link is known, its address is not: this one is the simulator's. */
export const PROPRIETOR_VERIFIED: Decision = {
  jobType: 7,
  fields: {
    ...BUSINESS_VERIFIED.fields,
    fiduciaries: [],
    beneficial_owners: [],
    directors: [],
    proprietors: [
      { name: PERSON.FullName, address: PERSON.Address, phone_number: PERSON.PhoneNumber },
    ],
    documents: { search_certificate: 'https://example.org/certificate.pdf?signature=simulated' },
  },
};

export const FOUND_ON_LIST: Decision = {
  jobType: 10,
  fields: {
    ResultCode: '1030',
    ResultText: 'Found on list',
    Actions: { Listed: 'Listed' },
    no_of_persons_found: 1,
    people: [
      {
        name: PERSON.FullName,
        aliases: ['A. S. Testperson'],
        dates_of_birth: [PERSON.DOB],
        nationalities: ['Nigerian'],
        addresses: [PERSON.Address],
        associations: [
          {
            association_type: 'PEP',
            name: 'Bashir Testperson',
            relationship: 'Bashir Testperson is an associate of Amina Testperson',
          },
        ],
        pep: {
          pep_level: 1,
          political_positions: [
            { country: 'Nigeria', from: '2020-01-05', position: 'Councillor', to: null },
          ],
          sources: [{ source_link: 'https://example.org/council', source_name: 'example.org' }],
        },
        sanctions: [
          {
            date_of_birth: PERSON.DOB,
            nationality: 'Nigerian',
            source_details: {
              listed_date: '2020-01-05',
              source_link: ['https://example.org/list'],
              source_name: 'A list of the simulator',
              source_type: 'Sanctions',
            },
          },
        ],
        adverse_media: [
          {
            date_published: '2021-09-24',
            publisher: 'The Simulated Times',
            source_link: 'https://example.org/article',
            title: 'Testperson simulated once too often',
          },
        ],
      },
    ],
  },
};

// Antifraud: shapes from the Java SDK (2.1.8) and, older, from the mobile SDKs. The reasons of the first are those that
// are documented for API v3; what the older one has is not documented, its reason is the simulator's.

export const SUSPECT_USERS: Decision = {
  jobType: 1,
  fields: {
    ...BIOMETRIC_APPROVED.fields,
    Antifraud: {
      summary: { fraud_sources: ['smile_secure'], fraud_detected: true },
      smile_secure: {
        ResultCode: '5211',
        ResultText: 'Suspect Users Found',
        SuspectUsers: [
          { user_id: 'another-user-of-yours', reasons: ['same-face', 'same-id-number'] },
          { user_id: 'a-third-user-of-yours', reasons: ['same-face'] },
        ],
      },
    },
  },
};

export const SUSPECT_USERS_OLD: Decision = {
  jobType: 1,
  fields: {
    ...BIOMETRIC_APPROVED.fields,
    Antifraud: {
      SuspectUsers: [{ user_id: 'another-user-of-yours', reason: 'A simulated reason' }],
    },
  },
};

/** SmileJobIDs are zero-padded text. The same job always has the same one. */
export function smileJobIdOf({ userId, jobId }: Pick<Stamp, 'userId' | 'jobId'>): string {
  let hash = 0;
  for (const letter of `${userId}\n${jobId}`) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 10_000_000;
  }
  return String(hash).padStart(10, '0');
}

/** A decision as the result of one job. */
export function resultOf({ jobType, fields }: Decision, stamp: Stamp): Fields {
  return {
    ...fields,
    SmileJobID: smileJobIdOf(stamp),
    PartnerParams: { user_id: stamp.userId, job_id: stamp.jobId, job_type: jobType },
    // Times inside results come without a zone (UTC is meant).
    timestamp: stamp.at.toISOString().replace('Z', ''),
  };
}
