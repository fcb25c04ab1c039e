import type { CodeTree, TokenRange } from '../text/codeTree';
import { namesBefore } from '../text/keys';
import { bareName } from '../text/names';
import { stringAt } from '../text/values';
import { wordSet } from '../text/wordSet';

/** Whose the names in a file are, by what it imports. */
export interface ImportedNames {
  /** Of an SDK of Smile ID, as they are called in the file. */
  readonly ours: ReadonlySet<string>;
  /** Of other modules of the project. */
  readonly own: ReadonlySet<string>;
  /** Of other libraries, and what was given only their values. */
  readonly others: ReadonlySet<string>;
}

const OURS = /smile-identity-core|smile_id_core|smile\.identity\.core|\bSmileIdentity(?:\\|$)/;
/** What they give is somebody else's response, maybe Smile ID's. */
const HTTP_CLIENT =
  /axios|fetch|\bgot\b|\bky\b|request|superagent|undici|httpx|aiohttp|urllib|guzzle|faraday|okhttp|retrofit|http\b/i;
const OWN = /^[.@~/]|smile|^App\b/i;
const NO_NAMES = wordSet('import from use require as type static function export');
const BEFORE_ROOT = wordSet('await new (');

type Owner = keyof ImportedNames;

const ownerOf = (module: string): Owner | null =>
  OURS.test(module)
    ? 'ours'
    : OWN.test(module)
      ? 'own'
      : HTTP_CLIENT.test(module)
        ? null
        : 'others';

/** Whether a name is in a statement that imports it from elsewhere. */
export function isImportOfOthers(code: CodeTree, index: number): boolean {
  const module = moduleOf(code, code.partOf(code.inStatement(index)));
  return module !== null && !OURS.test(module);
}

/** Reads the statements that import, and what is assigned, once. */
export function importedNames(code: CodeTree): ImportedNames {
  const found = { ours: new Set<string>(), own: new Set<string>(), others: new Set<string>() };
  /** Names that were given something else, too. */
  const mixed = new Set<string>();
  for (let part = code.firstPart(-1); part !== null; part = code.nextPart(part.first)) {
    const isImport = /^(?:import|from|use)$/.test(code.textOf(part.first));
    const module = isImport ? moduleOf(code, part) : null;
    const owner = module === null ? null : ownerOf(module);
    if (owner !== null) for (const name of namesOf(code, part)) found[owner].add(name);
  }
  for (let sign = 0; sign < code.length; sign += 1) {
    if (!/^:?=$/.test(code.textOf(sign)) || code.tokens.kindAt(sign) !== 'punctuation') continue;
    const root = rootAfter(code, sign);
    const module = requiredAt(code, root);
    const name = bareName(code.textOf(root));
    const isGiven = module === null && found.others.has(name);
    const owner = module === null ? (isGiven ? 'others' : null) : ownerOf(module);
    for (const target of targetsOf(code, sign)) {
      // `const Api = core.WebApi`
      if (module === null && found.ours.has(name) && /^[A-Z]/.test(target)) found.ours.add(target);
      if (owner === null) mixed.add(target);
      else found[owner].add(target);
    }
  }
  for (const name of mixed) found.others.delete(name);
  return found;
}

/** What a statement imports from: what is in quotes after `from`, `import` or `require`, or a path of words. */
function moduleOf(code: CodeTree, { first, last }: TokenRange): string | null {
  const word = code.textOf(first);
  const { tokens } = code;
  let isImport = /^(?:import|use|from)$/.test(word);
  for (let at = first; at >= 0 && at <= last; at = code.after(at)) {
    isImport ||= code.textOf(at) === 'from' || requiredAt(code, at) !== null;
    const text = requiredAt(code, at) ?? stringAt(code, at);
    if (isImport && text !== null) return text;
  }
  if (!/^(?:import|use|from)$/.test(word) || first === last) return null;
  const end = word === 'from' ? wordIn(code, first, last, 'import') - 1 : last;
  return tokens.text.slice(tokens.startOf(code.after(first)), tokens.endOf(end));
}

/** The module in `require('x')`. */
function requiredAt(code: CodeTree, index: number): string | null {
  if (!/^(?:require|import)(?:_relative)?$/.test(code.textOf(index))) return null;
  const open = code.after(index);
  return code.textOf(open) === '('
    ? stringAt(code, code.firstPart(open)?.first ?? -1)
    : stringAt(code, open);
}

/** What each import is called in the file: the last words before a comma, a bracket or the end. */
function namesOf(code: CodeTree, { first, last }: TokenRange): string[] {
  const isPython = code.textOf(first) === 'from';
  const begin = isPython ? wordIn(code, first, last, 'import') : first;
  const from = isPython ? last + 1 : wordIn(code, first, last, 'from');
  const end = from === first ? last + 1 : from;
  const found: string[] = [];
  let name = '';
  for (let at = begin; at < end; at += 1) {
    if (code.tokens.kindAt(at) === 'word' && !NO_NAMES.has(code.textOf(at))) name = code.textOf(at);
    else if (/^[,{}()]$/.test(code.textOf(at))) {
      found.push(name);
      name = '';
    }
  }
  return [...found, name].filter((each) => each !== '');
}

function wordIn(code: CodeTree, first: number, last: number, word: string): number {
  for (let at = first + 1; at <= last; at += 1) if (code.textOf(at) === word) return at;
  return first;
}

/** The first word of what is assigned: `jose` of `await jose.sign(body)`. */
function rootAfter(code: CodeTree, sign: number): number {
  let at = code.after(sign);
  for (let steps = 0; BEFORE_ROOT.has(code.textOf(at)) && steps < 4; steps += 1)
    at = code.textOf(at) === '(' ? (code.firstPart(at)?.first ?? -1) : code.after(at);
  return at;
}

function targetsOf(code: CodeTree, sign: number): string[] {
  const close = code.before(sign);
  const open = code.tokens.kindAt(close) === 'close' ? code.tokens.partnerOf(close) : -1;
  if (!code.textOf(open).endsWith('{')) return [namesBefore(code, sign).at(-1) ?? ''];
  return code.partsIn(open).map(({ last }) => bareName(code.textOf(last)));
}
