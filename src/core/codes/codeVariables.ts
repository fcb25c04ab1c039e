/** A variable that holds a result code, as a line of code names it. */
export interface CodeVariable {
  readonly start: number;
  readonly text: string;
  /** Where a debugger may have it, likeliest first: names from the outermost one, `$job->resultCode` is `$job`, `resultCode`. */
  readonly paths: readonly (readonly string[])[];
}

const CODE_NAME = /^[$@#]*_*(?:result|smile)_?code$/i;
/** A name that is no field, no symbol and no member of a class. */
const FIRST = /(?<![\w$@#.]|->|(?<![\w"')\]]):)@{0,2}[\w$]+/g;
/** `.a`, `?.a`, `!.a`, `&.a`, `.#a`, `->a`, `['a']`, `?.["a"]`, `[:a]`. */
const FIELD = /(?:[?!&]{0,2}\.|\??->)(#?[\w$]+)|(?:\?\.)?\[(?:(["'])(\w+)\2|:(\w+))\]/y;
/** Stands after the name of a method, or a key of an object. */
const CALL_OR_KEY = /\s*(?:\(|:(?!:))/y;
/** Nobody writes longer ones. */
const MOST_FIELDS = 20;

/** The variables of a line whose names say that they hold a result code. */
export function codeVariables(line: string, language: string): CodeVariable[] {
  const found: CodeVariable[] = [];
  for (const { 0: first, index: start } of line.matchAll(FIRST)) {
    const path = [first];
    let end = start + first.length;
    if (isQuoted(line, start, end)) continue;
    for (let name = first; path.length <= MOST_FIELDS; path.push(name)) {
      if (CODE_NAME.test(name) && !matchAt(CALL_OR_KEY, line, end)) {
        found.push({ start, text: line.slice(start, end), paths: pathsOf([...path], language) });
      }
      const field = matchAt(FIELD, line, end);
      if (!field) break;
      name = field[1] ?? field[3] ?? field[4] ?? '';
      end += field[0].length;
    }
  }
  return found;
}

/** Fields may be named without the object that has them. */
function pathsOf([first = '', ...fields]: readonly string[], language: string): string[][] {
  switch (language) {
    case 'kotlin': // in a string: "$resultCode"
      return [[], ['this']].map((owner) => [...owner, first.replace(/^\$/, ''), ...fields]);
    case 'java':
    case 'csharp':
      return [[], ['this']].map((owner) => [...owner, first, ...fields]);
    case 'ruby':
      return (first.startsWith('@') ? [['%self'], ['self'], []] : [[]]).map((owner) => [
        ...owner,
        first,
        ...fields,
      ]);
    default:
      return [[first, ...fields]];
  }
}

/** A text of its own; one with `$` in it may name a variable. */
const isQuoted = (line: string, start: number, end: number): boolean =>
  line[start] !== '$' && /["'`]/.test(line.charAt(start - 1)) && line[start - 1] === line[end];

function matchAt(sticky: RegExp, line: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(line);
}
