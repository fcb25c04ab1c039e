import { Operands } from './operands';
import { NOTHING_AT, type Node, type Owner, type Placing } from './owner';
import { LINES_ABOVE, OPERAND } from './surroundings';
import { ASKS, DECLARES } from './vocabulary';

export const NESTING = 5;
const COMMENT = /^\s*(?:\/\/|#|\/?\*|--)/;
/** A key with an open bracket, or open brackets alone: a nested part of a table. */
const NESTED_HEAD = /^\s*(?:-\s*)?(?:["'`]?([A-Za-z_][\w $-]*)["'`]?\s*(?::|=>|=)\s*)?[[({]*$/;

/** Looks in the lines above for the head of a `case`, of a list, of a table or of a class. */
export abstract class LinesAbove extends Operands {
  private lastLine = { at: -1, indent: -1, placing: '', owner: NOTHING_AT(0), lines: 0 };

  /** Whether a value under this key is plainly something else. */
  protected abstract isOtherKey(key: string): boolean;
  protected abstract inBracket(open: number, node: Node, depth: number): Owner;

  protected atLineStart(from: number, placing: Placing, depth: number): Owner {
    const lineStart = this.lineStart(from);
    if (lineStart < this.floor || depth > NESTING) return NOTHING_AT(from);
    const indent = this.indentAt(lineStart);
    return this.above(lineStart, indent, placing, depth);
  }

  protected above(lineStart: number, indent: number, placing: Placing, depth: number): Owner {
    const { floor, lastLine } = this;
    const origin = lineStart;
    if (indent === 0 && (placing === 'element' || placing === 'member')) return NOTHING_AT(origin);
    let start = lineStart;
    for (let lines = 1; ; lines += 1) {
      if (start === 0) this.reachedTop = true;
      if (start <= floor) return NOTHING_AT(floor);
      const end = start - 1;
      start = this.lineStart(end);
      if (start === lastLine.at && indent === lastLine.indent && placing === lastLine.placing) {
        const total = lastLine.lines + lines;
        const { owner } = lastLine;
        if (total > LINES_ABOVE || Math.max(0, owner.origin) < floor) return NOTHING_AT(floor);
        this.lastLine = { at: lineStart, indent, placing, owner, lines: total };
        return owner;
      }
      if (lines > LINES_ABOVE || start < floor) return NOTHING_AT(floor);
      const found = this.headOf(start, end, indent, placing, depth);
      if (found === null) continue;
      if (depth === 0) this.lastLine = { at: lineStart, indent, placing, owner: found, lines };
      return found;
    }
  }

  /** What the line above makes of a value below it; null where the search goes on. */
  protected headOf(
    start: number,
    end: number,
    indent: number,
    placing: Placing,
    depth: number,
  ): Owner | null {
    const { text } = this;
    const own = this.indentAt(start);
    if (start + own >= end || own > indent) return null;
    if (own === indent && placing !== 'label' && placing !== 'item') return null;
    const line = text.slice(start, Math.min(end, start + OPERAND * 2)).trimEnd();
    const trimmed = line.trim();
    if (trimmed === '' || COMMENT.test(line)) return null;
    if (placing === 'label') {
      if (/^[{}]/.test(trimmed) && own === indent) return null;
      const isHead = ASKS.test(line) && !isArm(trimmed);
      if (isHead) return { strength: this.subject(line), direct: false, origin: start };
      return own < indent && trimmed !== '{' ? NOTHING_AT(start) : null;
    }
    if (placing === 'item' && own === indent && trimmed.startsWith('-')) return null;
    if (/^[)\]}]/.test(trimmed) && own === indent) return null;
    return this.ownedBy(start, line, own, depth);
  }

  protected ownedBy(start: number, line: string, indent: number, depth: number): Owner {
    const { text } = this;
    const code = line.replace(/\s+(?:\/\/|#).*$/, '').trimEnd();
    const end = start + code.length - 1;
    const last = text.charAt(end);
    const arrow = /\s+->$|\s+in$/.test(code);
    let owner = NOTHING_AT(start);
    const declared = DECLARES.exec(code)?.[1];
    if (declared !== undefined) {
      owner = { strength: this.rate(declared), direct: false, origin: start };
    } else if (last === '(' || last === '[' || last === '{') {
      const trimmedStart = start + indent;
      if (end === trimmedStart && last === '{')
        return this.inBracket(end, { from: end, to: end }, depth + 1);
      owner = this.inBracket(end, { from: end + 1, to: end + 1 }, depth + 1);
    } else if (last === '=' || last === ':') {
      const strength = this.operand(this.blanksBefore(end), 0) || this.typedName(end - 1);
      owner = { strength, direct: false, origin: start };
    } else if (arrow) {
      return owner;
    }
    if (owner.strength > 0 || depth >= NESTING) return owner;
    const nested = NESTED_HEAD.exec(code.endsWith(':') ? `${code} [` : code);
    if (nested === null || (nested[1] !== undefined && this.isOtherKey(nested[1]))) return owner;
    return this.above(start, indent, 'member', depth + 2);
  }
}

/** `case "0810" ->`, `when '0810' then`: a case itself, not the head of the cases. */
function isArm(line: string): boolean {
  return (
    /^(?:case|when|is)\s+(?:\\?["'`\d]|[^(\n]*(?:->|=>))/.test(line) ||
    /^case\b.*:(?![\w:])/.test(line)
  );
}
