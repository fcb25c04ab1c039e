import { STATUS_CODES } from 'node:http';
import { json, type SimulatedResponse } from './simulatedHttp';

/** An error of API v3: the name of the HTTP status, and a sentence (specs/v3/openapi.yaml, ApiErrorResponse). */
export function refuse(
  http: number,
  message: string,
  status = STATUS_CODES[http] ?? '',
): SimulatedResponse {
  return json(http, { status, message });
}

/** An error of the gateway in front of the API (the same, GatewayErrorResponse). */
function refuseAtGateway(http: number, status: string, message: string): SimulatedResponse {
  return json(http, { status, message, job_id: null, user_id: null });
}

export const UNAUTHORIZED = refuse(401, 'Invalid authentication credentials.');
export const UNAUTHORIZED_AT_GATEWAY = refuseAtGateway(
  401,
  'unauthorized',
  'Missing or invalid authentication credentials.',
);
export const FORBIDDEN = refuse(403, 'You are not authorized to do that.');
/** For a submission by a user that is not the one of the token. */
export const OTHER_USER = refuse(403, 'Token is not authorized for this user ID.');
export const NO_FORM = refuse(
  415,
  'Unsupported Media Type. Required Content-Type is multipart/form-data',
);
export const NOT_ENROLLED = refuse(404, 'No enrolled user found for this partner.');
/** What the sandbox says of a user that it does not know (recorded on 2026-08-18). It then has no job. */
export const UNKNOWN_IDENTITY = refuse(
  400,
  'In sandbox mode, requests must use a recognized test identity. Please check the documentation for valid test identities.',
);
/** What Smile ID says of a form that cannot be read is not documented; this is the simulator's sentence. */
export const MALFORMED_FORM = refuse(400, 'The multipart/form-data of the request is malformed.');
export const SERVER_ERROR = refuse(
  500,
  'An unexpected error occurred. Please try again or contact support.',
);
export const RATE_LIMITED = refuse(429, 'Rate limit exceeded. Please try again later.');

/** The gateway's limit (the specification says so of enhanced_kyc/sync only). */
export const MAX_GATEWAY_BYTES = 10 * 1024 * 1024;
export const TOO_LARGE_FOR_GATEWAY = refuseAtGateway(
  413,
  'payload_too_large',
  'Request payload too large. Maximum allowed size is 10 MB.',
);
/** The limit that Smile ID's documentation names for submissions. */
export const MAX_SUBMISSION_BYTES = 4.5 * 1024 * 1024;
export const TOO_LARGE = refuse(
  413,
  'The request payload exceeds the maximum allowed size of 4.5MB.',
);
/** The specification's sentence for AML, without a figure. */
export const TOO_LARGE_FOR_AML = refuse(413, 'Request payload is too large.', 'Content Too Large');
