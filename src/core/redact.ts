/**
 * The one place that decides what may leave memory. It works by an allow list: what is not known to be
 * harmless is replaced, so a field that Smile ID adds tomorrow is hidden and not leaked.
 */
export const REDACTED = '[redacted]';

const normal = (key: string): string => key.replace(/[_\s-]/g, '').toLowerCase();

/** Fields whose plain values say how a job went and nothing about the person. */
const HARMLESS = new Set(
  [
    ...['code', 'error', 'message', 'success', 'timestamp', 'job_complete', 'job_success'],
    ...['ResultCode', 'ResultText', 'ResultType', 'SmileJobID', 'JSONVersion', 'Source'],
    ...['IsFinalResult', 'IsMachineResult', 'ConfidenceValue', 'Country', 'IDType'],
    ...['partner_id', 'user_id', 'job_id', 'job_type', 'image_links', 'history', 'status'],
    ...['source_sdk', 'source_sdk_version', 'created_at', 'updated_at', 'completed_at'],
  ].map(normal),
);

/** Whether a field's plain value may leave memory, wherever in an answer it stands. */
export const isHarmless = (key: string): boolean => HARMLESS.has(normal(key));

/** Objects and lists that are looked into; any other is replaced as a whole. */
const CONTAINERS = new Set(
  ['result', 'history', 'PartnerParams', 'Actions', 'image_links', 'ImageLinks'].map(normal),
);

/** Whether an object or a list is one of an answer's own, and no free map of somebody else's. */
export const isContainer = (key: string): boolean => CONTAINERS.has(normal(key));

type Place = 'answer' | 'actions' | 'pictures';

function placeOf(key: string): Place {
  const name = normal(key);
  if (name === 'actions') return 'actions';
  return name === 'imagelinks' ? 'pictures' : 'answer';
}

/** Real answers are nested a few levels deep; deeper ones only mean to exhaust the stack. */
const DEEPEST = 20;

function redactField(key: string, value: unknown, place: Place, depth: number): unknown {
  if (value === null || value === '') return value;
  if (typeof value === 'object') {
    return isContainer(key) && depth < DEEPEST
      ? redactValue(value, placeOf(key), depth + 1)
      : REDACTED;
  }
  // Values of actions are short phrases ("Not Applicable"); anything else there is no such value.
  const harmless =
    place === 'actions'
      ? typeof value === 'string' && /^[A-Za-z][A-Za-z ]{0,40}$/.test(value)
      : isHarmless(key) ||
        (normal(key) === 'result' && typeof value === 'string' && value.length <= 120);
  if (!harmless) return REDACTED;
  // A long number, but Smile ID's own, by which its support finds the job.
  if (normal(key) === 'smilejobid' && typeof value === 'string' && /^\d{1,20}$/.test(value)) {
    return value;
  }
  return typeof value === 'string' ? redactText(value) : value;
}

function redactValue(value: unknown, place: Place, depth: number): unknown {
  if (Array.isArray(value)) {
    return value.map((entry: unknown) =>
      typeof entry === 'object' && entry !== null && depth < DEEPEST
        ? redactValue(entry, place, depth + 1)
        : REDACTED,
    );
  }
  if (typeof value !== 'object' || value === null) return REDACTED;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, redactField(key, field, place, depth)]),
  );
}

/** A copy of a job status answer without personal data, pictures, links and signatures. */
export function redact(answer: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answer).map(([key, field]) => [key, redactField(key, field, 'answer', 0)]),
  );
}

const LONGEST = 10_000;
/** What stands in elements of XML; the words of a web page (title, headings, paragraphs) stay. */
const XML_TEXT =
  /(<(?!\/|(?:html|head|title|body|center|h\d|p|hr|div|pre)\b)[A-Za-z][^<>]*>)[^<]+/gi;
const JSON_TOKEN = /"((?:[^"\\]|\\.)*)("|$)(\s*:)?|[{[]|[}\]]|-?\d[\w.+:-]*/gs;

/** Replaces values in JSON text by the same rules as redact(), also where the JSON is cut off or broken. */
function redactJsonText(text: string): string {
  /** For each object or list that is open: whether it is one that is looked into. */
  const open: boolean[] = [];
  let key: string | null = null;
  let valueAt = 0;
  return text.replace(
    JSON_TOKEN,
    (token: string, content: string | undefined, quote: string, colon: string, at: number) => {
      const inside = open.at(-1) ?? true;
      const field = key !== null && text.slice(valueAt, at).trim() === '' ? key : null;
      key = null;
      if (token === '{' || token === '[') {
        open.push(inside && (field === null || isContainer(field)));
        return token;
      }
      if (token === '}' || token === ']') {
        open.pop();
        return token;
      }
      if (content !== undefined && colon) {
        key = content;
        valueAt = at + token.length;
        return token;
      }
      if (inside && field !== null && isHarmless(field)) return token;
      return content === undefined ? REDACTED : `"${REDACTED}${quote}`;
    },
  );
}

/**
 * A text without what may be personal or secret in it: values of JSON fields that are not known to be
 * harmless (also in JSON that is cut off or not quite JSON), queries of addresses, e-mail addresses,
 * long runs of digits and of base64.
 */
export function redactText(text: string): string {
  // Whoever shows so much of a text shows too much: and what is not read cannot leak.
  if (text.length > LONGEST) return `${redactText(text.slice(0, LONGEST))}${REDACTED}`;
  const looksLikeJson = /"[^"]{0,200}"?\s{0,20}:|^\s*[[{]/.test(text);
  return (looksLikeJson ? redactJsonText(text) : text)
    .replace(/(:\s{0,9})'[^']*'?/g, `$1'${REDACTED}'`)
    .replace(XML_TEXT, `$1${REDACTED}`)
    .replace(/\?[^\s"'<>]+/g, `?${REDACTED}`)
    .replace(/[^\s"'<>@]{1,64}@[^\s"'<>@.]{1,64}\.[^\s"'<>@]{1,64}/g, REDACTED)
    .replace(/[A-Za-z0-9+/=_-]{40,}/g, REDACTED)
    .replace(/\d{7,}(?![\d-]*T)/g, REDACTED);
}
