import type { Role } from './credentialNames';
import { hasFormOfKey, READ } from './credentialValues';

type Parameter = Role | 'callback';
const SHORT: readonly Parameter[] = ['partnerId', 'apiKey', 'server'];
const LONG: readonly Parameter[] = ['partnerId', 'callback', 'apiKey', 'server'];
/** Of version 2; the version before it had the order of the other languages. */
const JAVA: readonly Parameter[] = ['partnerId', 'apiKey', 'callback', 'server'];

/** Names of classes that other libraries may have, too. */
const GENERIC = new Set(['Utilities', 'Signature', 'BusinessVerification', 'AddressVerification']);
/**
 * The parameters of the classes of the official SDKs. Sources: the constructors in smile-identity-core-js aef10c7,
 * -python e61c831, -ruby 10ebe53, -php 4a8e687 (whose IdApi takes a callback) and -java adff4f2.
 */
const CONSTRUCTORS: ReadonlyMap<string, readonly (readonly Parameter[])[]> = new Map([
  ['WebApi', [LONG, JAVA]],
  ['IDApi', [SHORT]],
  ['IdApi', [SHORT, LONG]],
  ['Utilities', [SHORT]],
  ['Signature', [['partnerId', 'apiKey']]],
  ['BusinessVerification', [SHORT]],
  ['AmlCheck', [SHORT]],
  ['AddressVerification', [SHORT]],
  ['SmileIdentityCore', [LONG]],
]);

/** `smile_id_core.WebApi`, `SmileIdentityCore.WebApi.new` */
const classOf = (callee: string): string => callee.replace(/\.new$/, '').replace(/^.*\./, '');

/** Whether what is called is a class of an SDK. */
export function isSdkClass(callee: string, mentionsSmile: boolean): boolean {
  const name = classOf(callee);
  return CONSTRUCTORS.has(name) && (mentionsSmile || !GENERIC.has(name));
}

/** The parameters of a call, by its class and its literals. Empty if nothing fits. */
export function parametersOf(
  callee: string,
  values: readonly (string | null)[],
): readonly Parameter[] {
  const fits = (role: Parameter | undefined, value: string | null): boolean => {
    if (value === null || role === undefined) return true;
    if (role === 'callback') return !hasFormOfKey(value);
    // A placeholder for a key has its position, too.
    return role === 'apiKey' ? !value.includes('://') : READ[role](value) !== null;
  };
  const orders = CONSTRUCTORS.get(classOf(callee)) ?? [];
  return (
    orders.find(
      (order) =>
        order.length === values.length && values.every((value, index) => fits(order[index], value)),
    ) ?? []
  );
}
