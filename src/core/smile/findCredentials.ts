import type { Steps } from '../slicedWork';
import { hasSign } from '../text/relevance';
import { readAssignmentsSteps, type Assignment, type Assignments, type Scope } from './assignments';
import { environmentOfSidServer, type Environment } from './environment';
import { checkApiKey } from './profile';
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

type Role = 'partnerId' | 'apiKey' | 'server';

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
  const read = yield* readAssignmentsSteps(text, path);
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

type Parameter = 'partnerId' | 'callback' | 'apiKey' | 'server';
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

/** What the names in one scope say about the names in it that may belong to any service. */
interface ScopeNames {
  hasPartnerId: boolean;
  hasOurName: boolean;
  hasOurKey: boolean;
  hasOthersKey: boolean;
}

function* factsIn(
  { assignments, calls }: Assignments,
  mentionsSmile: boolean,
  isOurFile: boolean,
): Steps<readonly Fact[]> {
  const isClass = (callee: string): boolean =>
    CONSTRUCTORS.has(classOf(callee)) && (mentionsSmile || !GENERIC.has(classOf(callee)));
  const surroundingsOf = surroundings(isOurFile, isClass);
  const named: (Name & Omit<Assignment, 'name'>)[] = [];
  // If a name in the file is Smile ID's, the other names may belong to any service.
  let hasOurs = false;
  for (const [index, assignment] of assignments.entries()) {
    yield;
    const { value, start, scope } = assignment;
    const name = nameOf(assignment, assignments[index - 1]);
    if (!RELEVANT.test(name) && !hasSign(value ?? '')) continue;
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
    const host = value === null ? null : environmentOfHost(value);
    if (host !== null) add('server', host);
    else if (name.role === 'partnerId' && !name.isOthers) add('partnerId', asPartnerId(value));
    else if (name.role === 'apiKey') {
      const mayBeOurs = scope.isGroup || names?.hasOthersKey !== true;
      const isMeant = isOurs || (isNearPartnerId && mayBeOurs);
      if (name.isOurs || (isMeant && names?.hasOurKey !== true)) add('apiKey', asApiKey(value));
    } else if (isOurs || (isNearPartnerId && scope.isGroup)) {
      if (name.isFlag) add('server', environmentOfFlag(name.tag, value), surrounding.tag);
      else if (name.role === 'server') add('server', environmentOfServer(value));
    }
  }
  for (const { scope, values, starts } of calls) {
    yield;
    if (!isClass(scope.callee)) continue;
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
const nameOf = ({ name, scope }: Assignment, before: Assignment | undefined): string =>
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
  named: readonly (Name & { readonly scope: Scope })[],
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

/** The parameters of a call, by its class and its literals. Empty if nothing fits. */
function parametersOf(callee: string, values: readonly (string | null)[]): readonly Parameter[] {
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

/** `smile_id_core.WebApi`, `SmileIdentityCore::WebApi.new` */
const classOf = (callee: string): string => callee.replace(/\.new$/, '').replace(/^.*\./, '');

interface Surroundings {
  readonly isOurs: boolean;
  readonly tag: string | null;
}

/** Whether a scope is Smile ID's by the names around it, and for which environment it is. */
function surroundings(
  isOurFile: boolean,
  isClass: (callee: string) => boolean,
): (scope: Scope) => Surroundings {
  const known = new Map<Scope, Surroundings>();
  const of = (scope: Scope): Surroundings => {
    const before = known.get(scope);
    if (before) return before;
    const outer = scope.parent ? of(scope.parent) : { isOurs: isOurFile, tag: null };
    const { isOthers, tag } = readName(scope.name);
    const isNamed = hasSign(scope.name) || hasSign(scope.callee) || isClass(scope.callee);
    const found = { isOurs: isNamed || (outer.isOurs && !isOthers), tag: tag ?? outer.tag };
    known.set(scope, found);
    return found;
  };
  return of;
}

/** Words for environments. The integrator's own stages are distinguished, but do not belong to Smile ID. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['sandbox', 'sandbox'],
  ['test', 'sandbox'],
  ['production', 'production'],
  ['prod', 'production'],
  ['live', 'production'],
  ['dev', 'dev'],
  ['development', 'dev'],
  ['staging', 'staging'],
  ['stage', 'staging'],
  ['local', 'local'],
]);
const isEnvironment = (tag: string | null | undefined): tag is 'sandbox' | 'production' =>
  tag === 'sandbox' || tag === 'production';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that do not say to whom something belongs. */
const NEUTRAL = words(
  'my our the default api auth signature key id identity partner sid kyc kyb verification secret private public ' +
    'config configuration settings options opts params credentials creds this self app const static env environ ' +
    'environment os process system module exports data value input next vite react expo nuxt is use mode enabled ' +
    'server base url host endpoint',
);

interface Name {
  readonly role: Role | null;
  readonly tag: string | null;
  readonly isOurs: boolean;
  /** Whether it belongs to another service: `MAPS_API_KEY`. */
  readonly isOthers: boolean;
  readonly isKey: boolean;
  /** `SMILE_ID_SANDBOX`, `isProduction`: on or off. */
  readonly isFlag: boolean;
}

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['partnerId', /_partner_id$/],
  ['apiKey', /_(?:api|auth|signature)_key$|_smile(?:_?id|_?identity)?_key$/],
  ['server', /_(?:server|env|environment|mode|host|endpoint)$/],
  ['server', /(?:^|_(?:base|api|server|smile|smileid|id|identity))_url$/],
];

/** What a name says, in camel case, with underscores, or in another form. */
function readName(name: string): Name {
  const all = name
    .slice(-100)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/(api|auth|partner|sid|base)(?=key|id\b|id_|server|url)/g, '$1_')
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  const tag = all.map((word) => TAGS.get(word)).find((word) => word !== undefined) ?? null;
  const rest = all.filter((word) => !TAGS.has(word));
  const joined = `_${rest.join('_')}`;
  const role = ROLES.find(([, pattern]) => pattern.test(joined))?.[0] ?? null;
  const smile = rest.findIndex((word) => SMILE_WORD.test(word));
  const isOurs =
    SID.test(joined) || (smile >= 0 && rest.slice(smile + 1).every((word) => NEUTRAL.has(word)));
  const isOthers = !isOurs && !rest.every((word) => NEUTRAL.has(word));
  return {
    role,
    tag,
    isOurs,
    isOthers,
    isKey: joined.endsWith('_key'),
    isFlag: tag !== null && FLAG.test(joined),
  };
}

const FLAG =
  /^(?:_(?:is|use|this|self|kyc|next|vite|public|smile(?:_?id|_?identity)?))*(?:_mode|_enabled|_)?$/;
const SMILE_WORD = /^smile(?:id|identity)?$/;
const SID = /_sid_(?:server|partner|api|auth|env)/;

/** Older hosts are those of the SDKs before 2021. */
const HOSTS: ReadonlyMap<string, 'sandbox' | 'production'> = new Map([
  ['testapi.smileidentity.com', 'sandbox'],
  ['api.sandbox.smileidentity.com', 'sandbox'],
  ['3eydmgh10d.execute-api.us-west-2.amazonaws.com', 'sandbox'],
  ['api.smileidentity.com', 'production'],
  ['la7am6gdm8.execute-api.us-west-2.amazonaws.com', 'production'],
]);

const environmentOfHost = (value: string): string | null =>
  HOSTS.get(/^(?:https?:\/\/)?([\w.-]+)/.exec(value)?.[1]?.toLowerCase() ?? '') ?? null;

/** The environment, or the address on this machine, for a server's number, name or address. */
function environmentOfServer(value: string | null): string | null {
  if (value === null) return null;
  const tag = TAGS.get(value.toLowerCase());
  if (isEnvironment(tag)) return tag;
  const server = environmentOfSidServer(value);
  return server?.url ?? server?.environment ?? environmentOfHost(value);
}

const ON = words('true 1 yes on');
const OFF = words('false 0 no off');

function environmentOfFlag(tag: string | null, value: string | null): string | null {
  if (value === null || !isEnvironment(tag)) return null;
  if (ON.has(value.toLowerCase())) return tag;
  if (!OFF.has(value.toLowerCase())) return null;
  return tag === 'sandbox' ? 'production' : 'sandbox';
}

/** Partner IDs in the portal are digits, some with leading zeros. */
const asPartnerId = (value: string | null): string | null =>
  value !== null && /^\d{1,8}$/.test(value) && /[1-9]/.test(value) ? value : null;

/** Words of placeholders. None of them has only the letters of a hexadecimal number. */
const PLACEHOLDERS = words(
  'your change changeme replace replaceme placeholder put insert enter paste fill todo example dummy fake sample ' +
    'here xxx none null undefined redacted stub',
);
/** Words that describe a key, as in `test-api-key-1`, and that no key has. */
const DESCRIPTIONS = words(
  'api key token secret test testing sandbox production prod live smile partner demo mock',
);
const LONGEST_PLACEHOLDER = 100;

const wordsOf = (value: string): readonly string[] =>
  value.length > LONGEST_PLACEHOLDER ? [] : value.toLowerCase().split(/[^a-z]+/);

/** A possible key, at least of a server on this machine, which accepts any. */
const asApiKey = (value: string | null): string | null =>
  value !== null &&
  checkApiKey(value) === null &&
  !/[<>{}$%[\]()]|x{4,}|\*{3}|\.{3}/i.test(value) &&
  !wordsOf(value).some((word) => PLACEHOLDERS.has(word))
    ? value
    : null;

/** Beginnings of keys of other services. */
const OF_OTHERS = /^(?:[srp]k_|sk-|AIza|AKIA|SG\.|gh[opsu]_|xox|FLW|whsec_|EAA|ya29|eyJ)/;

/** Keys are UUIDs or, before 2022, about 1,000 characters of base64: never words, never one character after another. */
function hasFormOfKey(value: string): boolean {
  return (
    /^[\w+/=-]{16,}$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    new Set(value).size > 6 &&
    !/12345678|87654321|abcdef/i.test(value.replace(/-/g, '')) &&
    !OF_OTHERS.test(value) &&
    asApiKey(value) !== null &&
    !wordsOf(value).some((word) => DESCRIPTIONS.has(word))
  );
}

const READ = { partnerId: asPartnerId, apiKey: asApiKey, server: environmentOfServer };
