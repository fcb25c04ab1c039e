import * as l10n from '../l10n';
import { statementStart } from './claim';
import type { Finding, Fix, TextEdit } from './finding';
import { environmentName } from '../smile/environment';
import { sdkFileOf } from '../sdk/sdkFile';
import type { SdkLanguage } from '../sdk/sdkLanguage';
import { namesOtherService } from '../text/relevance';
import type { Stretch } from './search';
import { Source } from './source';

/** `SMILE_API_KEY=...`, `apiKey: '...'`, `:api_key => "..."`, `env('SMILE_API_KEY', '...')`, with the value in quotes or, in data, without. */
const ASSIGNED =
  /(?<![\w$])["':$]?([A-Za-z][\w.-]{0,60})["']?(?:\s{0,3}:\s{0,3}(?:string|String|str))?[ \t]{0,20}(?:\{[^{}\n]{0,20}\}[ \t]*)?(?:=>|:=|=|:|,(?=[ \t]*["']))[ \t]{0,20}(?:"([^"\r\n]*)"|'([^'\r\n]*)'|`([^`\r\n]*)`|([^\s"'`,;#()[\]{}]+))/g;
/** `- name: SMILE_API_KEY` before `value: ...`, as deployments write it. */
const NAME_ABOVE = /\bname["']?\s*:\s*["']?([\w.-]{1,60})["']?,?\s*["']?$/;
const KEY_NAME = /(?:api_?key|auth_?key|signature_?key|smile_?(?:id_?|identity_?)?key)$/i;
/** What may stand beside "API key" in its name without making it somebody else's. */
const OWN_NAME =
  /^(?:(?:my|our|the|default|prod|production|live|sandbox|test|staging|dev|partner|kyc|sid|smile|smileid|identity|id|api|auth|signature|key|private|const)_?)+$/i;
const OURS = /smile|\bsid_|\bWebApi\b|\bIDApi\b/i;
const SMILE_ID = /smile[\s_-]?i(?:d|dentity)\b/i;
const SIBLING = /partner_?-?id|sid_?server|smile/i;
const SDK_CALL =
  /\b(?:WebApi|ID_?Api|Signature|Utilities|SmileIdentityCore|BusinessVerification)(?:\.new)?\s*\(/gi;
const SDK_FILE = /smile|sid_server|sid_request/i;

const PLACEHOLDER =
  /(?:^|[^a-z])(?:your?|my|xxx+|place_?holder|change_?me|replace|examples?|dummy|fake|samples?|todo|insert|put|tests?|testing|secret|fill|demo|mock|redacted|stub|smile)(?:[^a-z]|$)|x{6,}|\*{3}|\.{3}|api[-_]?key|simulator/i;
const VENDOR_KEY =
  /^(?:[srp]k_|sk-|AIza|AKIA|SG\.|gh[opsu]_|xox|FLW|key-|whsec_|psk_|atsk_|EAA|ya29)/;

/** Whether a text has the shape of a key: long, letters and digits, nothing that reads like a stand-in. */
function looksLikeKey(value: string): boolean {
  return (
    /^[\w+/=|-]{16,}$/.test(value) &&
    /\d.*\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/^[a-z]+\/[\w-]+\//.test(value) && // the path of a secret
    !/^(.)\1+$/.test(value.replace(/-/g, '')) &&
    !PLACEHOLDER.test(value) &&
    !VENDOR_KEY.test(value)
  );
}

export function apiKeyInSource(source: Source): Finding[] {
  const { code } = source;
  const found = new Map<number, Finding>();
  const report = (start: number, end: number, production: boolean): void => {
    if (!looksLikeKey(code.slice(start, end))) return;
    found.set(start, {
      rule: 'api-key-in-source',
      start,
      end,
      message: production
        ? l10n.t(
            'Hard-coded API key for production. Anyone with this file can sign requests with it.',
          )
        : l10n.t('Hard-coded API key. Anyone with this file can sign requests with it.'),
      fixes: fixesForKey(source, { start: start - 1, end: end + 1 }),
      ...(production && { production }),
      ...(source.languageId === 'dotenv' && { isEnvFile: true }),
    });
  };
  for (const match of source.matches(ASSIGNED, /key|\bvalue["']?\s*:/)) {
    const [whole, own = '', ...values] = match;
    const above = code.slice(Math.max(0, match.index - 100), match.index);
    const name = own === 'value' ? (NAME_ABOVE.exec(above)?.[1] ?? own) : own;
    const value = values.find((one) => typeof one === 'string') ?? '';
    if (!KEY_NAME.test(name.replace(/[-.]/g, '_')) || value.length < 16) continue;
    const isBare = match[5] !== undefined;
    if (isBare && !(source.languageId === 'dotenv' || source.languageId === 'yaml')) continue;
    const start = match.index + whole.length - value.length - (isBare ? 0 : 1);
    if (!isOurs(source, name, match.index)) continue;
    report(start, start + value.length, isProduction(source, name, start));
  }
  for (const call of source.matches(SDK_CALL)) {
    const open = call.index + call[0].length - 1;
    const literals = source.argumentsAt(open);
    for (const argument of literals) {
      const text = source.slice(argument);
      if (!/^(["'`]).*\1$/.test(text)) continue;
      const last = literals.at(-1);
      const isLive = last !== undefined && /^["']?1["']?$/.test(source.slice(last));
      report(argument.start + 1, argument.end - 1, isLive || isProduction(source, '', open));
    }
  }
  return [...found.values()];
}

function isOurs(source: Source, name: string, at: number): boolean {
  if (/smile/i.test(name)) return true;
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_');
  if (!OWN_NAME.test(words)) return false;
  for (const owner of source.owners(at)) {
    if (namesOtherService(owner)) return false;
    if (OURS.test(owner)) return true;
  }
  const group = source.groupAt(at);
  const around = group ? source.slice(group) : source.near(at, 4);
  return (
    (SIBLING.test(around) ||
      (group !== null && SMILE_ID.test(source.near(group.start, 1, source.text)))) &&
    !namesOtherService(around)
  );
}

function isProduction(source: Source, name: string, at: number): boolean {
  const said = Source.environmentIn(name) ?? Source.environmentIn(fileName(source));
  if (said !== null) return said === 'production';
  const group = source.groupAt(at);
  const around = group && group.end - group.start < 800 ? source.slice(group) : source.near(at, 6);
  return (
    /\/\/api\.smileidentity\.com|sid_?server["'\]]?\s{0,3}(?:=>|[:=])\s{0,3}["']?1\b/i.test(
      around,
    ) && !/testapi|sandbox/i.test(around)
  );
}

const fileName = ({ path }: Source): string => path.slice(path.lastIndexOf('/') + 1);

/** @param quoted the key with its quotes */
function fixesForKey(source: Source, quoted: Stretch): Fix[] {
  const read = source.language.readVariable;
  const command = 'moveKeyToProfile';
  const edits = read === null ? null : readInstead(source, quoted, read('SMILE_API_KEY'));
  return edits === null
    ? [{ title: l10n.t('Store API key in a profile'), edits: [], command }]
    : [{ title: l10n.t('Replace with SMILE_API_KEY and store key in a profile'), edits, command }];
}

/** Null where the value has to be a constant, or an import could not be placed surely. */
function readInstead(source: Source, quoted: Stretch, call: string): TextEdit[] | null {
  const { code, language, languageId } = source;
  if (source.isInString(quoted.start)) return null;
  const from = Math.min(
    statementStart(source, quoted.start),
    quoted.start - source.lineBefore(quoted.start).length,
  );
  const owners = [...source.owners(quoted.start)];
  if (language.constant?.test(code.slice(from, quoted.start)) === true) return null;
  if (/\benum\b/.test(owners.join('\n'))) return null;
  if (languageId === 'go' && /\bconst\s*$/.test(owners[0] ?? '')) return null;
  const edit = { ...quoted, text: call };
  if (language.imports.length === 0) return [edit];
  for (const { present, text, before } of language.imports) {
    const edits = withImport(source, edit, present, text, before);
    if (edits !== null) return edits;
  }
  return null;
}

/** The edit, with an import before what `place` finds unless it is there already. */
export function withImport(
  source: Source,
  edit: TextEdit,
  present: RegExp,
  text: string,
  place: RegExp,
): TextEdit[] | null {
  if (source.says(present)) return [edit];
  const at = source.placeOf(place);
  return at < 0 || at > edit.start ? null : [{ start: at, end: at, text }, edit];
}

const SERVER =
  /(?<![\w$])["':]?(\w{0,40}sid_?server)["']?\]?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))[ \t]{0,9}(["']?)([01])\2(?![\w.])/gi;
const HOST =
  /(?<![\w$])["':]?(\w{1,60})["']?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))[ \t]{0,9}["']?(https:\/\/(test)?api\.smileidentity\.com[\w/]*)/gi;
const CHOICE =
  /sid_?server\w{0,9}["']?\]?\s{0,3}(?:=>|[:=])[^\n?]{0,60}?((?:[!=]==?\s*)?["']?prod(?:uction)?\b["']?\??|is_?prod(?:uction)?\b)[^\n?:]{0,20}\?\s*["']?([01])\b["']?\s*:\s*["']?([01])\b/gi;
const CHOICE_AFTER =
  /sid_?server\w{0,9}["']?\]?\s{0,3}=\s*["']?([01])["']?\s+if\s[^\n]{0,60}?((?:[!=]=\s*)?["']prod(?:uction)?["'])[^\n]{0,20}\selse\s+["']?([01])\b/gi;

/** A server number or a host that belongs to the other environment than the names around it. */
export function serverMismatch(source: Source): Finding[] {
  const { code } = source;
  const found: Finding[] = [];
  const report = (
    at: number,
    length: number,
    is: Environment,
    said: Environment | null,
    mended: string | null = null,
  ): void => {
    if (said === null || said === is) return;
    found.push({
      rule: 'server-mismatch',
      start: at,
      end: at + length,
      message: l10n.t(
        'This is the {0} server, in a setup for {1}. Each environment has its own API key: requests would be refused, or would reach the wrong one.',
        environmentName(is),
        environmentName(said),
      ),
      fixes:
        // Nothing moves a setup to production but its owner.
        mended === null || said === 'production'
          ? []
          : [
              {
                title: l10n.t('Use the {0} server: {1}', environmentName(said), mended),
                edits: [{ start: at, end: at + length, text: mended }],
              },
            ],
    });
  };
  for (const match of source.matches(SERVER, /sid_?server/)) {
    const [whole, name = '', quote = '', number = ''] = match;
    const at = match.index + whole.length - quote.length - number.length;
    if (/\?\s*$|\bif\b|\?/.test(code.slice(at + 1, at + 60).split('\n', 1)[0] ?? '')) continue;
    report(at, 1, serverOf(number), said(source, name, match.index), other(number));
  }
  for (const match of source.matches(HOST, /smileidentity/)) {
    const [whole, name = '', host = '', test] = match;
    const is = test ? 'sandbox' : 'production';
    const at = match.index + whole.length - host.length;
    const mended = test
      ? host.replace('//testapi.', '//api.')
      : host.replace('//api.', '//testapi.');
    report(at, host.length, is, Source.environmentIn(name), mended);
  }
  for (const match of source.matches(CHOICE, /sid_?server/)) {
    const [whole, condition = '', yes = ''] = match;
    const at = match.index + whole.search(/\?\s*["']?[01]\b/) + 1;
    if (IS_NEGATED.test(code.slice(0, match.index + whole.indexOf(condition)).slice(-40))) continue;
    const digit = code.indexOf(yes, at);
    report(digit, 1, serverOf(yes), condition.startsWith('!') ? 'sandbox' : 'production');
  }
  for (const match of source.matches(CHOICE_AFTER, /sid_?server/)) {
    const [whole, yes = '', condition = ''] = match;
    if (/\bif\s+not\b/.test(whole)) continue;
    const digit = match.index + whole.search(/[01]["']?\s+if\s/);
    report(digit, 1, serverOf(yes), condition.startsWith('!') ? 'sandbox' : 'production');
  }
  if (!source.says(SDK_FILE) && !source.says(/WebApi/)) return found;
  for (const call of source.matches(SDK_CALL)) {
    const all = source.argumentsAt(call.index + call[0].length - 1);
    const last = all.at(-1);
    const number = last && /^["']?([01])["']?$/.exec(source.slice(last))?.[1];
    if (all.length < 3 || !last || number === undefined) continue;
    // A callback's address may hold any word.
    const names = all
      .slice(0, -1)
      .map((one) => source.slice(one))
      .filter((name) => !name.includes('://'));
    const at = code.indexOf(number, last.start);
    report(
      at,
      1,
      serverOf(number),
      agreed([assignedTo(source, call.index), ...names].map((name) => Source.environmentIn(name))),
      other(number),
    );
  }
  return found;
}

/** The variable that an object is made for: `const sandbox = new WebApi(`. */
function assignedTo(source: Source, at: number): string {
  return (
    /([\w$]{1,40})["'\]]?\s*(?::\s*\w+\s*)?:?=\s*(?:(?:await|new)\s+|[\w.]+(?:\.|::))*$/.exec(
      source.lineBefore(at),
    )?.[1] ?? ''
  );
}

const IS_NEGATED = /(?:!|\bnot\s)\s*[\w.$]*$/;
type Environment = 'sandbox' | 'production';
const serverOf = (number: string): Environment => (number === '1' ? 'production' : 'sandbox');
const other = (number: string): string => (number === '1' ? '0' : '1');

function agreed(all: readonly (Environment | null)[]): Environment | null {
  const said = new Set(all.filter((one) => one !== null));
  return said.size === 1 ? ([...said][0] ?? null) : null;
}

const ENVIRONMENT =
  /(?:smile\w{0,20}env(?:ironment)?|(?<![\w.])env(?:ironment)?|sid_env\w{0,9})["']?\]?\s{0,3}(?:=>|[:=])\s{0,3}["']?(sandbox|test|production|prod|live)\b/gi;
const NAMED_KEY = /\b\w{0,40}?(?:sandbox|test|prod|production|live)_?(?:api_?)?key\b/gi;

const API_HOST = /\/\/(test)?api\.smileidentity\.com/gi;

/** What the names around a server number say: its own, its block's, its neighbours', its file's. */
function said(source: Source, name: string, at: number): Environment | null {
  const own = Source.environmentIn(name);
  if (own !== null) return own;
  for (const owner of source.owners(at)) {
    const block = Source.environmentIn(
      /([\w-]+)["']?\s*(?:=>|[:=])?\s*[[({]*$/.exec(owner.trimEnd())?.[1] ?? '',
    );
    if (block !== null) return block;
  }
  const group = source.groupAt(at);
  const isGrouped = group !== null && group.end - group.start < 800;
  const around = isGrouped ? source.slice(group) : source.near(at, 3);
  const neighbours = namesOtherService(around)
    ? []
    : [
        ...[...around.matchAll(ENVIRONMENT)]
          // Without brackets, an "environment" may be that of anything.
          .filter(([whole]) => isGrouped || /^s(?:mile|id)/i.test(whole))
          .map(([, word = '']) => Source.environmentIn(word)),
        ...[...around.matchAll(NAMED_KEY)].map(([word]) => Source.environmentIn(word)),
      ];
  if (neighbours.length > 0) return agreed(neighbours);
  const hosts = new Set([...around.matchAll(API_HOST)].map(([, test]) => test !== undefined));
  if (hosts.size === 1) return hosts.has(true) ? 'sandbox' : 'production';
  const isSettings =
    source.languageId === 'dotenv' || /(?:settings|config|environments?)\//.test(source.path);
  return isSettings ? Source.environmentIn(fileName(source)) : null;
}

const PARTNER = String.raw`[\w$.]{0,40}?partner_?id\b`;
const PARTNER_NUMBER =
  /(?<![\w$])["':]?(\w{0,40}?partner_?-?id)(?:["']?\]?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))|["'],)[ \t]{0,9}(\d{1,6})(?![\w.'"])/gi;
const TO_NUMBER = new RegExp(
  String.raw`(?:\b(?:parseInt|Number|int|intval|Integer\.parseInt|Integer\.valueOf|int\.Parse|Convert\.ToInt32|strconv\.Atoi)\(|\(int\)\s*)(?:\$?${PARTNER}|[\w.>$-]{1,40}[([]["'][\w:.]{0,30}partner_?id["'][)\]])(?:,\s*10)?\)?` +
    String.raw`|\b(?:\w+[([]["'])?${PARTNER}["')\]]{0,2}\.(?:to_i|toInt\(\))`,
  'gi',
);
const REQUEST = /smile|sid_server|sid_request|\bsignature\b|job_?type|WebApi/i;
const V3 = /\/v3\b|usesmileid|smileid-partner-id/i;

export function partnerIdAsNumber(source: Source): Finding[] {
  const { code, languageId, language } = source;
  // v3 wants no leading zeros, and a .env file knows only text.
  if (languageId === 'dotenv' || source.says(V3)) return [];
  const found: Finding[] = [];
  const report = (start: number, end: number, isLiteral: boolean): void => {
    const { quote } = language;
    const text = `${quote}${code.slice(start, end)}${quote}`;
    found.push({
      rule: 'partner-id-as-number',
      start,
      end,
      message: l10n.t(
        'The partner ID is text: a number loses its leading zeros, which are part of what is signed. Compare it with the ID in the portal.',
      ),
      // A number's own type would have to go with it.
      fixes:
        isLiteral &&
        !/\b(?:int|long|Int|Long|Integer|uint\w*)\b[^\n=]*=\s*$/.test(source.lineBefore(start))
          ? [{ title: l10n.t('Convert partner ID to a string'), edits: [{ start, end, text }] }]
          : [],
    });
  };
  for (const match of source.matches(PARTNER_NUMBER, /partner/)) {
    const [whole, name = '', digits = ''] = match;
    const start = match.index + whole.length - digits.length;
    if (source.isInString(start) || !isRequest(source, name, match.index)) continue;
    report(start, start + digits.length, true);
  }
  for (const { 0: whole, index } of source.matches(TO_NUMBER, /partner/)) {
    const line = source.lineAt(index);
    if (source.isInString(index) || /":"|':'|sec_?key|Partner\.find/.test(line)) continue;
    if (isRequest(source, whole, index)) report(index, index + whole.length, false);
  }
  for (const call of source.matches(SDK_CALL)) {
    const first = source.argumentsAt(call.index + call[0].length - 1)[0];
    if (first && /^\d{1,6}$/.test(source.slice(first)) && source.says(SDK_FILE))
      report(first.start, first.end, true);
  }
  return found;
}

function isRequest(source: Source, name: string, at: number): boolean {
  if (/smile/i.test(name)) return true;
  if (namesOtherService(name)) return false;
  const group = source.groupAt(at);
  const around = group ? source.slice(group) : source.near(at, 4);
  if (REQUEST.test(around)) return true;
  for (const owner of source.owners(at)) {
    if (namesOtherService(owner)) return false;
    if (OURS.test(owner)) return true;
  }
  return REQUEST.test(source.lineAt(at)) || REQUEST.test(source.near(at, 2));
}

/** The option for links to images that an SDK reads; Java's has none. */
const IMAGE_OPTIONS: Readonly<Record<SdkLanguage, string | null>> = {
  javascript: 'return_images',
  python: 'return_images',
  ruby: 'return_image_links',
  php: 'return_image_links',
  java: null,
};
const IMAGE_OPTION = /\b(return_image(?:s|_links))\b["']?\]?\s*(?:=>|=(?![=>])|:(?!:))(?!\s*bool)/g;

/** `return_images` and `return_image_links`: each SDK reads one of the two, and passes over the other. */
export function wrongImageOption(source: Source): Finding[] {
  const sdk = source.fact('sdk', ({ code, languageId }) => sdkFileOf(code, languageId).sdk);
  const right = sdk === null ? null : IMAGE_OPTIONS[sdk];
  if (right === null) return [];
  const found: Finding[] = [];
  for (const { 1: name = '', index } of source.matches(IMAGE_OPTION)) {
    const group = source.groupAt(index);
    const around = group ? source.slice(group) : source.near(index, 3);
    // In quotes it is a key; in a longer text it is prose.
    const isProse =
      source.isInString(index) &&
      !/^["']\w+["']/.test(source.code.slice(index - 1, index + name.length + 1));
    if (name === right || isProse || new RegExp(`\\b${right}\\b`).test(around)) continue;
    const end = index + name.length;
    found.push({
      rule: 'wrong-image-option',
      start: index,
      end,
      message: l10n.t('This SDK ignores {0} without a warning; use {1}.', name, right),
      fixes: [
        { title: l10n.t('Rename to {0}', right), edits: [{ start: index, end, text: right }] },
      ],
    });
  }
  return found;
}
