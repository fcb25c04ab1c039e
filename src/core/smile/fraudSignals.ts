import * as z from 'zod/mini';
import { explain } from '../catalogue/catalogue';

/** What the antifraud part of a result found. It is independent of the job's own ResultCode. */
export interface FraudSignals {
  /** How many other users are named as suspects. */
  readonly suspects: number;
  /** Whether a part of it could not be read: it may say more. */
  readonly unreadable: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const JsonObject = z.record(z.string(), z.unknown());

/** Whether a value is there and says anything. */
const says = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && value !== false;

function field(object: Json | null, ...names: readonly string[]): unknown {
  const name = names.find((one) => object !== null && Object.hasOwn(object, one));
  return name === undefined ? undefined : object?.[name];
}

/**
 * The fraud signals of a result, or null where it has none: `fraud_detected`, fraud sources, suspect users in
 * either form of the field, a high risk level, or what Smile Secure found (official pages of Smile Secure,
 * models of the Java SDK). What is there and cannot be read counts, too: an approval must not hide it.
 *
 * @param parts the result, and the response around it: the field may be in either
 */
export function fraudSignalsOf(...parts: readonly Json[]): FraudSignals | null {
  const found = parts
    .map((part) => field(part, 'Antifraud', 'antifraud', 'AntiFraud'))
    .filter(says)
    .map(read)
    .filter((one) => one !== null);
  const [first, ...others] = found;
  return others.reduce<FraudSignals | null>(
    (one, other) => ({
      suspects: Math.max(one?.suspects ?? 0, other.suspects),
      unreadable: (one?.unreadable ?? false) || other.unreadable,
    }),
    first ?? null,
  );
}

function read(value: unknown): FraudSignals | null {
  let detected = false;
  let unreadable = false;
  const object = (of: unknown): Json | null => {
    if (!says(of)) return null;
    const parsed = JsonObject.safeParse(of);
    unreadable ||= !parsed.success;
    return parsed.success ? parsed.data : null;
  };
  const antifraud = object(value);
  const summary = object(field(antifraud, 'summary', 'Summary'));
  const secure = object(field(antifraud, 'smile_secure', 'SmileSecure'));
  const risk = object(field(antifraud, 'fraud_risk'));
  for (const part of [antifraud, summary]) {
    const flag = flagOf(field(part, 'fraud_detected', 'FraudDetected'));
    if (flag === null) unreadable = true;
    detected ||= flag === true || listOf(field(part, 'fraud_sources', 'FraudSources')).length > 0;
  }
  const users = new Set<unknown>();
  for (const part of [antifraud, secure]) {
    const suspects = field(part, 'SuspectUsers', 'suspect_users');
    if (says(suspects) && !Array.isArray(suspects)) unreadable = true;
    for (const user of listOf(suspects)) {
      const parsed = JsonObject.safeParse(user);
      users.add((parsed.success ? field(parsed.data, 'user_id', 'UserID') : undefined) ?? user);
    }
  }
  const level = field(antifraud, 'fraud_risk_level') ?? field(risk, 'risk_level');
  if (typeof level === 'string' && level.toLowerCase() === 'high') detected = true;
  const status = field(secure, 'status');
  const code = field(secure, 'ResultCode', 'result_code');
  const text = typeof code === 'string' || typeof code === 'number' ? String(code) : '';
  const outcomes = explain(text, 'smile_secure').map(({ outcome }) => outcome);
  if (says(code) && outcomes.length === 0) unreadable = true;
  detected ||= status === 'attention' || outcomes.includes('rejected');
  return detected || users.size > 0 || unreadable ? { suspects: users.size, unreadable } : null;
}

/** True or false in any of the ways they are sent; null where it is neither. */
function flagOf(value: unknown): boolean | null {
  if (!says(value) || value === 0) return false;
  if (value === true || value === 1) return true;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0', 'not available'].includes(word) ? false : null;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
