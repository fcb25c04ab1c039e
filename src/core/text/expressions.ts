import { KIND, type TokenWriter } from './tokens';

/** Whether an operand has just ended: a slash after it divides, and `<` compares. */

const BEFORE_OPERAND_IN_SCRIPT = new Set([
  ...['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do'],
  ...['instanceof', 'await', 'yield', 'default', 'extends'],
]);
const CONDITIONS = new Set(['if', 'while', 'for', 'with']);
const BEFORE_OBJECT = new Set([
  ...['return', 'typeof', 'case', 'in', 'of', 'void', 'throw', 'new', 'await', 'yield', 'default'],
]);

/** In JavaScript and TypeScript. */
export function endsOperandInScript(out: TokenWriter): boolean {
  const index = out.lastCode;
  switch (out.kindOf(index)) {
    case KIND.word: {
      if (!BEFORE_OPERAND_IN_SCRIPT.has(out.textOf(index))) return true;
      const before = out.textOf(out.codeBefore(index));
      return before === '.' || before === '?.';
    }
    case KIND.number:
    case KIND.endQuote:
    case KIND.regexp:
      return true;
    case KIND.close:
      return closesOperand(out, index);
    case KIND.punctuation: {
      const sign = out.textOf(index);
      if (sign === '++' || sign === '--') return true;
      // TypeScript's assertion: `value!`
      return sign === '!' && isOperand(out, out.codeBefore(index), out.startOf(index));
    }
    default:
      return false;
  }
}

function isOperand(out: TokenWriter, index: number, end: number): boolean {
  if (index < 0 || out.endOf(index) !== end) return false;
  const kind = out.kindOf(index);
  if (kind === KIND.word) return !BEFORE_OPERAND_IN_SCRIPT.has(out.textOf(index));
  return kind === KIND.close;
}

function closesOperand(out: TokenWriter, index: number): boolean {
  const sign = out.textOf(index);
  if (sign === ']') return true;
  const opening = out.partnerOf(index);
  if (opening < 0) return sign === ')';
  const before = out.codeBefore(opening);
  if (sign === ')') {
    if (out.kindOf(before) !== KIND.word || !CONDITIONS.has(out.textOf(before))) return true;
    return out.textOf(out.codeBefore(before)) === '.';
  }
  return out.kindOf(before) === KIND.word
    ? BEFORE_OBJECT.has(out.textOf(before))
    : isBeforeObject(out, before);
}

function isBeforeObject(out: TokenWriter, before: number): boolean {
  if (out.kindOf(before) === KIND.open) return !out.textOf(before).endsWith('{');
  if (out.kindOf(before) !== KIND.punctuation) return false;
  return !['=>', ';', '>'].includes(out.textOf(before));
}

const BEFORE_OPERAND_IN_RUBY = new Set([
  ...['if', 'elsif', 'unless', 'while', 'until', 'when', 'case', 'in', 'and', 'or', 'not', 'then'],
  ...['return', 'do', 'else', 'puts', 'yield', 'begin', 'rescue', 'ensure'],
]);

/**
 * In Ruby. A word that is followed by a space, with none after the sign, is the name of a method: `puts /x/`.
 * @param length of the sign here, such as `/`, `%` and `<<`
 */
export function endsOperandInRuby(out: TokenWriter, at: number, length: number): boolean {
  const index = out.lastCode;
  // A line ends a statement, unless it ends with an operator.
  const isNewLine = out.text.slice(out.endOf(index), at).includes('\n');
  if (isNewLine && out.kindOf(index) !== KIND.punctuation) return false;
  switch (out.kindOf(index)) {
    case KIND.word: {
      const before = out.codeBefore(index);
      const joint =
        before >= 0 && out.endOf(before) === out.startOf(index) ? out.textOf(before) : '';
      const isCalled = joint === '.' || joint === '&.';
      const word = out.textOf(index);
      if (!isCalled && joint !== ':' && BEFORE_OPERAND_IN_RUBY.has(word)) return false;
      if (word === 'def') return true;
      const isVariable = joint === '@' || joint === '$' || (!isCalled && /^[A-Z\d]/.test(word));
      const next = out.text.charAt(at + length);
      const isCommand = out.endOf(index) < at && !/[\s=]/.test(next);
      return isVariable || !isCommand;
    }
    case KIND.number:
    case KIND.endQuote:
    case KIND.regexp:
    case KIND.close:
      return true;
    case KIND.punctuation: {
      const sign = out.textOf(index);
      // names of methods: `:/`, `def /`, `.%`
      if (out.endOf(index) !== at) return false;
      if (sign === ':')
        return out.text.charAt(out.startOf(index) - 1).trim() === '' || isOpening(out, index);
      return sign === '.' || sign === '&.';
    }
    default:
      return false;
  }
}

const isOpening = (out: TokenWriter, index: number): boolean =>
  out.kindOf(index - 1) === KIND.open && out.endOf(index - 1) === out.startOf(index);

/** Whether a word of a shell here is the name of a command, and not an argument. */
export function beginsCommand(out: TokenWriter, at: number): boolean {
  const index = out.lastCode;
  if (index < 0) return true;
  const end = out.endOf(index);
  if (out.text.slice(end, at).includes('\n')) return true;
  if (out.kindOf(index) === KIND.endQuote) return false;
  if (out.kindOf(index) === KIND.open) return true;
  const last = out.textOf(index);
  if (out.kindOf(index) === KIND.close) return last === ')' && out.partnerOf(index) < 0;
  return /^(?:[;&|!]+|then|do|else|\))$/.test(last);
}
