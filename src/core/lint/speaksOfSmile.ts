const SMILE = /smile|sid_?server|sid_request|job_?(?:success|complete)|partner_?params|kyc/i;
const ANSWER = /ResultCode|result_code|RESULT_CODE|job_status/;

/** Whether a word of Smile ID is in a file or its path, and not only one that others use, too. */
export const isForSmile = (text: string, path: string): boolean =>
  SMILE.test(text) || SMILE.test(path);

/** Whether the rules look at a file at all: the cheap question before anything else is loaded or read. */
export const speaksOfSmile = (text: string, path: string): boolean =>
  isForSmile(text, path) || ANSWER.test(text);
