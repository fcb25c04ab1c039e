import type { Steps } from '../slicedWork';
import { hasSign } from '../text/relevance';
import type { Environment } from '../smile/environment';
import { isEnvironment, readName, type CredentialName, type Role } from './credentialNames';
import { environmentOfFlag, environmentOfHost, hasFormOfKey, READ } from './credentialValues';
import { readNamedValuesSteps, type NamedValue, type NamedValues, type Scope } from './namedValues';
import { isSdkClass, parametersOf } from './sdkConstructors';
import { fileName } from './settingsFileNames';

/** Credentials that belong together. What is null is missing in the text, or not certain. */
export interface FoundCredentials {
  readonly partnerId: string | null;
  readonly apiKey: string | null;
  readonly environment: Environment | null;
  /** Of a local environment. */
  readonly url: string | null;
  /** Where the API key is in the text; without one, the partner ID. */
  readonly start: number;
}

/** A settings file is shorter than this, in bytes or characters. */
export const LONGEST_IMPORT = 1_000_000;
const MOST_SETS = 20;
/** One key may appear in a file many times. */
const MOST_KEYS = 50;

/** A value, and the role that its name gives it. */
interface Fact {
  readonly role: Role;
  /** Of a server: `sandbox`, `production`, or the address on this machine. Null for a placeholder or an expression. */
  readonly value: string | null;
  readonly start: number;
  readonly scope: Scope;
  /** The environment in its own name, or else in the names around it: `sandbox`, `production`, `dev`. */
  readonly tag: string | null;
  /** Whether a name says that it is Smile ID's. Otherwise it may belong to any service. */
  readonly isOurs: boolean;
}

/**
 * Reads partner IDs, API keys and environments from a settings file or a piece of source code. Values are read as
 * they are written: leading zeros stay. Comments, placeholders and the keys of other services are ignored, and so is
 * what is ambiguous.
 * @param path of the file, for its format
 * @returns one entry for each API key; if there is none, for each partner ID
 */
export function* findCredentialsSteps(text: string, path = ''): Steps<readonly FoundCredentials[]> {
  const file = fileName(path);
  const isOurFile = hasSign(file);
  const mentionsSmile = isOurFile || hasSign(text);
  const read = yield* readNamedValuesSteps(text, path);
  const facts = yield* factsIn(read, mentionsSmile, isOurFile);
  const keys = setsOf('apiKey', facts);
  return keys.length > 0 ? keys : setsOf('partnerId', facts);
}

function setsOf(role: 'apiKey' | 'partnerId', facts: readonly Fact[]): readonly FoundCredentials[] {
  const byScope = new Map<Scope, Fact[]>();
  for (const fact of facts) {
    const beside = byScope.get(fact.scope);
    if (beside) beside.push(fact);
    else byScope.set(fact.scope, [fact]);
  }
  const ours = facts.filter(({ isOurs }) => isOurs);
  const wanted = (fact: Fact): boolean => fact.role === role && fact.value !== null;
  const near = (sought: Role, fact: Fact): string | null =>
    nearest(sought, fact.tag, [...around(fact.scope, byScope), ours, facts]);
  const sets = new Map<string, FoundCredentials>();
  for (const fact of (ours.some(wanted) ? ours : facts).filter(wanted).slice(0, MOST_KEYS)) {
    const server = isEnvironment(fact.tag) ? fact.tag : near('server', fact);
    const environment = server === null || isEnvironment(server) ? server : 'local';
    const url = environment === 'local' ? server : null;
    const isKey = role === 'apiKey';
    if (isKey && environment !== 'local' && !hasFormOfKey(fact.value ?? '')) continue;
    const apiKey = isKey ? fact.value : null;
    const partnerId = isKey ? near('partnerId', fact) : fact.value;
    const set: Omit<FoundCredentials, 'start'> = { partnerId, apiKey, environment, url };
    const id = JSON.stringify(set);
    if (!sets.has(id)) sets.set(id, { ...set, start: fact.start });
  }
  return [...sets.values()].slice(0, MOST_SETS);
}

function* around(
  scope: Scope,
  byScope: ReadonlyMap<Scope, readonly Fact[]>,
): Generator<readonly Fact[]> {
  for (let one: Scope | null = scope; one; one = one.parent) {
    const facts = byScope.get(one);
    if (facts) yield facts;
  }
}

/**
 * The value that facts give, from the nearest ones to those of the whole file. The first ones that have a value
 * decide; if they have two, neither counts.
 * @param tag of the wanted value; facts without a tag are valid for all
 */
function nearest(
  role: Role,
  tag: string | null,
  groups: readonly (readonly Fact[])[],
): string | null {
  for (const wanted of new Set([tag, null])) {
    for (const facts of groups) {
      const values = new Set<string>();
      for (const fact of facts) {
        if (fact.role === role && fact.tag === wanted && fact.value !== null)
          values.add(fact.value);
      }
      const [value = null] = values;
      if (value !== null) return values.size === 1 ? value : null;
    }
  }
  return null;
}

/** What the names in one scope say about the names in it that may belong to any service. */
interface ScopeNames {
  hasPartnerId: boolean;
  hasOurName: boolean;
  hasOurKey: boolean;
  hasOthersKey: boolean;
}

function* factsIn(
  { values: all, calls }: NamedValues,
  mentionsSmile: boolean,
  isOurFile: boolean,
): Steps<readonly Fact[]> {
  const withHost = new Set<Scope>();
  for (const { value, scope } of all)
    if (scope.isObject && environmentOfHost(value) !== null) withHost.add(scope);
  const surroundingsOf = surroundings(
    isOurFile,
    (scope) => withHost.has(scope) || isSdkClass(scope.callee, mentionsSmile),
  );
  const named: (CredentialName & Omit<NamedValue, 'name'>)[] = [];
  // If a name in the file is Smile ID's, the other names may belong to any service.
  let hasOurs = false;
  for (const [index, one] of all.entries()) {
    yield;
    const { value, start, scope } = one;
    const name = nameOf(one, all[index - 1]);
    if (!RELEVANT.test(name) && environmentOfHost(value) === null) continue;
    const read = readName(name);
    named.push({ value, start, scope, ...read });
    hasOurs ||= read.role !== null && (read.isOurs || surroundingsOf(scope).isOurs);
  }
  const scopes = namesByScope(named);
  const facts: Fact[] = [];
  for (const { value, start, scope, ...name } of named) {
    yield;
    const names = scopes.get(scope);
    const surrounding = surroundingsOf(scope);
    const isNearPartnerId =
      (mentionsSmile || isOutsideServices(scope)) &&
      !name.isOthers &&
      (hasOurs ? names?.hasOurName === true : names?.hasPartnerId === true);
    const isOurs = name.isOurs || (surrounding.isOurs && !name.isOthers);
    const add = (role: Role, found: string | null, tag = name.tag ?? surrounding.tag): void => {
      facts.push({ role, value: found, start, scope, tag, isOurs });
    };
    const host = environmentOfHost(value);
    if (host !== null) add('server', host);
    else if (name.role === 'partnerId' && !name.isOthers) add('partnerId', READ.partnerId(value));
    else if (name.role === 'apiKey') {
      const mayBeOurs = scope.isGroup || names?.hasOthersKey !== true;
      const isMeant = name.isSecret
        ? isOurs && (scope.isGroup || names?.hasPartnerId === true)
        : isOurs || (isNearPartnerId && mayBeOurs);
      if (name.isOurs || (isMeant && names?.hasOurKey !== true)) add('apiKey', READ.apiKey(value));
    } else if (isOurs || (isNearPartnerId && scope.isGroup)) {
      if (name.isFlag) add('server', environmentOfFlag(name.tag, value), surrounding.tag);
      else if (name.role === 'server') add('server', READ.server(value));
    }
  }
  for (const { scope, values, starts } of calls) {
    yield;
    if (!isSdkClass(scope.callee, mentionsSmile)) continue;
    const { tag } = surroundingsOf(scope);
    parametersOf(scope.callee, values).forEach((role, index) => {
      if (role === 'callback') return;
      const value = READ[role](values[index] ?? null);
      facts.push({ role, value, start: starts[index] ?? 0, scope, tag, isOurs: true });
    });
  }
  return facts;
}

/** Other names are not read. */
const RELEVANT = /key|id$|server|env|mode|url|host|endpoint|sandbox|test|prod|live/i;

/** `- name: SMILE_API_KEY`, then `value: ...`, as deployments and collections of requests write it. */
const nameOf = ({ name, scope }: NamedValue, before: NamedValue | undefined): string =>
  name === 'value' && before?.scope === scope && /^(?:name|key)$/.test(before.name)
    ? (before.value ?? '')
    : name;

/** Names of scopes that are not the name of a service: words for settings, and for an environment. */
const NO_SERVICE =
  /^(?:|.*(?:config|credential|setting|option|param|env|default|export|const|key|auth|api|kyc|ident|verif).*)$/i;

/** Whether no scope around names a service: in a text without Smile ID, `mtn: { partner_id, api_key }` is MTN's. */
function isOutsideServices(scope: Scope): boolean {
  for (let one: Scope | null = scope; one; one = one.parent) {
    if (one.isGroup && !NO_SERVICE.test(one.name) && readName(one.name).tag === null) return false;
  }
  return true;
}

function namesByScope(
  named: readonly (CredentialName & { readonly scope: Scope })[],
): ReadonlyMap<Scope, ScopeNames> {
  const scopes = new Map<Scope, ScopeNames>();
  for (const { scope, role, isOurs, isOthers, isKey } of named) {
    let names = scopes.get(scope);
    if (!names) {
      names = {
        hasPartnerId: false,
        hasOurName: false,
        hasOurKey: false,
        hasOthersKey: false,
      };
      scopes.set(scope, names);
    }
    names.hasPartnerId ||= role === 'partnerId' && !isOthers;
    names.hasOurName ||= isOurs;
    names.hasOurKey ||= role === 'apiKey' && isOurs;
    names.hasOthersKey ||= isKey && isOthers;
  }
  return scopes;
}

interface Surroundings {
  readonly isOurs: boolean;
  readonly tag: string | null;
}

/** Whether a scope is Smile ID's by the names around it, and for which environment it is. */
function surroundings(
  isOurFile: boolean,
  isKnown: (scope: Scope) => boolean,
): (scope: Scope) => Surroundings {
  const known = new Map<Scope, Surroundings>();
  const of = (scope: Scope): Surroundings => {
    const before = known.get(scope);
    if (before) return before;
    const outer = scope.parent ? of(scope.parent) : { isOurs: isOurFile, tag: null };
    const { isOthers, tag } = readName(scope.name);
    const isNamed = hasSign(scope.name) || hasSign(scope.callee) || isKnown(scope);
    const found = { isOurs: isNamed || (outer.isOurs && !isOthers), tag: tag ?? outer.tag };
    known.set(scope, found);
    return found;
  };
  return of;
}
