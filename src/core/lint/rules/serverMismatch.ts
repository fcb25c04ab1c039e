import * as l10n from '../../l10n';
import { environmentName } from '../../smile/environment';
import { namesOtherService } from '../../text/relevance';
import { environmentOfFile, type Environment } from '../environmentWords';
import type { Fix } from '../finding';
import { inOrder, eitherOf } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import { sdkCallsIn } from '../sdkCalls';
import type { Stretch } from '../search';
import { Source } from '../source';

const GIVEN = /["']?\]?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))[ \t]{0,9}/;
const SERVER = inOrder(
  'gi',
  /(?<![\w$])["':]?(\w{0,40}sid_?server)/,
  GIVEN,
  /(?<quote>["']?)([01])\k<quote>(?![\w.])/,
);
const HOST = inOrder(
  'gi',
  /(?<![\w$])["':]?(\w{1,60})["']?[ \t]{0,9}(?:=>|:=|=(?!=)|:(?!:))[ \t]{0,9}/,
  /["']?(https:\/\/(test)?api\.smileidentity\.com[\w/]*)/,
);
/** `sid_server: env === 'production' ? 1 : 0`, and how Python writes it. */
const CHOICE = inOrder(
  'gi',
  /sid_?server\w{0,9}["']?\]?\s{0,3}(?:=>|[:=])[^\n?]{0,60}?/,
  /((?:[!=]==?\s*)?["']?prod(?:uction)?\b["']?\??|is_?prod(?:uction)?\b)/,
  /[^\n?:]{0,20}\?\s*["']?([01])\b["']?\s*:\s*["']?([01])\b/,
);
const CHOICE_AFTER = inOrder(
  'gi',
  /sid_?server\w{0,9}["']?\]?\s{0,3}=\s*["']?([01])["']?\s+if\s[^\n]{0,60}?/,
  /((?:[!=]=\s*)?["']prod(?:uction)?["'])[^\n]{0,20}\selse\s+["']?([01])\b/,
);

/** A server number or a host that belongs to the other environment than the names around it. */
function* check(source: Source): Generator<Problem<string>> {
  const { code } = source;
  const wrong = (
    start: number,
    length: number,
    is: Environment,
    wanted: Environment | null,
    inSandbox?: string,
  ): Problem<string>[] => {
    if (wanted === null || wanted === is) return [];
    const message = l10n.t(
      'This is the {0} server, in a setup for {1}. Each environment has its own API key: requests would be refused, or would reach the wrong one.',
      environmentName(is),
      environmentName(wanted),
    );
    // Nothing moves a setup to production but its owner.
    const detail = wanted === 'production' ? undefined : inSandbox;
    return [{ start, end: start + length, message, detail }];
  };
  for (const match of source.matches(SERVER, /sid_?server/)) {
    const [whole, name = '', quote = '', number = ''] = match;
    const at = match.index + whole.length - quote.length - number.length;
    if (/\bif\b|\?/.test(code.slice(at + 1, at + 60).split('\n', 1)[0] ?? '')) continue;
    const wanted = environmentNear(source, name, match.index);
    yield* wrong(at, 1, serverOf(number), wanted, '0');
  }
  for (const match of source.matches(HOST, /smileidentity/)) {
    const [whole, name = '', host = '', test] = match;
    const at = match.index + whole.length - host.length;
    const wanted = Source.environmentIn(name);
    const is = test ? 'sandbox' : 'production';
    yield* wrong(at, host.length, is, wanted, host.replace('//api.', '//testapi.'));
  }
  for (const match of source.matches(CHOICE, /sid_?server/)) {
    const [whole, condition = '', yes = ''] = match;
    const at = match.index + whole.search(/\?\s*["']?[01]\b/) + 1;
    if (IS_NEGATED.test(code.slice(0, match.index + whole.indexOf(condition)).slice(-40))) continue;
    yield* wrong(code.indexOf(yes, at), 1, serverOf(yes), environmentIf(condition));
  }
  for (const match of source.matches(CHOICE_AFTER, /sid_?server/)) {
    const [whole, yes = '', condition = ''] = match;
    if (/\bif\s+not\b/.test(whole)) continue;
    const at = match.index + whole.search(/[01]["']?\s+if\s/);
    yield* wrong(at, 1, serverOf(yes), environmentIf(condition));
  }
  for (const call of sdkCallsIn(source)) {
    const last = call.arguments.at(-1);
    const number = last && /^["']?([01])["']?$/.exec(source.slice(last))?.[1];
    if (call.arguments.length < 3 || !last || number === undefined) continue;
    // A callback's address may hold any word.
    const names = call.arguments
      .slice(0, -1)
      .map((one) => source.slice(one))
      .filter((name) => !name.includes('://'));
    const wanted = agreed(
      [assignedTo(source, call.start), ...names].map((name) => Source.environmentIn(name)),
    );
    yield* wrong(code.indexOf(number, last.start), 1, serverOf(number), wanted, '0');
  }
}

function fix(_source: Source, range: Stretch, right: string): Fix[] {
  const title = l10n.t('Use the {0} server: {1}', environmentName('sandbox'), right);
  return [{ title, edits: [{ ...range, text: right }] }];
}

/** The variable that an object is made for: `const sandbox = new WebApi(`. */
function assignedTo(source: Source, at: number): string {
  return ASSIGNED.exec(source.lineBefore(at))?.[1] ?? '';
}

const ASSIGNED = inOrder(
  '',
  /([\w$]{1,40})["'\]]?\s*(?::\s*\w+\s*)?:?=\s*/,
  /(?:(?:await|new)\s+|[\w.]+(?:\.|::))*$/,
);
const IS_NEGATED = /(?:!|\bnot\s)\s*[\w.$]*$/;
const serverOf = (number: string): Environment => (number === '1' ? 'production' : 'sandbox');
const environmentIf = (condition: string): Environment =>
  condition.startsWith('!') ? 'sandbox' : 'production';

function agreed(all: readonly (Environment | null)[]): Environment | null {
  const found = new Set(all.filter((one) => one !== null));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const ENVIRONMENT = inOrder(
  'gi',
  /(?:smile\w{0,20}env(?:ironment)?|(?<![\w.])env(?:ironment)?|sid_env\w{0,9})/,
  /["']?\]?\s{0,3}(?:=>|[:=])\s{0,3}["']?(sandbox|test|production|prod|live)\b/,
);
const NAMED_KEY = new RegExp(
  String.raw`\b\w{0,40}?${eitherOf('sandbox test prod production live')}_?(?:api_?)?key\b`,
  'gi',
);

const API_HOST = /\/\/(test)?api\.smileidentity\.com/gi;

/** What the names around a server number say: its own, its block's, its neighbors', its file's. */
function environmentNear(source: Source, name: string, at: number): Environment | null {
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
  const neighbors = namesOtherService(around)
    ? []
    : [
        ...[...around.matchAll(ENVIRONMENT)]
          // Without brackets, an "environment" may be that of anything.
          .filter(([whole]) => isGrouped || /^s(?:mile|id)/i.test(whole))
          .map(([, word = '']) => Source.environmentIn(word)),
        ...[...around.matchAll(NAMED_KEY)].map(([word]) => Source.environmentIn(word)),
      ];
  if (neighbors.length > 0) return agreed(neighbors);
  const hosts = new Set([...around.matchAll(API_HOST)].map(([, test]) => test !== undefined));
  if (hosts.size === 1) return hosts.has(true) ? 'sandbox' : 'production';
  const isSettings =
    source.languageId === 'dotenv' || /(?:settings|config|environments?)\//.test(source.path);
  return isSettings ? environmentOfFile(source) : null;
}

export const rule = defineRule({
  id: 'server-mismatch',
  title: 'Server of the other environment',
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'a server of another environment than the names around it',
  setting: '`sid_server` or the host belongs to another environment than the names around it.',
  text: `
\`sid_server\` 0 is the sandbox, 1 is production, and each has API keys of its own. Here the number or
the host belongs to the other environment than the names around it: calls are refused (2205), or
reach the wrong server.
`,
  wrong: `
// Smile ID
const sandbox = { partner_id: '085', sid_server: 1 };
`,
  right: `
// Smile ID
const sandbox = { partner_id: '085', sid_server: 0 };
`,
};
