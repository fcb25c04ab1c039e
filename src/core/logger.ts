import { REDACTED, redactText, requestIdIn } from './redact';

/** The log of the core. */
export interface Logger {
  info(line: LogLine): void;
  warn(line: LogLine): void;
  /** An unexpected exception, which is not for the user. */
  error(error: unknown): void;
}

/** One line of the log. Only `line` can make it, which redacts everything that is not written in our own source. */
export class LogLine {
  private constructor(readonly text: string) {}

  /**
   * Tag of a template literal: its words are ours and stay, its values are shown only as far as they may leave
   * memory.
   */
  static readonly of = (words: TemplateStringsArray, ...values: readonly unknown[]): LogLine =>
    new LogLine(words.map((part, at) => (at === 0 ? part : shown(values[at - 1]) + part)).join(''));
}

export const line = LogLine.of;

/** Result codes; and names of records and profiles, which are digests and UUIDs of ours. */
const CODE_OR_KEY = /^(?:\d{4}|[\da-f]{32})$/;
/** Codes of errors of the system and of Node: ENOSPC, ERR_STREAM_PREMATURE_CLOSE. */
const ERROR_CODE = /^(?:E[A-Z\d]{2,15}|(?:ERR|HPE|CERT|UNABLE)_[A-Z_]{2,40})$/;

function shown(value: unknown): string {
  if (value instanceof LogLine) return value.text;
  if (value instanceof Error) return errorText(value);
  if (value === null || value === undefined) return 'none';
  // Longer numbers may be phone or ID numbers.
  if (typeof value === 'number') return Math.abs(value) < 1e7 ? String(value) : REDACTED;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return REDACTED;
  const known = CODE_OR_KEY.test(value) || ERROR_CODE.test(value);
  return known ? value : (requestIdIn(value) ?? redactText(value));
}

/** A line of a stack: the function, and its position. */
const FRAME = /^\s+at (?:async )?(?:([\w$.<>]+) .*\()?(?:.*[/\\])?([\w.-]+(?::\d{1,6}){1,2})\)?$/;
const MOST_FRAMES = 20;

/**
 * Class, code, known words of the message, and the stack. Messages of other code quote their input (that of
 * JSON.parse its text); folders contain the name of the user.
 */
function errorText(error: Error): string {
  const { name, message, stack = '' } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const head = String(error);
  // A message can look like a stack: only what follows it is one.
  const trace = stack.startsWith(`${head}\n`) ? stack.slice(head.length + 1).split('\n') : [];
  const frames = trace.slice(0, MOST_FRAMES).flatMap((each) => {
    const [, called, place] = FRAME.exec(each.slice(0, 500)) ?? [];
    return place === undefined ? [] : [`\n    at ${[called, place].filter(Boolean).join(' ')}`];
  });
  return [
    ERROR_NAMES.has(name) ? name : 'Error',
    code === null ? '' : ` ${shown(code)}`,
    message === '' ? '' : `: ${redactText(message)}`,
    ...frames,
  ].join('');
}

const ERROR_NAMES: ReadonlySet<string> = new Set(
  [Error, TypeError, RangeError, SyntaxError, ReferenceError, URIError].map(({ name }) => name),
)
  .add('AbortError')
  .add('TimeoutError');
