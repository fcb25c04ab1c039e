import * as l10n from '../l10n';
import { EXPECTED, firstOf, JsonObject, notExpected } from './fields';
import { explain } from '../catalogue/catalogue';
import { READING_LIMITS } from './readingLimits';

/** What the antifraud part of a result found. It is independent of the job's own ResultCode. */
export interface FraudSignals {
  /** How many other users are named as suspects. */
  readonly suspects: number;
  /** Whether a part of it could not be read: it may say more. */
  readonly unreadable: boolean;
}

/** Whether a value is present and not empty. */
const says = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && value !== false;

/** The antifraud data of a response, found in any of its forms and not yet judged. */
export interface AntifraudData {
  /** `fraud_detected`; null if it is not sent or cannot be read. */
  readonly fraudDetected: boolean | null;
  readonly sources: readonly unknown[];
  readonly suspects: readonly unknown[];
  /** `low`, `medium` or `high`. */
  readonly riskLevels: readonly unknown[];
  /** 0 to 100. */
  readonly riskScores: readonly unknown[];
  readonly riskIndicators: readonly unknown[];
  /** Of Smile Secure. */
  readonly status: unknown;
  readonly code: string | null;
  readonly text: string | null;
  /** What could not be read, in plain words: it may say more. */
  readonly unreadable: readonly string[];
}

const NAMES = ['Antifraud', 'antifraud', 'AntiFraud'];

/**
 * The antifraud data of a result. Only this function knows where it may be (official pages of Smile Secure,
 * models of the Java SDK, the older form of the mobile SDKs). Null if there is none.
 *
 * @param parts the result, and the response around it: the field may be in either
 */
export function antifraudDataOf(...parts: readonly JsonObject[]): AntifraudData | null {
  if (!parts.some((part) => NAMES.some((name) => says(part[name])))) return null;
  const unreadable: string[] = [];
  const values = (of: Iterable<JsonObject>, names: readonly string[]): [string, unknown][] =>
    [...of].flatMap((one): [string, unknown][] => {
      const name = names.find((each) => Object.hasOwn(one, each));
      return name !== undefined && says(one[name]) ? [[name, one[name]]] : [];
    });
  const refuse = (name: string, value: unknown, expected: string): [] => {
    unreadable.push(notExpected(name, value, expected));
    return [];
  };
  const objects = (of: Iterable<JsonObject>, ...names: readonly string[]): JsonObject[] =>
    values(of, names).flatMap(([name, value]) => {
      const parsed = JsonObject.safeParse(value);
      return parsed.success ? [parsed.data] : refuse(name, value, EXPECTED.object());
    });
  const lists = (of: Iterable<JsonObject>, ...names: readonly string[]): readonly unknown[] =>
    values(of, names).flatMap(([name, value]): readonly unknown[] =>
      Array.isArray(value)
        ? firstOf<unknown>(value, READING_LIMITS.fields, name, (note) => unreadable.push(note))
        : refuse(name, value, EXPECTED.list()),
    );
  const texts = (of: Iterable<JsonObject>, ...names: readonly string[]): string[] =>
    values(of, names).flatMap(([name, value]) => {
      if (typeof value === 'string') return [value];
      // A JSON number loses the leading zeros of a code.
      if (typeof value === 'number') return [String(value).padStart(4, '0')];
      return refuse(name, value, EXPECTED.text());
    });

  const around = new Set(parts);
  const antifraud = objects(around, ...NAMES);
  const summary = objects(antifraud, 'summary', 'Summary');
  const secure = objects(antifraud, 'smile_secure', 'SmileSecure');
  const flags = [...antifraud, ...summary].flatMap((part) =>
    ['fraud_detected', 'FraudDetected'].flatMap((name) => {
      const flag = part[name];
      if (!Object.hasOwn(part, name) || flag === null) return [];
      return flagOf(flag) ?? refuse(name, flag, EXPECTED.flag());
    }),
  );
  const code = texts(secure, 'ResultCode', 'result_code')[0] ?? null;
  if (code !== null && explain(code, 'smile_secure').length === 0)
    unreadable.push(l10n.t('The ResultCode of smile_secure is not known.'));
  const risk = objects(antifraud, 'fraud_risk');
  const risks = (flat: string, nested: string): unknown[] =>
    [...values(antifraud, [flat]), ...values(risk, [nested])].map(([, value]) => value);
  return {
    fraudDetected: flags.includes(true) || (flags[0] ?? null),
    sources: lists([...antifraud, ...summary], 'fraud_sources', 'FraudSources'),
    suspects: lists([...antifraud, ...secure], 'SuspectUsers', 'suspect_users'),
    riskLevels: risks('fraud_risk_level', 'risk_level'),
    riskScores: risks('fraud_risk_score', 'risk_score'),
    riskIndicators: [
      ...lists(antifraud, 'fraud_risk_indicator_groups'),
      ...lists(risk, 'risk_indicators'),
    ],
    status: values(secure, ['status'])[0]?.[1],
    code,
    text: texts(secure, 'ResultText', 'result_text')[0] ?? null,
    unreadable,
  };
}

/**
 * The fraud signals of a result, or null if it has none: `fraud_detected`, fraud sources, suspect users, a high
 * risk level, or what Smile Secure found. Data that cannot be read counts, too: an approval must not hide it.
 */
export function fraudSignalsOf(...parts: readonly JsonObject[]): FraudSignals | null {
  const data = antifraudDataOf(...parts);
  if (!data) return null;
  const { fraudDetected, sources, suspects, riskLevels, status, code } = data;
  const users = new Set(
    suspects.map((suspect) => {
      const parsed = JsonObject.safeParse(suspect);
      const user = parsed.success ? parsed.data : {};
      return user.user_id ?? user.UserID ?? user.userId ?? suspect;
    }),
  );
  const detected =
    fraudDetected === true ||
    sources.length > 0 ||
    riskLevels.some((level) => typeof level === 'string' && level.toLowerCase() === 'high') ||
    status === 'attention' ||
    (code !== null && explain(code, 'smile_secure').some(({ outcome }) => outcome === 'rejected'));
  const unreadable = data.unreadable.length > 0;
  return detected || users.size > 0 || unreadable ? { suspects: users.size, unreadable } : null;
}

/** True or false in any of the ways they are sent; null if it is neither. */
function flagOf(value: unknown): boolean | null {
  if (!says(value) || value === 0) return false;
  if (value === true || value === 1) return true;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0', 'not available'].includes(word) ? false : null;
}
