import * as l10n from '../../l10n';
import { namesOtherService } from '../../text/relevance';
import { environmentOfFile } from '../environmentWords';
import type { Fix, TextEdit } from '../finding';
import { isInOurs } from '../ownersNear';
import { anyOf, inOrder, eitherOf } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import { sdkCallsIn } from '../sdkCalls';
import type { Stretch } from '../search';
import { Source } from '../source';
import { statementStart } from '../statementStart';
import { withImport } from '../withImport';

/** `SMILE_API_KEY=...`, `apiKey: '...'`, `:api_key => "..."`, `env('SMILE_API_KEY', '...')`, with the value in quotes or, in data, without. */
const ASSIGNED = inOrder(
  'g',
  /(?<![\w$])["':$]?([A-Za-z][\w.-]{0,60})["']?/,
  /(?:\s{0,3}:\s{0,3}(?:string|String|str))?/,
  /[ \t]{0,20}(?:\{[^{}\n]{0,20}\}[ \t]*)?/,
  /(?:=>|:=|=|:|,(?=[ \t]*["']))[ \t]{0,20}/,
  /"([^"\r\n]*)"|'([^'\r\n]*)'|`([^`\r\n]*)`|([^\s"'`,;#()[\]{}]+)/,
);
/** `- name: SMILE_API_KEY` before `value: ...`, as deployments write it. */
const NAME_ABOVE = /\bname["']?\s*:\s*["']?([\w.-]{1,60})["']?,?\s*["']?$/;
const KEY_NAME = /(?:api_?key|auth_?key|signature_?key|smile_?(?:id_?|identity_?)?key)$/i;
/** What may stand beside "API key" in its name without making it somebody else's. */
const OWN_WORDS =
  'my our the default prod production live sandbox test staging dev partner kyc sid smile smileid identity ' +
  'id api auth signature key private const';
const OWN_NAME = new RegExp(`^(?:${eitherOf(OWN_WORDS)}_?)+$`, 'i');
const SMILE_ID = /smile[\s_-]?i(?:d|dentity)\b/i;
const SIBLING = /partner_?-?id|sid_?server|smile/i;

const STAND_INS = eitherOf(
  'your? my xxx+ place_?holder change_?me replace examples? dummy fake samples? todo insert put tests? testing ' +
    'secret fill demo mock redacted stub smile',
);
const PLACEHOLDER = anyOf(
  'i',
  new RegExp(`(?:^|[^a-z])${STAND_INS}(?:[^a-z]|$)`),
  /x{6,}|\*{3}|\.{3}|api[-_]?key|simulator/,
);
const VENDOR_KEY = new RegExp(
  `^${eitherOf(String.raw`[srp]k_ sk- AIza AKIA SG\. gh[opsu]_ xox FLW key- whsec_ psk_ atsk_ EAA ya29`)}`,
);

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

/** By where they begin: a key in a call may be under a name, too. */
function check(source: Source): Iterable<Problem<Stretch>> {
  const { code } = source;
  const found = new Map<number, Problem<Stretch>>();
  const report = (start: number, end: number, production: boolean): void => {
    if (!looksLikeKey(code.slice(start, end))) return;
    found.set(start, {
      start,
      end,
      message: production
        ? l10n.t(
            'Hard-coded API key for production. Anyone with this file can sign requests with it.',
          )
        : l10n.t('Hard-coded API key. Anyone with this file can sign requests with it.'),
      detail: { start: start - 1, end: end + 1 },
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
  for (const call of sdkCallsIn(source)) {
    const last = call.arguments.at(-1);
    const isLive = last !== undefined && /^["']?1["']?$/.test(source.slice(last));
    for (const argument of call.arguments) {
      if (!/^(["'`]).*\1$/.test(source.slice(argument))) continue;
      report(argument.start + 1, argument.end - 1, isLive || isProduction(source, '', call.open));
    }
  }
  return found.values();
}

function isOurs(source: Source, name: string, at: number): boolean {
  if (/smile/i.test(name)) return true;
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_');
  if (!OWN_NAME.test(words)) return false;
  const isInside = isInOurs(source, at);
  if (isInside !== null) return isInside;
  const group = source.groupAt(at);
  const around = group ? source.slice(group) : source.near(at, 4);
  return (
    (SIBLING.test(around) ||
      (group !== null && SMILE_ID.test(source.near(group.start, 1, source.text)))) &&
    !namesOtherService(around)
  );
}

const IS_LIVE = anyOf(
  'i',
  /\/\/api\.smileidentity\.com/,
  /sid_?server["'\]]?\s{0,3}(?:=>|[:=])\s{0,3}["']?1\b/,
);

function isProduction(source: Source, name: string, at: number): boolean {
  const environment = Source.environmentIn(name) ?? environmentOfFile(source);
  if (environment !== null) return environment === 'production';
  const group = source.groupAt(at);
  const around = group && group.end - group.start < 800 ? source.slice(group) : source.near(at, 6);
  return IS_LIVE.test(around) && !/testapi|sandbox/i.test(around);
}

/** @param quoted the key with its quotes */
function fix(source: Source, _range: Stretch, quoted: Stretch): Fix[] {
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

export const rule = defineRule({
  id: 'api-key-in-source',
  title: 'API key in a file',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'an API key in code, or in a `.env` file that Git tracks',
  setting:
    'An API key is hard-coded in source code, or in a `.env` file that Git tracks, which needs `#git.enabled#`. Keys for production are always errors, unless the rule is off.',
  text: `
Anyone who can read the file can sign requests in your name, and Git keeps it forever. The fix moves
the key into a profile, which keeps it in the keyring, and reads the environment variable
\`SMILE_API_KEY\` instead; in data, which can read no variable, it only keeps the key in a profile.

In a \`.env\` file a key is reported only if Git tracks the file: take the file out of Git and request
a new key, since the old one stays in the history. A key that is meant for production is an error.
If Git is not available (it is off, not found, or runs on another machine than the extension), a
hint on the key says so.
`,
  wrong: `
import { WebApi } from 'smile-identity-core';
const smile = new WebApi('085', callbackUrl, '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4', 0);
`,
  right: `
import { WebApi } from 'smile-identity-core';
const smile = new WebApi('085', callbackUrl, process.env.SMILE_API_KEY, 0);
`,
};
