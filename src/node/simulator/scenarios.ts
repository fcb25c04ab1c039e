import type { Scenario } from './simulator';

/**
 * The simulator's own credentials. No secret: they open nothing but the simulator. The leading zero is on
 * purpose, since it is part of what is signed and is lost if the ID is kept as a number.
 */
export const SIMULATOR_PARTNER_ID = '085';
export const SIMULATOR_API_KEY = 'local-simulator';

/**
 * The scenarios by job ID, without their responses: light enough for a prompt. What happens is in
 * scenarioBehaviors.ts, which does not compile unless it knows each of these. Any other job ID is like `approved`.
 */
export const scenarios = [
  { jobId: 'approved', title: 'Biometric KYC, approved by the machine' },
  { jobId: 'provisional-then-approved', title: 'Under review at first, then approved' },
  { jobId: 'provisional', title: 'Under human review, and stays so' },
  { jobId: 'rejected-spoof', title: 'Biometric KYC, rejected: possible spoof' },
  { jobId: 'rejected-spoof-human', title: 'Biometric KYC, rejected by a reviewer: spoof' },
  { jobId: 'rejected-face', title: 'Biometric KYC, rejected: the faces differ' },
  { jobId: 'rejected-document', title: 'Document Verification, rejected: not verified' },
  { jobId: 'unusable-document', title: 'Document Verification, rejected: unusable image' },
  { jobId: 'expired-document', title: 'Document Verification, approved although expired' },
  { jobId: 'photocopied-document', title: 'Document Verification, approved although a photocopy' },
  { jobId: 'document-system-error', title: 'Document Verification: system error (0001)' },
  { jobId: 'biometric-kyc', title: 'Biometric KYC with ID information, images and history' },
  { jobId: 'biometric-kyc-id-found', title: 'Biometric KYC: ID found, selfie pending' },
  { jobId: 'smartselfie-authentication', title: 'SmartSelfie Authentication, approved' },
  { jobId: 'smartselfie-registration', title: 'SmartSelfie Registration, approved' },
  { jobId: 'document-verification', title: 'Document Verification, approved' },
  {
    jobId: 'enhanced-document-verification',
    title: 'Enhanced Document Verification, approved, with all images',
  },
  { jobId: 'enhanced-kyc', title: 'Enhanced KYC: ID number validated, full data' },
  {
    jobId: 'enhanced-kyc-all-fields',
    title: 'Enhanced KYC with every ID field and nested full data',
  },
  { jobId: 'enhanced-kyc-not-found', title: 'Enhanced KYC: no record of the ID number' },
  { jobId: 'issuer-unavailable', title: 'Enhanced KYC: the database was not available' },
  { jobId: 'basic-kyc', title: 'Basic KYC: all fields match' },
  { jobId: 'basic-kyc-partial', title: 'Basic KYC: some fields match' },
  { jobId: 'business-verification', title: 'Business Verification with directors and owners' },
  {
    jobId: 'business-proprietor',
    title: 'Business Verification with a proprietor and a certificate',
  },
  { jobId: 'aml-check', title: 'AML check: found on a list' },
  { jobId: 'antifraud', title: 'Approved, but the face belongs to other users, too' },
  { jobId: 'antifraud-old', title: 'The same, in the older response format' },
  { jobId: 'pending-3', title: 'Pending for 3 requests, then approved (any number: pending-N)' },
  { jobId: 'no-zip', title: 'Pending: the result is the text "No zip uploaded yet"' },
  { jobId: 'no-result', title: 'Pending: the result is an empty object' },
  { jobId: 'feature-not-enabled', title: 'Error: the product is not enabled for the account' },
  { jobId: 'unknown-job', title: 'No such job (2304; its HTTP status is not documented)' },
  { jobId: 'unauthorized', title: 'Refused although the signature is right' },
  { jobId: 'server-error-twice', title: 'HTTP 502 twice, then approved' },
  { jobId: 'rate-limited', title: 'HTTP 429 once, then approved (real limits are not documented)' },
  { jobId: 'rate-limited-always', title: 'HTTP 429 every time, with Retry-After: 60' },
  { jobId: 'unavailable', title: 'HTTP 503 every time' },
  { jobId: 'slow', title: 'Approved after 3 seconds (any number: slow-N)' },
  { jobId: 'connection-lost', title: 'The connection ends without a response' },
  { jobId: 'malformed', title: 'JSON that is cut off' },
  { jobId: 'empty', title: 'HTTP 200 without a body' },
  { jobId: 'html', title: 'A web page of a gateway instead of JSON' },
  { jobId: 'redirect', title: 'A redirect to another address' },
  { jobId: 'tampered-signature', title: 'The signature of the response does not match' },
  { jobId: 'missing-signature', title: 'The response has no signature' },
  { jobId: 'image-link-expired', title: 'Image links that have expired' },
  { jobId: 'image-link-short', title: 'Image links that last 5 seconds' },
  { jobId: 'image-link-error', title: 'An error text in place of image links' },
  { jobId: 'base64-photo', title: 'Images inside the response, as base64' },
  { jobId: 'image-unsupported', title: 'Images as GIF, linked and inside the response' },
  { jobId: 'image-late', title: 'A selfie that takes 10 minutes to arrive' },
  { jobId: 'large-history', title: '200 history entries of many jobs' },
  { jobId: 'everything', title: 'Six images, personal details and 200 history entries' },
  { jobId: 'history-1000', title: '1,000 history entries (any number: history-N)' },
  { jobId: 'snake-case', title: 'Odd formats: snake_case, flags as text, codes as numbers' },
  { jobId: 'unknown-code', title: 'ResultCode 0899, which no catalogue has' },
] as const satisfies readonly Scenario[];

export type ScenarioId = (typeof scenarios)[number]['jobId'];
