import { languageOf } from '../text/languages';
import { placeIn, type Place } from './place';
import type { SdkFile } from './sdkFile';
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

/** How a name stands in the code; `of` is the expression it belongs to, empty where the line does not hold it. */
interface Spot {
  readonly how: 'member' | 'key' | 'bare';
  readonly of: string;
}

/** What stands around a name; `before` and `after` leave out its quotes. */
interface Around {
  readonly name: string;
  readonly line: string;
  readonly before: string;
  readonly after: string;
  readonly language: SdkLanguage;
  readonly accessor: RegExp;
}

/** Longer lines are made by machines. */
const LONGEST_LINE = 20_000;
const LONGEST_NAME = 40;
/** Characters on either side that are read. */
const REACH = 200;

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
/** The value of a job type. */
const NUMBER = /^['"]?\s*(?:=>|[:=])\s*['"]?(?:\d|.*job_?type)/i;
const CONTAINERS: ReadonlySet<string> = new Set(['JOB_TYPE', 'JobType', 'IMAGE_TYPE']);
const CONTAINER = /\b(?:JOB_TYPE|JobType|IMAGE_TYPE)(?:\.|::)$/;
const MEMBER = /\b(?:JOB_TYPE|JobType|IMAGE_TYPE)(?:\.|::)(\w+)/;
/** An expression that names an SDK's package. */
const PACKAGE = /smile|\bsid|^core$/i;
const FOREIGN_IMPORT =
  /^\s*(?:import|use|from)\s(?!.*smile(?:-identity-core|_id_core|\.identity|identity\\))|\b(?:from|require(?:_relative)?\s*\(?)\s*['"](?!smile-identity-core)/i;
const CHAIN = /(?:[\w$@?.!:>\-[\]'"]|\([^()]*\))+$/;
const LOOKUP =
  /(?:\.|->|\barray_key_)(?:get(?:As)?(?:String|Boolean|Int|Json\w*|Object)?|opt\w*|fetch|dig|has\w*|exists|pop|put|set|setdefault|key\?|contains\w*|remove|delete)\s*\(\s*(?:[\w'":$]+\s*,\s*)*$/;

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
 * The name of an SDK at a place, where it is used as one: called, a member, a key, an argument, a constant.
 * Null in comments, in prose, in languages without an SDK, and where the file has nothing to do with Smile ID.
 * Reads this line alone, in time in proportion to its length.
 *
 * @param character offset in UTF-16 units; right behind a name counts
 * @param languageId VS Code's
 * @param file asked only where the line looks right
 */
export function sdkNameAt(
  line: string,
  character: number,
  languageId: string,
  file: () => SdkFile,
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
  if (entry === undefined) return null;
  const around: Around = {
    name,
    line,
    before: line.slice(Math.max(0, start - REACH), start),
    after: line.slice(end, end + REACH),
    language,
    accessor: row.accessor,
  };
  const spot = spotOf(around, placeIn(line, start, row));
  if (spot === null || !fits(entry, spot, around)) return null;
  const { sdk, namesSmile } = file();
  const counts = sdk !== null || (namesSmile && !entry.isGeneric && spot.how !== 'bare');
  return counts ? { entry, language, start, end } : null;
}

function spotOf(around: Around, place: Place): Spot | null {
  const { before, after, language } = around;
  if (place === 'comment' || place === 'string') return null;
  const mark = before.at(-1) ?? '';
  if (place === 'quote') {
    return after.startsWith(mark) ? literal(before.slice(0, -1), after.slice(1), language) : null;
  }
  if (language === 'ruby' && mark === ':' && before.at(-2) !== ':') {
    return literal(before.slice(0, -1), after, language);
  }
  const accessor = around.accessor.exec(before);
  if (accessor !== null) return { how: 'member', of: chainOf(before.slice(0, accessor.index)) };
  if (isKey(around)) return { how: 'key', of: '' };
  return isExpression(around) ? { how: 'bare', of: '' } : null;
}

/** The expression that ends a text, without the arguments of its calls. */
const chainOf = (before: string): string =>
  (CHAIN.exec(before.trimEnd())?.[0] ?? '').replace(/\([^()]*\)/g, '()');

/** A string or a symbol: a key of a literal, an index, an argument of a look-up, or asked for with `in`. */
function literal(before: string, after: string, language: SdkLanguage): Spot | null {
  if (/[\w)\]?.]\[\s*$/.test(before) && /^\s*\]/.test(after)) {
    return { how: 'member', of: chainOf(before.slice(0, before.lastIndexOf('['))) };
  }
  const lookup = LOOKUP.exec(before);
  if (lookup !== null) return { how: 'member', of: chainOf(before.slice(0, lookup.index)) };
  const keyed = language === 'php' ? /^\s*=>/ : /^\s*(?::(?!:)|=>)/;
  const isChoice = /(?:\?|\bcase)\s*$/.test(before);
  if (language !== 'java' && !isChoice && keyed.test(after)) return { how: 'key', of: '' };
  if (/^\s+(?:not\s+)?in\s/.test(after)) return { how: 'key', of: '' };
  return null;
}

/** A key of an object, a named argument, a name taken out of an object. */
function isKey({ before, after, language }: Around): boolean {
  switch (language) {
    case 'javascript':
      return (
        (/(?:^|[{,(;])\s*(?:(?:readonly|public|private)\s+)*$/.test(before) &&
          /^\??\s*:(?!:)/.test(after)) ||
        (/\{(?:[^{}()[\]]*,)?\s*$/.test(before) && /^\s*(?:[,}]|=(?!=))/.test(after))
      );
    case 'python':
      return /(?:^|[(,])\s*$/.test(before) && /^\s*=(?!=)/.test(after);
    case 'ruby':
      return /^:(?!:)/.test(after) && !/\?\s*$/.test(before);
    case 'php':
      return /[(,]\s*$/.test(before) && /^\s*:(?!:)/.test(after);
    case 'java':
      return false;
  }
}

/** Whether a name stands where prose has none: beside an operator, a bracket, a keyword. */
function isExpression({ before, after, language }: Around): boolean {
  const mark = before.at(-1);
  if ((language === 'php' && mark === '$') || (language === 'ruby' && mark === '@')) return true;
  return (
    /(?:^|\.\.\.|[[({<,=!&|:>+?\\]|\b(?:const|let|var|return|await|and|or|not|if|unless|in|new|import|instanceof|extends|private|public|final|static|readonly|String))\s*$/.test(
      before,
    ) && /^(?:\s*(?:[\])},;>|&?]|=|$)|\(|[.[]\S|\s+(?:as|from)\b|\s+\w+\s*[=;(,)])/.test(after)
  );
}

/** Whether an entry can be meant in such a spot, as far as its line tells. */
function fits(entry: SdkName, spot: Spot, around: Around): boolean {
  if (FOREIGN_IMPORT.test(around.line)) return false;
  switch (entry.kind) {
    case 'call':
      return spot.how === 'member' && !SELF.test(spot.of) && !FOREIGN.test(spot.of);
    case 'class':
      if (spot.how === 'member') return PACKAGE.test(spot.of);
      // an own class of that name has members of its own
      return (
        !/^(?:\??:|\.(?!new\b|mock))/.test(around.after) &&
        !/\b(?:const|let|var)\s*$/.test(around.before)
      );
    case 'constant':
      return isConstant(around, spot);
    case 'option':
    case 'field':
      return isField(entry, around, spot);
  }
}

function isConstant({ name, line, before, language }: Around, { how, of }: Spot): boolean {
  if (CONTAINER.test(before)) return true;
  if (!CONTAINERS.has(name)) return false;
  if (how === 'member') return PACKAGE.test(of);
  // others have job types, too: ours is imported from the SDK, or has a member that we know
  const member = MEMBER.exec(line)?.[1] ?? '';
  return (
    member === 'fromValue' ||
    namesOf(language).has(member) ||
    /smile/i.test(line) ||
    /^\s*\w+,?\s*$/.test(line)
  );
}

function isField(entry: SdkName, { name, line, after }: Around, { how, of }: Spot): boolean {
  if (how === 'bare') return !entry.isGeneric;
  if (FOREIGN.test(of)) return false;
  if (!entry.isGeneric || name === 'ResultCode') return true;
  if (FOREIGN.test(line)) return false;
  if (name === 'job_type') return how === 'member' || NUMBER.test(after) || BESIDE.test(line);
  return how === 'member' ? of === '' || REPLY.test(of) : BESIDE.test(line);
}
