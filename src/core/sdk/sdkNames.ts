import jobTypeData from '../catalogue/jobTypes.json';
import type { Certainty } from '../catalogue/types';
import type { SdkLanguage } from './sdkLanguage';

/** What the SDK of one language does differently. All of it was read in that SDK's source. */
export interface SdkVariant {
  /** In place of the entry's names. */
  readonly names?: readonly string[];
  /** How it is called: class, name, parameters. Several where two classes have it. */
  readonly calls?: readonly string[];
  readonly what?: string;
  readonly trap?: string;
}

/** A name of the official server SDKs, or of what they send and get. */
export interface SdkName {
  readonly names: readonly string[];
  readonly kind: 'call' | 'class' | 'option' | 'constant' | 'field';
  /** Whether others use the name, too: it then counts only in a file that uses an SDK. */
  readonly isGeneric: boolean;
  readonly what: string;
  readonly trap: string | null;
  /** What API v3 has in its place, where the specification of v3 says so. */
  readonly v3?: string;
  /** Where the entry's own texts are from: SDK_SOURCES of the language, or a page of the documentation. */
  readonly source: 'SDK' | `docs.usesmileid.com: ${string}`;
  readonly certainty: Certainty;
  /** The languages that have it. */
  readonly variants: Readonly<Partial<Record<SdkLanguage, SdkVariant>>>;
}

/** The revisions that were read: repository, commit, version. */
export const SDK_SOURCES: Readonly<Record<SdkLanguage, string>> = {
  javascript: 'smileidentity/smile-identity-core-js aef10c7 (3.2.1)',
  python: 'smileidentity/smile-identity-core-python e61c831 (3.0.1)',
  ruby: 'smileidentity/smile-identity-core-ruby 10ebe53 (2.3.1)',
  php: 'smileidentity/smile-identity-core-php 4a8e687 (4.0.3)',
  java: 'smileidentity/smile-identity-core-java adff4f2 (2.1.8)',
};

type Facts = Omit<SdkName, 'source' | 'certainty'>;
const seen = (facts: Facts): SdkName => ({
  ...facts,
  source: 'SDK',
  certainty: 'seen in SDK code',
});
const documented = (page: string, facts: Facts): SdkName => ({
  ...facts,
  source: `docs.usesmileid.com: ${page}`,
  certainty: 'documented',
});
const ALL = { javascript: {}, python: {}, ruby: {}, php: {}, java: {} };

const CALLS: readonly SdkName[] = [
  documented('job status', {
    names: ['get_job_status'],
    kind: 'call',
    isGeneric: true,
    what: 'Requests the status of a job from Smile ID. Needs both the user ID and the job ID.',
    trap: null,
    v3: 'GET /v3/status with the job ID alone. The response has the status, but no result, images or history.',
    variants: {
      javascript: {
        calls: [
          'Utilities.get_job_status(userId, jobId, options = { return_history: false, return_images: false })',
          'WebApi.get_job_status(partner_params, options)',
        ],
        trap: 'An error response rejects with an AxiosError: its code and error are in error.response.data. A response without a signature ends in a TypeError.',
      },
      python: {
        calls: ['Utilities.get_job_status(partner_params, option_params, signature=None)'],
        trap: 'job_type has to be given as an int. Any status but 200 raises ServerError with URL, status and body; a 200 without a signature raises KeyError.',
      },
      ruby: {
        calls: ['Utilities#get_job_status(user_id, job_id, opts)'],
        trap: 'Does not look at the HTTP status: every error, 2205 and 2212 too, turns into "Unable to confirm validity of the job_status response".',
      },
      php: {
        calls: ['SmileIdentityCore->get_job_status($params, $opts)'],
        trap: 'Both return_history and return_image_links have to be present, else there are notices of an undefined index. Errors are Guzzle exceptions.',
      },
      java: {
        names: ['getJobStatus'],
        calls: ['Utilities.getJobStatus(userId, jobId, Options)'],
        trap: 'Does not verify the signature of the response. Errors are a JobFailed with error and code; a timestamp without a time zone cannot be read.',
      },
    },
  }),
  seen({
    names: ['pollJobStatus'],
    kind: 'call',
    isGeneric: true,
    what: 'Requests the job status again and again, until the job is complete or the tries run out.',
    trap: null,
    v3: 'GET /v3/status with the job ID alone. The response has the status, but no result, images or history.',
    variants: {
      javascript: {
        calls: [
          'IDApi.pollJobStatus(partner_params, maxRetries = 4, timeout = 5000, return_history = false, return_images = false)',
        ],
        trap: 'Signs once and sends the same signature each time, tries again after a 4xx too, does not verify the response, and resolves with an unfinished job when the tries run out.',
      },
      java: {
        calls: ['pollJobStatus(userId, jobId, opts, retryCount = 3, initialDelay = 2000)'],
        trap: 'Sends the same request with the same signature each time, after delays that grow exponentially. The response is not verified.',
      },
    },
  }),
  seen({
    names: ['submit_job'],
    kind: 'call',
    isGeneric: true,
    what: 'Sends a job to Smile ID.',
    trap: null,
    v3: 'one multipart POST for each product, such as /v3/document_verification, in place of the upload of a zip.',
    variants: {
      javascript: {
        calls: [
          'WebApi.submit_job(partner_params, image_details, id_info, options = {})',
          'IDApi.submit_job(partner_params, id_info)',
        ],
        trap: 'WebApi hands job types 5 and 7 to IDApi, and image_details and options are then ignored. IDApi refuses all other types.',
      },
      python: {
        trap: 'WebApi signs once, in its constructor: an object that lives long sends stale signatures.',
      },
    },
  }),
  seen({
    names: ['submitAsyncjob'],
    kind: 'call',
    isGeneric: false,
    what: 'Sends a job of type 5 or 7 whose result goes to the callback URL.',
    trap: 'An empty callbackUrl is not refused: the request then goes out without callback_url.',
    v3: 'POST /v3/enhanced_kyc, for Enhanced KYC.',
    variants: {
      javascript: { calls: ['IDApi.submitAsyncjob(partner_params, id_info, callbackUrl)'] },
    },
  }),
  seen({
    names: ['get_web_token'],
    kind: 'call',
    isGeneric: true,
    what: 'Gets a token for the hosted web integration.',
    trap: 'Needs user_id, job_id and product, and a callback URL, here or as the default one of WebApi.',
    variants: {
      javascript: {
        calls: ['WebApi.get_web_token({ user_id, job_id, product, callback_url })'],
      },
    },
  }),
  documented('signature', {
    names: ['generate_signature'],
    kind: 'call',
    isGeneric: true,
    what: 'Signs timestamp, partner ID and "sid_request" with the API key: HMAC-SHA256, in base64.',
    trap: 'Send exactly the text of the timestamp that was signed.',
    v3: 'POST /v3/token, and the token in the header SmileID-Token of each request.',
    variants: {
      javascript: {
        calls: ['Signature.generate_signature(timestamp = new Date().toISOString())'],
        trap: 'A timestamp given as a number is signed as ISO text but returned as the number: what is sent is then not what was signed (2205).',
      },
      python: {
        trap: 'This SDK signs ISO text with microseconds and +00:00. A local time without a zone was refused as unauthorized.',
      },
      ruby: { trap: 'This SDK signs Time.now.to_s for job status, which is not ISO 8601.' },
      php: { trap: 'This SDK signs the ATOM form: whole seconds with an offset.' },
    },
  }),
  documented('signature', {
    names: ['confirm_signature'],
    kind: 'call',
    isGeneric: true,
    what: 'Checks the signature of a response or a callback against its timestamp.',
    trap: 'Pass the timestamp as it came, not formatted again. A good signature does not vouch for the body: only timestamp and partner ID are signed.',
    v3: 'the headers Response-Signature and Response-Timestamp of webhooks and synchronous responses. Responses with a status are not signed.',
    variants: {
      javascript: {
        calls: ['Signature.confirm_signature(timestamp, signature)'],
        trap: 'A missing signature throws a TypeError, and a timestamp that is no date a RangeError. A good signature does not vouch for the body.',
      },
      python: {},
      ruby: {},
      php: {},
    },
  }),
];

const CLASSES: readonly SdkName[] = [
  seen({
    names: ['WebApi'],
    kind: 'class',
    isGeneric: true,
    what: 'Submits jobs with images.',
    trap: null,
    variants: {
      javascript: {
        calls: ['new WebApi(partner_id, default_callback, api_key, sid_server)'],
        what: 'Submits jobs, requests their status, and gets tokens for the web integration.',
        trap: 'The callback comes before the API key here; Utilities and IDApi have no callback.',
      },
      python: {
        what: 'Submits jobs, and waits for their status if requested.',
        trap: 'Signs once, in the constructor: an object that lives long sends stale signatures.',
      },
    },
  }),
  seen({
    names: ['IDApi'],
    kind: 'class',
    isGeneric: true,
    what: 'Sends jobs without images: Enhanced KYC, Basic KYC and Business Verification.',
    trap: 'Takes job types 5 and 7 only.',
    variants: { javascript: { calls: ['new IDApi(partner_id, api_key, sid_server)'] } },
  }),
  seen({
    names: ['Utilities'],
    kind: 'class',
    isGeneric: true,
    what: 'Requests the status of jobs and checks the signature of the response.',
    trap: null,
    variants: {
      javascript: { calls: ['new Utilities(partner_id, api_key, sid_server)'] },
      python: {},
      ruby: { trap: 'Reports every error as a signature that cannot be confirmed.' },
      java: {
        what: 'Requests the status of jobs.',
        trap: 'Does not verify the signature of the response.',
      },
    },
  }),
  seen({
    names: ['Signature'],
    kind: 'class',
    isGeneric: true,
    what: 'Makes signatures for requests and checks those of responses and callbacks.',
    trap: 'Partner ID as the portal shows it: leading zeros are part of what is signed.',
    variants: { javascript: { calls: ['new Signature(partnerID, apiKey)'] } },
  }),
  seen({
    names: ['SmileIdentityCore'],
    kind: 'class',
    isGeneric: false,
    what: 'The client of this SDK.',
    trap: 'A server of one character other than 0 or 1 ends in "Invalid server selected".',
    variants: { php: {} },
  }),
];

/** PHP warns of options that are missing. */
const BOTH_KEYS =
  'Both return_history and return_image_links have to be present, else there are notices of an undefined index.';
const SWAPPED_IN_RUBY = 'versions 2.x before 2.1.1 had 2 and 4 swapped.';
const SWAPPED_IN_JAVA = 'versions up to mid-2023 had 2 and 4 swapped.';
const NULL_KEY = 'An option that is left out is sent as null.';

const OPTIONS: readonly SdkName[] = [
  seen({
    names: ['return_images'],
    kind: 'option',
    isGeneric: false,
    what: "Requests links to the job's images; sent as image_links.",
    trap: null,
    v3: 'nothing. The response with the status has no images.',
    variants: {
      javascript: {
        trap: 'This is the name that is read, not return_image_links. Options that you pass replace both defaults: one that is left out is undefined.',
      },
      python: { trap: `This is the name that is read, not return_image_links. ${NULL_KEY}` },
      ruby: {
        what: "The JavaScript and Python SDKs' name for links to the images.",
        trap: 'This SDK reads return_image_links: return_images gives no images, and no warning.',
      },
      php: {
        what: "The JavaScript and Python SDKs' name for links to the images.",
        trap: 'This SDK reads return_image_links, which has to be present: return_images gives no images.',
      },
    },
  }),
  seen({
    names: ['return_image_links'],
    kind: 'option',
    isGeneric: false,
    what: "Requests links to the job's images; sent as image_links.",
    trap: null,
    v3: 'nothing. The response with the status has no images.',
    variants: {
      javascript: {
        what: "The documentation's name for links to the images; here it does nothing.",
        trap: 'This SDK reads return_images and silently ignores return_image_links, although its types allow it: no images, no warning.',
      },
      python: {
        what: "Ruby's and PHP's name for links to the images; here it does nothing.",
        trap: 'This SDK reads return_images and silently ignores return_image_links: no images, no warning.',
      },
      ruby: { trap: 'This is the name that is read; return_images gives no images.' },
      php: { trap: BOTH_KEYS },
      java: { names: ['isReturnImageLinks'] },
    },
  }),
  documented('job status', {
    names: ['return_history'],
    kind: 'option',
    isGeneric: false,
    what: 'Requests earlier results, too; sent as history.',
    trap: "The history contains all jobs of the user: pick this one's by PartnerParams.job_id.",
    v3: 'nothing. The response with the status has no history.',
    variants: { javascript: {}, python: {}, ruby: {}, php: { trap: BOTH_KEYS } },
  }),
  seen({
    names: ['return_job_status'],
    kind: 'option',
    isGeneric: false,
    what: 'Lets the SDK wait for the result after the upload, by polling job_status.',
    trap: null,
    v3: 'nothing. Wait for the webhook, or request GET /v3/status.',
    variants: {
      javascript: {
        what: 'Lets submit_job wait for the result: 2 s between the first tries, then 4 s.',
        trap: 'A request that fails is tried again without end, so a wrong API key never comes back. An unfinished job times out after more than 21 tries.',
      },
      python: {
        what: 'Lets the SDK wait for the result: up to 20 tries, after 2 s and later 4 s.',
        trap: `All tries send the same signature. ${NULL_KEY}`,
      },
      ruby: { what: 'Lets the SDK wait for the result: 20 tries, after 2 s and later 6 s.' },
      php: {
        what: 'Lets the SDK wait for the result: 20 tries, 2 s apart.',
        trap: 'When the tries run out, the last response is returned, finished or not.',
      },
    },
  }),
  seen({
    names: ['use_enrolled_image'],
    kind: 'option',
    isGeneric: false,
    what: 'Uses a selfie that was uploaded before.',
    trap: null,
    v3: 'use_enrolled_image, for /v3/authentication only.',
    variants: {
      javascript: {
        trap: 'Only job types 6 and 11 may then come without a selfie; the others are still refused without one.',
      },
      python: { trap: NULL_KEY },
    },
  }),
  documented('callbacks', {
    names: ['optional_callback'],
    kind: 'option',
    isGeneric: false,
    what: 'A callback URL for this job, in place of the default one.',
    trap: 'A job may send several callbacks: human review and Smile Secure send further ones.',
    v3: 'callback_url, with https.',
    variants: {
      ...ALL,
      javascript: {
        trap: 'Without this and a default callback, return_job_status has to be true, else submit_job refuses the job.',
      },
    },
  }),
  seen({
    names: ['sid_server'],
    kind: 'option',
    isGeneric: false,
    what: 'The server: 0 is the sandbox, 1 is production, anything else a base URL.',
    trap: 'Each environment has its own API key; the key of the other one is refused (2204, 2205, 2405).',
    variants: {
      javascript: {
        trap: 'A URL is always called over https, whatever its scheme. Up to 3.1 it had to be host and /v1, without a scheme.',
      },
      python: {},
      ruby: {},
      php: {
        trap: 'A value of one character other than 0 or 1 ends in "Invalid server selected".',
      },
      java: {
        names: ['sid_server', 'sidServer'],
        trap: 'A URL has to be the bare host: the SDK adds v1/ itself.',
      },
    },
  }),
  documented('job status', {
    names: ['partner_params'],
    kind: 'option',
    isGeneric: false,
    what: "Your user_id, job_id and job_type. Further keys come back in the result's PartnerParams.",
    trap: null,
    v3: 'partner_params with texts as values; user_id is a field of its own, and the path names the product.',
    variants: {
      javascript: {
        trap: 'submit_job and pollJobStatus refuse it without user_id, job_id or job_type, also where one of them is 0 or empty.',
      },
      python: { trap: 'user_id and job_id have to be str, and job_type an int.' },
      ruby: {},
      php: {},
    },
  }),
  documented('job status', {
    names: ['job_type'],
    kind: 'option',
    isGeneric: true,
    what: 'The number of the product.',
    trap: '5 is both Enhanced KYC and Basic KYC. In responses it is a number or numeric text.',
    v3: 'the path of the request, which names the product.',
    variants: {
      javascript: {},
      python: {
        trap: 'Has to be an int. Left out, it becomes the text "1", which is refused with "Please ensure job_type is a number".',
      },
      ruby: { trap: `JobType: ${SWAPPED_IN_RUBY}` },
      php: {},
      java: { trap: `JobType: ${SWAPPED_IN_JAVA}` },
    },
  }),
  documented('signature', {
    names: ['sec_key'],
    kind: 'option',
    isGeneric: false,
    what: 'The older proof of the API key: a hash of partner ID and timestamp, encrypted with RSA.',
    trap: 'Gone from all SDKs since 2022: send signature instead.',
    v3: 'POST /v3/token, and the token in the header SmileID-Token of each request.',
    variants: {
      javascript: {
        trap: 'Removed in 2.0.0: send signature instead. Versions 1.x used it unless signature was true.',
      },
      python: { trap: 'Removed in 2.0.0: send signature instead.' },
      ruby: { trap: 'Removed in 2.0.0: send signature instead.' },
      php: { trap: 'Removed in 4.0.0: send signature instead.' },
      java: {},
    },
  }),
  seen({
    names: ['image_type_id'],
    kind: 'option',
    isGeneric: false,
    what: 'What an image shows, and whether it is a file or base64.',
    trap: 'Has to be a number: text is not recognized as a selfie or an ID card.',
    v3: 'nothing. Each image is a part of the form with a name, such as selfie_image.',
    variants: { javascript: {} },
  }),
];

const FIELDS: readonly SdkName[] = [
  documented('signature', {
    names: ['signature'],
    kind: 'field',
    isGeneric: true,
    what: 'HMAC-SHA256 of timestamp, partner ID and "sid_request" with the API key, in base64.',
    trap: 'It does not cover the body, so a good one can be replayed with another body. Error responses carry none.',
    v3: 'the headers Response-Signature and Response-Timestamp of webhooks and synchronous responses; requests carry a token.',
    variants: {
      ...ALL,
      javascript: {
        trap: 'As an option, signature: true is a leftover of 1.x that is not read. As a field it does not cover the body, and error responses carry none.',
      },
      java: { trap: 'This SDK does not verify it in responses. It does not cover the body.' },
    },
  }),
  documented('job status', {
    names: ['job_complete'],
    kind: 'field',
    isGeneric: false,
    what: 'Whether the job was processed.',
    trap: 'A provisional result is complete, too: after human review, another one follows under the same job ID.',
    v3: 'the HTTP status: 202 while the job is processing, 200 when it is finished, 404 for an unknown job.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['job_success'],
    kind: 'field',
    isGeneric: false,
    what: 'Whether the job as a whole succeeded.',
    trap: 'It does not replace the verdict: go by the ResultCode, read for its product.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['image_links'],
    kind: 'field',
    isGeneric: false,
    what: 'Links to images by name, such as selfie_image and id_card_image. In a request: whether to include them.',
    trap: 'The links are signed and expire: fetch them soon, and do not store or log them. It may be missing, empty, or contain only error.',
    v3: 'nothing in the response with the status.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['history'],
    kind: 'field',
    isGeneric: true,
    what: 'Earlier results. In a request: whether to include them.',
    trap: "It contains all jobs of the user, and several entries per job: pick this one's by PartnerParams.job_id.",
    v3: 'nothing in the response with the status.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['kyc_receipt'],
    kind: 'field',
    isGeneric: false,
    what: 'A link to a PDF about the job. It may be empty.',
    trap: 'Signature and timestamp are in its query: treat it as a secret and keep it out of logs.',
    v3: 'kyc_receipt in the webhook; null for an error.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['SmileJobID'],
    kind: 'field',
    isGeneric: false,
    what: "Smile ID's own number of the job, as text padded with zeros.",
    trap: 'Read as a number it loses its zeros. A job cannot be looked up by it: that takes user ID and job ID.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['ResultCode'],
    kind: 'field',
    isGeneric: true,
    what: 'The verdict, as four digits of text.',
    trap: 'One code can mean different things for different products, and a number loses the leading zero.',
    v3: 'status, and in the webhook reason.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['IsFinalResult'],
    kind: 'field',
    isGeneric: false,
    what: 'Whether the result is final: "true" or "false", as text.',
    trap: 'The text "false" counts as true in many languages: compare it. It can be missing.',
    variants: ALL,
  }),
  documented('job status', {
    names: ['ConfidenceValue'],
    kind: 'field',
    isGeneric: false,
    what: 'The confidence, as text or a number, or missing.',
    trap: 'Deprecated by Smile ID: use ResultCode. Seen as "0", "99" and "97.000000": read it as a number before comparing.',
    variants: ALL,
  }),
];

const SHARES_FIVE =
  'Enhanced KYC and Basic KYC share 5: codes 101x are of the first, 102x of the second.';

/** Name, number, product, whether it needs images, languages that have it, trap. */
const JOB_TYPES: readonly (readonly [
  name: string,
  value: number,
  product: string,
  images: boolean,
  languages: readonly SdkLanguage[],
  trap?: string,
])[] = [
  [
    'BIOMETRIC_KYC',
    1,
    'Biometric KYC',
    true,
    ['javascript', 'ruby', 'java'],
    'The result comes in two parts: ID information (101x) and the selfie verdict (081x or 121x).',
  ],
  [
    'SMART_SELFIE_AUTHENTICATION',
    2,
    'SmartSelfie Authentication',
    true,
    ['javascript', 'ruby', 'java'],
  ],
  [
    'SMART_SELFIE_REGISTRATION',
    4,
    'SmartSelfie Registration',
    true,
    ['javascript', 'ruby', 'java'],
  ],
  ['ENHANCED_KYC', 5, 'Enhanced KYC', false, ['javascript', 'ruby', 'java'], SHARES_FIVE],
  ['BASIC_KYC', 5, 'Basic KYC', false, ['javascript', 'ruby', 'java'], SHARES_FIVE],
  ['DOCUMENT_VERIFICATION', 6, 'Document Verification', true, ['javascript', 'ruby', 'java']],
  ['BUSINESS_VERIFICATION', 7, 'Business Verification', false, ['javascript', 'ruby', 'java']],
  ['UPDATE_PHOTO', 8, 'Update Photo', true, ['javascript', 'ruby']],
  ['COMPARE_USER_INFO', 9, 'Compare User Info', true, ['javascript', 'ruby']],
  ['AML', 10, 'AML Check', false, ['ruby']],
  [
    'ENHANCED_DOCUMENT_VERIFICATION',
    11,
    'Enhanced Document Verification',
    true,
    ['javascript', 'ruby'],
  ],
  ['ADDRESS_VERIFICATION', 12, 'Address Verification', false, ['ruby']],
];

/** Where API v3 takes the jobs of a product. */
function endpointsOf(label: string): Pick<Facts, 'v3'> {
  const { endpoints } = jobTypeData.products.find((product) => product.label === label) ?? {};
  return endpoints === undefined ? {} : { v3: `POST ${endpoints.replace(' ', ', ')}.` };
}

const PATH_AS_IMAGE =
  'This SDK reads files for types 0 and 1 alone: here the path itself is sent in place of the image.';
/** By number. */
const IMAGE_TYPES: readonly (readonly [name: string, shows: string, trap?: string])[] = [
  ['SELFIE_IMAGE_FILE', 'a selfie, as a file'],
  ['ID_CARD_IMAGE_FILE', 'the front of an ID card, as a file'],
  ['SELFIE_IMAGE_BASE64', 'a selfie, in base64'],
  ['ID_CARD_IMAGE_BASE64', 'the front of an ID card, in base64'],
  ['LIVENESS_IMAGE_FILE', 'a liveness frame, as a file', PATH_AS_IMAGE],
  ['ID_CARD_BACK_IMAGE_FILE', 'the back of an ID card, as a file', PATH_AS_IMAGE],
  ['LIVENESS_IMAGE_BASE64', 'a liveness frame, in base64'],
  ['ID_CARD_BACK_IMAGE_BASE64', 'the back of an ID card, in base64'],
];

const CONSTANTS: readonly SdkName[] = [
  seen({
    names: ['JobType'],
    kind: 'constant',
    isGeneric: true,
    what: 'The job types by name.',
    trap: null,
    variants: {
      javascript: {
        names: ['JOB_TYPE'],
        trap: 'BASIC_KYC and ENHANCED_KYC are both 5. There is no 3, 10 or 12.',
      },
      ruby: { trap: `In this SDK, ${SWAPPED_IN_RUBY}` },
      java: {
        trap: `Lacks 8 and above: fromValue(11) is null. Also, ${SWAPPED_IN_JAVA}`,
      },
    },
  }),
  ...JOB_TYPES.map(([name, value, product, images, languages, trap = null]) => {
    const swapped = value === 2 || value === 4;
    const variants: Record<SdkLanguage, SdkVariant> = {
      ...ALL,
      javascript: { calls: [`JOB_TYPE.${name} = ${value}`] },
      ruby: {
        calls: [`SmileIdentityCore::JobType::${name}`],
        ...(swapped && { trap: `In this SDK, ${SWAPPED_IN_RUBY}` }),
      },
      java: {
        calls: [`JobType.${name}`],
        ...(swapped && { trap: `In this SDK, ${SWAPPED_IN_JAVA}` }),
      },
    };
    return seen({
      names: [name],
      kind: 'constant',
      isGeneric: true,
      what: `Job type ${value}, ${product}: with${images ? '' : 'out'} images.`,
      trap,
      ...endpointsOf(product),
      variants: Object.fromEntries(languages.map((language) => [language, variants[language]])),
    });
  }),
  seen({
    names: ['IMAGE_TYPE'],
    kind: 'constant',
    isGeneric: true,
    what: 'What an image shows, and whether it is a file or base64: for image_type_id.',
    trap: null,
    variants: { javascript: {} },
  }),
  ...IMAGE_TYPES.map(([name, shows, trap = null], value) =>
    seen({
      names: [name],
      kind: 'constant',
      isGeneric: true,
      what: `Image type ${value}: ${shows}.`,
      trap,
      variants: { javascript: { calls: [`IMAGE_TYPE.${name} = ${value}`] } },
    }),
  ),
];

/** All that is known. Sources: SDK_SOURCES and the documentation; see each entry. */
export const SDK_NAMES: readonly SdkName[] = [
  ...CALLS,
  ...CLASSES,
  ...OPTIONS,
  ...FIELDS,
  ...CONSTANTS,
];
