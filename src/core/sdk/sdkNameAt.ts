import { callAround } from '../text/calls';
import { CodeTree, type TokenRange } from '../text/codeTree';
import { languageOf } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { isJoint, isOperandBefore, operandTo } from '../text/names';
import { stringAt, wordAt } from '../text/values';
import { wordSet } from '../text/wordSet';
import { isImportOfOthers } from './imports';
import { IN_COMMENT, type SdkFile } from './sdkFile';
import type { SdkLanguage } from './sdkLanguage';
import { SDK_NAMES, type SdkName } from './sdkNames';

/** A name of an SDK in a line. Offsets in UTF-16 units. */
export interface SdkNameSpan {
  readonly entry: SdkName;
  /** The SDK whose variant it is. */
  readonly language: SdkLanguage;
  readonly start: number;
  readonly end: number;
}

/** How a name stands in the code; `of` is the path that it is read from, empty where the line does not hold it. */
interface Spot {
  readonly how: 'member' | 'key' | 'bare';
  readonly of: readonly string[];
}

/** A name in the tokens of its line: a word, or a string. */
interface NameInLine {
  readonly name: string;
  readonly code: CodeTree;
  readonly range: TokenRange;
  readonly language: SdkLanguage;
}

/** Longer lines are made by machines. */
const LONGEST_LINE = 20_000;
const LONGEST_NAME = 40;

/** Whose job, signature or history it is where it is not Smile ID's. */
const FOREIGN =
  /queue|github|gitlab|circle|jenkins|travis|buildkite|\bci\b|celery|bull|sidekiq|redis|batch|scheduler|airflow|databricks|\bglue|spark|stripe|jw[ts]|ethers|wallet|web3|solana|\btx\b|transaction|paystack|flutterwave|slack|svix|twilio|headers?\b|mpesa|stkcallback|router|navigation|\bwindow\b/i;
const SELF = /^(?:this|self|cls|super|\$this)$/;
/** What holds a reply, by the last word of the expression. */
const REPLY =
  /(?:data|body|response|resp|res|reply|result|answer|payload|callback|status|job|json|params|sig|sid|smile)$/i;
/** Words beside `signature` and `history` that make them Smile ID's. */
const BESIDE =
  /timestamp|partner_?id|sec_key|user_id|job_id|partner_params|image_links|return_|_signature|smile/i;
const CONTAINERS = wordSet('JOB_TYPE JobType IMAGE_TYPE');
const MEMBER = /\b(?:JOB_TYPE|JobType|IMAGE_TYPE)(?:\.|::)(\w+)/;
/** A path that names an SDK's package. */
const PACKAGE = /smile|\bsid|^core$/i;
/** Calls that read or write what their argument names. */
const LOOKUP =
  /^(?:get(?:As)?(?:String|Boolean|Int|Json\w*|Object)?|opt\w*|fetch|dig|has\w*|exists|pop|put|set|setdefault|key\?|contains\w*|remove|delete|array_key_exists)$/;
const MODIFIERS = wordSet('readonly public private');
/** The last character of what may be before a name in an expression, and the words. */
const BEFORE_NAME = /[[({<,=!&|:>+?\\]$|^\.\.\.$/;
const WORDS_BEFORE_NAME = wordSet(
  'const let var return await and or not if unless in new import instanceof extends private public final static ' +
    'readonly String',
);
const AFTER_NAME = /^[\])},;>|&?=([]/;

const byLanguage = new Map<SdkLanguage, ReadonlyMap<string, SdkName>>();

function namesOf(language: SdkLanguage): ReadonlyMap<string, SdkName> {
  const known = byLanguage.get(language);
  if (known !== undefined) return known;
  const names = new Map(
    SDK_NAMES.flatMap((entry) => {
      const variant = entry.variants[language];
      return variant === undefined
        ? []
        : (variant.names ?? entry.names).map((name) => [name, entry] as const);
    }),
  );
  byLanguage.set(language, names);
  return names;
}

/**
 * The name of an SDK at a position, where it is used as one: called, a member, a key, an argument, a constant.
 * Null in comments, in prose, in languages without an SDK, and where the file has nothing to do with Smile ID.
 * Reads this line, in time in proportion to its length, and what is known of the file.
 *
 * @param character offset in UTF-16 units; right behind a name counts
 * @param languageId VS Code's
 * @param file asked only where the line looks right
 * @param lineStart where the line begins in that file; null if it is not known
 */
export function sdkNameAt(
  line: string,
  character: number,
  languageId: string,
  file: () => SdkFile,
  lineStart: number | null = null,
): SdkNameSpan | null {
  const row = languageOf(languageId);
  const language = row?.sdk ?? null;
  if (row === null || language === null || line.length > LONGEST_LINE) return null;
  const word = language === 'javascript' || language === 'java' ? /[\w$]/ : /\w/;
  let start = character;
  let end = character;
  while (start > 0 && character - start < LONGEST_NAME && word.test(line.charAt(start - 1))) {
    start -= 1;
  }
  while (end < line.length && end - character < LONGEST_NAME && word.test(line.charAt(end))) {
    end += 1;
  }
  const name = line.slice(start, end);
  const entry = namesOf(language).get(name);
  if (entry === undefined || IN_COMMENT.test(line)) return null;
  const code = new CodeTree(tokensOf(line, row), row);
  const index = code.tokens.indexAt(start);
  const inLine = { name, code, range: code.whole(index), language };
  const spot = code.tokens.endOf(index) === end ? spotOf(inLine, index) : null;
  if (spot === null || !fits(entry, spot, inLine) || isImportOfOthers(code, index)) return null;
  const known = file();
  const { sdk, namesSmile, imports, isSilent } = known;
  const root = spot.of[0] ?? '';
  const isOthers = imports.others.has(spot.how === 'member' ? root : name);
  const isImported = spot.how === 'bare' && imports.own.has(name);
  if (isImported || (isOthers && (entry.isGeneric || entry.kind === 'class'))) return null;
  if (lineStart !== null && isSilent({ start: lineStart + start, end: lineStart + end }))
    return null;
  const needsPackage = spot.how === 'member' && (entry.kind === 'class' || CONTAINERS.has(name));
  if (needsPackage && !PACKAGE.test(spot.of.join('.')) && !imports.ours.has(root)) return null;
  const counts = sdk !== null || (namesSmile && !entry.isGeneric && spot.how !== 'bare');
  return counts ? { entry, language, start, end } : null;
}

function spotOf({ name, code, range, language }: NameInLine, index: number): Spot | null {
  const { tokens } = code;
  const kind = tokens.kindAt(index);
  if (kind === 'text')
    return stringAt(code, range.first) === name ? literal(code, range, language) : null;
  if (kind !== 'word') return null;
  const before = tokens.previousCode(index);
  const isTight = tokens.endOf(before) === tokens.startOf(index);
  if (language === 'ruby' && code.textOf(before) === ':' && isTight)
    return literal(code, { first: before, last: index }, language);
  if (isJoint(code, before))
    return { how: 'member', of: pathTo(code, tokens.previousCode(before)) };
  if (isKey(code, index, language)) return { how: 'key', of: [] };
  return isExpression(code, index, language) ? { how: 'bare', of: [] } : null;
}

const pathTo = (code: CodeTree, last: number): readonly string[] =>
  last < 0 ? [] : operandTo(code, last).names;

/** A string or a symbol: a key of a literal, an index, an argument of a look-up, or asked for with `in`. */
function literal(code: CodeTree, range: TokenRange, language: SdkLanguage): Spot | null {
  const { tokens } = code;
  const before = tokens.previousCode(range.first);
  const next = tokens.nextCode(range.last);
  const after = code.textOf(next);
  if (code.textOf(before) === '[' && isOperandBefore(code, before) && after === ']')
    return { how: 'member', of: pathTo(code, code.before(before)) };
  const call = callAround(code, range.first);
  if (call !== null && LOOKUP.test(call.name)) return { how: 'member', of: call.path.slice(0, -1) };
  const isChoice = /^(?:\?|case)$/.test(code.textOf(before));
  const isKeyed = after === '=>' || (after === ':' && language !== 'php');
  if (language !== 'java' && !isChoice && isKeyed) return { how: 'key', of: [] };
  const isAsked = after === 'in' || (after === 'not' && code.textOf(next + 1) === 'in');
  return isAsked ? { how: 'key', of: [] } : null;
}

/** A key of an object, a named argument, a name taken out of an object. */
function isKey(code: CodeTree, index: number, language: SdkLanguage): boolean {
  const { tokens } = code;
  const after = code.textOf(tokens.nextCode(index));
  let at = tokens.previousCode(index);
  const before = code.textOf(at);
  switch (language) {
    case 'javascript': {
      const opener = code.textOf(code.openerOf(index));
      if (opener.endsWith('{') && /^(?:.?\{|,)$/.test(before) && /^[,}=]?$/.test(after))
        return true;
      while (MODIFIERS.has(code.textOf(at))) at = tokens.previousCode(at);
      const isOptional = after === '?' && code.textOf(tokens.nextCode(index) + 1) === ':';
      return /^(?:.?[{(]|[,;]|)$/.test(code.textOf(at)) && (isOptional || /^\??:$/.test(after));
    }
    case 'python':
      return /^[(,]?$/.test(before) && after === '=';
    case 'ruby':
      return after === ':' && before !== '?';
    case 'php':
      return /^[(,]$/.test(before) && after === ':';
    case 'java':
      return false;
  }
}

/** Whether a name stands where prose has none: beside an operator, a bracket, a keyword. */
function isExpression(code: CodeTree, index: number, language: SdkLanguage): boolean {
  const { tokens } = code;
  const before = tokens.previousCode(index);
  const next = tokens.nextCode(index);
  const word = code.textOf(before);
  if (code.textOf(index).startsWith('$') && language === 'php') return true;
  if (word === '@' && language === 'ruby') return true;
  if (before >= 0 && !BEFORE_NAME.test(word) && !WORDS_BEFORE_NAME.has(word)) return false;
  const after = code.textOf(next);
  if (tokens.kindAt(next) === 'word') {
    // an import with its own name, or a declaration with its type first
    return /^(?:as|from)$/.test(after) || /^[=;(,)]/.test(code.textOf(tokens.nextCode(next)));
  }
  const isMember = isJoint(code, next) && !/\s/.test(tokens.text.charAt(tokens.endOf(next)));
  return after === '' || isMember || AFTER_NAME.test(after);
}

/** Whether an entry can be meant in such a spot, as far as its line tells. */
function fits(entry: SdkName, spot: Spot, { name, code, range, language }: NameInLine): boolean {
  const { tokens } = code;
  const line = tokens.text;
  const of = spot.of.join('.');
  const next = tokens.nextCode(range.last);
  const after = code.textOf(next);
  switch (entry.kind) {
    case 'call':
      return spot.how === 'member' && !SELF.test(of) && !FOREIGN.test(of);
    case 'class': {
      if (spot.how === 'member') return true;
      // an own class of that name has members of its own
      const isMember = after === '.' && !/^(?:new$|mock)/.test(code.textOf(next + 1));
      const isDeclared = /^(?:const|let|var)$/.test(code.textOf(tokens.previousCode(range.first)));
      return !isMember && !isDeclared && !/^\??:$/.test(after);
    }
    case 'constant': {
      if (CONTAINERS.has(spot.of.at(-1) ?? '')) return true;
      if (!CONTAINERS.has(name)) return false;
      if (spot.how === 'member') return true;
      // others have job types, too: ours is imported from the SDK, or has a member that we know
      const member = MEMBER.exec(line)?.[1] ?? '';
      const isKnown = member === 'fromValue' || namesOf(language).has(member);
      return isKnown || /smile/i.test(line) || /^\s*\w+,?\s*$/.test(line);
    }
    case 'option':
    case 'field':
      if (spot.how === 'bare') return !entry.isGeneric;
      if (FOREIGN.test(of)) return false;
      if (!entry.isGeneric || name === 'ResultCode') return true;
      if (FOREIGN.test(line)) return false;
      if (name === 'job_type')
        return spot.how === 'member' || isJobType(code, next) || BESIDE.test(line);
      return spot.how === 'member' ? of === '' || REPLY.test(of) : BESIDE.test(line);
  }
}

/** Whether a sign gives a number, or what is called a job type. */
function isJobType(code: CodeTree, sign: number): boolean {
  const { tokens } = code;
  if (!/^(?:=>|:|=)$/.test(code.textOf(sign))) return false;
  const value = tokens.nextCode(sign);
  return (
    /^\d/.test(wordAt(code, value)) || /job_?type/i.test(tokens.text.slice(tokens.endOf(sign)))
  );
}
