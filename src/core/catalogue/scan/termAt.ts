import { codeAt } from './codesUsed';
import { nearest } from './linesNear';
import { jobTypeConstants } from './jobTypeConstants';
import { AHEAD, REACH } from './surroundings';
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
import { TermUse, type Naming } from './termUse';

/** What a text speaks of at a position. */
export interface Mention {
  readonly smile: boolean;
  /** Its API v3, where `status` and `reason` are Smile ID's. */
  readonly v3: boolean;
}

/** Names that only v3 of Smile ID has: they need nothing beside them. */
const OWN_REASON =
  /^(?:spoof_detected|document_copy_detected|face_verification_failed|image_unavailable_or_invalid|document_unclassifiable|account_locked_fraud|age_requirement_not_met|content_policy_violated|no_address_on_record)$/;
const ON_ACTIONS = /\bactions["'\\]{0,4}\]?\)?(?:\?\.|\.|->|(?:\?\.)?\[\\{0,3}["']|\.get\(["'])$/i;
const CONSTANT_OF = /\bJOB_?TYPE(?:\.|::)$/i;
/** Keys beside a `status` that tell that it is one of Smile ID's v3. */
const V3_SIBLING =
  /["']?\b(?:job_id|user_id|product)["']?\s*:|["']?\breason["']?\s*:\s*["'](?:[a-z]+_[a-z_]+)["']/;

const VALUES: Naming = {
  rate: (name) => (isAction(name) ? (isCommonAction(name) ? 1 : 2) : 0),
  isValue: isActionValue,
  isOtherKey: () => true,
  expression:
    /\bactions["'\]]*(?:\?\.|\.|->|\[["']|\.get\(["'])(?:DOB|Gender|Listed|Phone_Number)["'\])]*$/i,
};
const JOB_TYPES: Naming = {
  rate: (name) =>
    /^(?:smile_?)?(?:job[_ ]?types?)$/i.test(name.replace(/^(?:get|set)/, '')) ? 2 : 0,
  isValue: isJobType,
  isOtherKey: (key) => !/^[A-Z]/.test(key),
};
const STATUSES: Naming = {
  rate: (name) => (/^smile\w*status$/i.test(name) ? 2 : /^(?:get)?status$/i.test(name) ? 1 : 0),
  isValue: isStatus,
  isOtherKey: () => true,
};
const REASONS: Naming = {
  rate: (name) =>
    /^(?:smile\w*|\w+_)reasons?$/i.test(name) ? 2 : /^(?:get)?reasons?$/i.test(name) ? 1 : 0,
  isValue: isReason,
  isOtherKey: () => true,
};

/** Tells what a word is in its place: nothing, or which of Smile ID's. */
class Terms {
  private readonly values: TermUse;
  private readonly jobTypes: TermUse;
  private readonly statuses: TermUse;
  private readonly reasons: TermUse;

  constructor(
    private readonly text: string,
    private readonly mention: () => Mention,
    private readonly languageId: string | undefined,
  ) {
    this.values = new TermUse(text, VALUES);
    this.jobTypes = new TermUse(text, JOB_TYPES);
    this.statuses = new TermUse(text, STATUSES);
    this.reasons = new TermUse(text, REASONS);
  }

  at(start: number, end: number): Term | null {
    const word = this.text.slice(start, end);
    const term = (kind: Term['kind'], value = word): Term => ({ kind, value, start, end });
    if (isAction(word) && this.isAction(word, start, end)) return term('action');
    if (isActionValue(word) && this.isActionValue(start, end)) return term('actionValue');
    if (isStatus(word) && this.isStatus(start, end)) return term('status');
    if (isReason(word) && this.isReason(word, start, end)) return term('reason');
    const constant = jobTypeConstants().get(word);
    if (constant !== undefined) {
      const isOne = CONSTANT_OF.test(this.text.slice(Math.max(0, start - 30), start));
      return isOne && this.mention().smile ? term('jobType', String(constant)) : null;
    }
    if (isJobType(word) && this.isJobType(start, end)) return term('jobType');
    return null;
  }

  private isAction(word: string, start: number, end: number): boolean {
    if (!isCommonAction(word)) return this.mention().smile;
    return this.isOfActions(start) && this.isKeyOrMember(start, end) && this.mention().smile;
  }

  /** `Actions.DOB`, `actions['DOB']`, and a key of an object, a hash or a mapping of that name. */
  private isOfActions(start: number): boolean {
    const { text } = this;
    if (ON_ACTIONS.test(text.slice(Math.max(0, start - 40), start))) return true;
    return /^actions$/i.test(holderOf(text, start));
  }

  private isKeyOrMember(start: number, end: number): boolean {
    const { text } = this;
    return (
      ON_ACTIONS.test(text.slice(Math.max(0, start - 40), start)) ||
      /^[\\"'\s]{0,6}(?::|=>|=(?!=))/.test(text.slice(end, end + 9))
    );
  }

  private isActionValue(start: number, end: number): boolean {
    const { node, owner } = this.values.of(start, end, true);
    if (owner.strength < 2) {
      // An action that is not known yet, and those whose names others use, too.
      const isUnderKey = /[\w"'][\\"']*\s*(?::|=>)\s*$/.test(
        this.text.slice(Math.max(0, node.from - 40), node.from),
      );
      if (!isUnderKey || !/^actions$/i.test(holderOf(this.text, start))) return false;
    }
    return this.mention().smile;
  }

  private isJobType(start: number, end: number): boolean {
    const { text } = this;
    if (/^[.,]\d/.test(text.slice(end, end + 2)) || /\d[.,]$/.test(text.slice(start - 2, start)))
      return false;
    if (text.slice(Math.max(0, start - 20), start).endsWith('JobType.fromValue(')) {
      return this.mention().smile;
    }
    const { owner } = this.jobTypes.of(start, end, true);
    // "job_type: 6, 6 tries": in a line of words, a list of numbers may be about anything.
    const isSure = owner.direct || !/^(?:log|plaintext)$/.test(this.languageId ?? '');
    return owner.strength === 2 && isSure && this.mention().smile;
  }

  private isStatus(start: number, end: number): boolean {
    const { node, owner } = this.statuses.of(start, end, true);
    const { text } = this;
    const isLogged = /(?:^|\s)status=$/.test(text.slice(Math.max(0, node.from - 8), node.from));
    if ((owner.strength === 0 && !isLogged) || !this.mention().v3) return false;
    if (owner.strength === 2) return true;
    const isKey = /["'\w]\s*:\s*$/.test(text.slice(Math.max(0, node.from - 20), node.from));
    return !isKey || V3_SIBLING.test(flatObject(text, start));
  }

  private isReason(word: string, start: number, end: number): boolean {
    if (OWN_REASON.test(word)) return this.mention().v3;
    return this.reasons.of(start, end, true).owner.strength > 0 && this.mention().v3;
  }
}

/**
 * The word of Smile ID at a position of a line: a code as codeAt() finds it, a key or value of an action, a job type,
 * or a status or reason of API v3. A word that others use, too, counts only in a text that speaks of Smile ID, and
 * beside what names it. Of the line itself only the surroundings are read, and lines above only where the line alone
 * does not decide.
 *
 * @param linesAbove the lines above, nearest first; called and read only if they are needed
 * @param linesBelow the lines below; called only for a status, whose object tells whose it is
 * @param mention what the whole text speaks of; asked only for a word that could be one
 * @returns offsets within the line
 */
export function termAt(
  line: string,
  character: number,
  linesAbove: () => Iterable<string>,
  linesBelow: () => Iterable<string>,
  mention: () => Mention,
  languageId?: string,
): Term | null {
  const code = codeAt(line, character, linesAbove, languageId);
  if (code) return { kind: 'code', value: code.code, start: code.start, end: code.end };
  const first = Math.max(0, character - 60);
  for (const { 0: word, index } of line.slice(first, character + 60).matchAll(candidates())) {
    const start = first + index;
    const end = start + word.length;
    if (start > character || end < character) continue;
    if (/[\w-]/.test(line.charAt(start - 1)) || /[\w-]/.test(line.charAt(end))) return null;
    const from = Math.max(0, start - REACH - 1);
    const near = line.slice(from, start + AHEAD * 2);
    const above = from === 0 ? nearest(linesAbove()) : '';
    const shift = above.length - from;
    const below = isStatus(word) && start + AHEAD * 2 > line.length ? nextOf(linesBelow()) : '';
    const terms = new Terms(above + near + below, mention, languageId);
    const term = terms.at(start + shift, end + shift);
    return term && { ...term, start, end };
  }
  return null;
}

function nextOf(linesBelow: Iterable<string>): string {
  let text = '';
  for (const line of linesBelow) {
    text += `\n${line.slice(0, AHEAD)}`;
    if (text.length > AHEAD) break;
  }
  return text;
}

/** The name of what holds a position: of the brackets around it, in YAML of the key above. */
function holderOf(text: string, position: number): string {
  const least = Math.max(0, position - REACH);
  let depth = 0;
  for (let at = position - 1; at >= least; at -= 1) {
    const sign = text.charAt(at);
    if (sign === '}' || sign === ']' || sign === ')') depth += 1;
    else if (sign === '{' || sign === '[' || sign === '(') {
      if (depth === 0) {
        const before = text.slice(Math.max(least, at - 60), at);
        const name = /([A-Za-z_]\w*)["'\\]*\]?\s*(?:=>|:|=)?\s*$/.exec(before)?.[1];
        return name ?? '';
      }
      depth -= 1;
    }
  }
  return keyAbove(text, position, least);
}

function keyAbove(text: string, position: number, least: number): string {
  const lines = text.slice(least, position).split('\n');
  const indent = (line: string): number => line.length - line.trimStart().length;
  const own = indent(lines.at(-1) ?? '');
  for (let at = lines.length - 2; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && indent(line) < own) {
      return /([A-Za-z_]\w*)["']?:\s*$/.exec(line)?.[1] ?? '';
    }
  }
  return '';
}

/** The object around a position without the objects in it. */
function flatObject(text: string, position: number): string {
  let flat = '';
  let depth = 0;
  for (let at = position; at < text.length && at < position + AHEAD; at += 1) {
    const sign = text.charAt(at);
    if (sign === '}') depth -= 1;
    if (depth < 0) break;
    if (depth === 0) flat += sign;
    if (sign === '{') depth += 1;
  }
  depth = 0;
  for (let at = position - 1; at >= 0 && at > position - AHEAD; at -= 1) {
    const sign = text.charAt(at);
    if (sign === '{') depth -= 1;
    if (depth < 0) break;
    if (depth === 0) flat = sign + flat;
    if (sign === '}') depth += 1;
  }
  return flat;
}
