import { callAt } from '../text/calls';
import type { TokenRange } from '../text/codeTree';
import { keysOf } from '../text/keys';
import { isOperandBefore, operandTo } from '../text/names';
import { stringAt, wordAt } from '../text/values';
import type { CodesIn } from './codesIn';
import type { Naming } from './operands';
import {
  candidates,
  isAction,
  isActionValue,
  isCommonAction,
  isJobType,
  isReason,
  isStatus,
  type Term,
} from './terms';
import { jobTypeConstants } from './jobTypeConstants';
import { Uses, type Use } from './usesOf';
import { HOLDERS, MORE_HOLDERS } from './vocabulary';
import { nameInWords } from './words';

/** What a text speaks of at a position. */
export interface Mention {
  readonly smile: boolean;
  /** Its API v3, where `status` and `reason` are Smile ID's. */
  readonly v3: boolean;
}

/** Names that only v3 of Smile ID has: they need nothing beside them. */
const OWN_REASONS: ReadonlySet<string> = new Set([
  ...['spoof_detected', 'document_copy_detected', 'face_verification_failed'],
  ...['image_unavailable_or_invalid', 'document_unclassifiable', 'account_locked_fraud'],
  ...['age_requirement_not_met', 'content_policy_violated', 'no_address_on_record'],
]);
const ACTIONS = /^actions$/i;
/** Keys beside a `status` that tell that it is one of Smile ID's v3. */
const V3_SIBLINGS: ReadonlySet<string> = new Set(['job_id', 'user_id', 'product']);
const REACH = 60;

const VALUES: Naming = {
  rate: (name) => (isAction(name) ? (isCommonAction(name) ? 1 : 2) : 0),
  holders: HOLDERS,
  isValue: isActionValue,
  isOtherKey: () => true,
  isPath: (names) => ACTIONS.test(names.at(-2) ?? '') && isCommonAction(names.at(-1) ?? ''),
};
const JOB_TYPES: Naming = {
  rate: (name) =>
    /^(?:smile_?)?(?:job[_ ]?types?)$/i.test(name.replace(/^(?:get|set)/, '')) ? 2 : 0,
  holders: HOLDERS,
  isValue: isJobType,
  isOtherKey: (key) => !/^[A-Z]/.test(key),
};
const STATUSES: Naming = {
  rate: (name) => (/^smile\w*status$/i.test(name) ? 2 : /^(?:get)?status$/i.test(name) ? 1 : 0),
  holders: MORE_HOLDERS,
  isValue: isStatus,
  isOtherKey: () => true,
};
const REASONS: Naming = {
  rate: (name) =>
    /^(?:smile\w*|\w+_)reasons?$/i.test(name) ? 2 : /^(?:get)?reasons?$/i.test(name) ? 1 : 0,
  holders: MORE_HOLDERS,
  isValue: isReason,
  isOtherKey: () => true,
};

/** Tells what a word is in its place: nothing, or which of Smile ID's. */
class Terms {
  constructor(
    private readonly read: CodesIn,
    private readonly mention: () => Mention,
  ) {}

  at(start: number, end: number): Term | null {
    const word = this.read.text.slice(start, end);
    const term = (kind: Term['kind'], value = word): Term => ({ kind, value, start, end });
    const range = this.rangeOf(start, word);
    if (isAction(word) && this.isAction(word, range)) return term('action');
    if (isActionValue(word) && this.isActionValue(start, range)) return term('actionValue');
    if (isStatus(word) && this.isStatus(start, range)) return term('status');
    if (isReason(word) && this.isReason(word, start, range)) return term('reason');
    const constant = jobTypeConstants().get(word);
    if (constant !== undefined)
      return this.isConstant(range) ? term('jobType', String(constant)) : null;
    if (isJobType(word) && this.isJobType(start, range)) return term('jobType');
    return null;
  }

  /** The word as a value of the code; null if it is only a part of one. */
  private rangeOf(start: number, word: string): TokenRange | null {
    const { code } = this.read;
    const index = code.tokens.indexAt(start);
    const range = code.whole(index);
    const isString = code.tokens.kindAt(index) === 'text';
    return (isString ? stringAt(code, range.first) : code.textOf(index))?.trim() === word
      ? range
      : null;
  }

  private use(naming: Naming, start: number, range: TokenRange | null): Use {
    const { text, language, code } = this.read;
    const surroundings = { isReadBy: () => false, rateParameter: () => 0 as const };
    const use = range === null ? null : new Uses(code, naming, surroundings).of(range);
    if (use && (use.strength > 0 || language.layout !== 'prose')) return use;
    const name = nameInWords(text, start);
    const strength = naming.rate(name.split(/[ -]/).at(-1) ?? '') || naming.rate(name);
    return { kind: 'words', strength: strength === 2 ? 2 : 0, isDirect: true };
  }

  private isAction(word: string, range: TokenRange | null): boolean {
    const isOne = !isCommonAction(word) || (range !== null && this.isOfActions(range));
    return isOne && this.mention().smile;
  }

  /** `Actions.DOB`, `actions['DOB']`, and a key of an object, a hash or a mapping of that name. */
  private isOfActions({ first }: TokenRange): boolean {
    const { code } = this.read;
    const opener = code.openerOf(first);
    const call = code.textOf(opener) === '(' ? callAt(code, opener) : null;
    const holder =
      code.tokens.kindAt(first) === 'word'
        ? operandTo(code, first).names.at(-2)
        : isOperandBefore(code, opener)
          ? (call?.path.at(-2) ?? operandTo(code, code.before(opener)).names.at(-1))
          : undefined;
    if (ACTIONS.test(holder ?? '')) return true;
    const isKey = /^(?::|=>?)$/.test(code.textOf(code.after(code.whole(first).last)));
    return isKey && ACTIONS.test(keysOf(code, first)[0]?.name ?? '');
  }

  private isActionValue(start: number, range: TokenRange | null): boolean {
    const { strength } = this.use(VALUES, start, range);
    // An action that is not known yet, and those whose names others use, too.
    const keys = strength === 2 || range === null ? [] : keysOf(this.read.code, range.first);
    const [own, holder] = keys;
    const isUnderActions = own?.as === 'value' && ACTIONS.test(holder?.name ?? '');
    return (strength === 2 || isUnderActions) && this.mention().smile;
  }

  private isConstant(range: TokenRange | null): boolean {
    if (range === null) return false;
    const holder = operandTo(this.read.code, range.first).names.at(-2) ?? '';
    return /^JOB_?TYPE$/i.test(holder) && this.mention().smile;
  }

  private isJobType(start: number, range: TokenRange | null): boolean {
    const { code, language, text } = this.read;
    if (/^[.,]\d/.test(text.slice(start + 1, start + 3))) return false;
    const use = this.use(JOB_TYPES, start, range);
    const opener = range === null ? -1 : code.openerOf(range.first);
    const call = code.textOf(opener) === '(' ? callAt(code, opener) : null;
    const isConverted = call?.name === 'fromValue' && call.path.at(-2) === 'JobType';
    // "job_type: 6, 6 tries": in a line of words, a list of numbers may be about anything.
    const isSure = use.isDirect || !language.hasBareText;
    return (isConverted || (use.strength === 2 && isSure)) && this.mention().smile;
  }

  private isStatus(start: number, range: TokenRange | null): boolean {
    const { strength } = this.use(STATUSES, start, range);
    if (strength === 0 || !this.mention().v3) return false;
    return strength === 2 || range === null || this.isOfV3(range);
  }

  /** Whether what is beside a key tells so; true for what is no value of a key. */
  private isOfV3({ first }: TokenRange): boolean {
    const { code } = this.read;
    if (code.textOf(code.before(first)) !== ':' && code.language.layout !== 'yaml') return true;
    const inBlock = code.language.layout === 'yaml' && code.tokens.kindAt(first) !== 'open';
    const opener = inBlock ? code.openerOf(code.openerOf(first)) : code.openerOf(first);
    return code.partsIn(opener).some((part) => {
      const key = wordAt(code, part.first);
      const value = inBlock ? code.partOf(part.last + 1).first : code.whole(part.last).first;
      return V3_SIBLINGS.has(key) || (key === 'reason' && wordAt(code, value).includes('_'));
    });
  }

  private isReason(word: string, start: number, range: TokenRange | null): boolean {
    if (OWN_REASONS.has(word)) return this.mention().v3;
    return this.use(REASONS, start, range).strength > 0 && this.mention().v3;
  }
}

/**
 * The word of Smile ID at a position: a code, a key or value of an action, a job type, or a status or reason of API v3.
 * A word that others use, too, counts only in a text that speaks of Smile ID, and beside what names it.
 *
 * @param mention what the whole text speaks of; asked only for a word that could be one
 */
export function termAt(read: CodesIn, offset: number, mention: () => Mention): Term | null {
  const code = read.at(offset);
  if (code) return { kind: 'code', value: code.code, start: code.start, end: code.end };
  const { text } = read;
  const from = Math.max(0, offset - REACH);
  for (const { 0: word, index } of text.slice(from, offset + REACH).matchAll(candidates())) {
    const start = from + index;
    const end = start + word.length;
    if (start > offset || end < offset) continue;
    if (/[\w-]/.test(text.charAt(start - 1)) || /[\w-]/.test(text.charAt(end))) return null;
    return termIn(read, start, end, mention);
  }
  return null;
}

/** In the code, or else in the string or comment that the word is in. */
function termIn(read: CodesIn, start: number, end: number, mention: () => Mention): Term | null {
  const term = new Terms(read, mention).at(start, end);
  if (term !== null) return term;
  const inner = read.innerAt(start);
  const found = inner && termIn(inner.codes, start - inner.start, end - inner.start, mention);
  return found && { ...found, start, end };
}
