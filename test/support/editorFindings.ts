import { isKnownCode } from '../../src/core/catalogue/catalogue';
import { CodesIn, codesUsedIn } from '../../src/core/codes/codesIn';
import { isOfSmile } from '../../src/core/codes/findCodes';
import { handlerAt } from '../../src/core/handlers/handlerAt';
import { missingCodes } from '../../src/core/handlers/missingCodes';
import { productsHandled } from '../../src/core/handlers/products';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { mayBeSdkName } from '../../src/core/sdk/mayBeSdkName';
import { sdkFileOf } from '../../src/core/sdk/sdkFile';
import { sdkNameAt } from '../../src/core/sdk/sdkNameAt';
import { findCredentialsSteps, LONGEST_IMPORT } from '../../src/core/credentials/findCredentials';
import { jobLiterals } from '../../src/core/jobs/jobLiterals';
import { languageOf } from '../../src/core/text/languages';
import { windowAround } from '../../src/core/text/lexer';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { Relevance } from '../../src/core/text/relevance';
import { LINTED } from '../../src/vscode/editor/languages';
import { textAround, type Lines } from '../../src/vscode/editor/linesNear';
import { resultOf } from './steps';

/** A file as the editor holds it. */
export interface EditedFile {
  /** As the workspace shows it, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** What a feature finds, and the offset in UTF-16 units where that begins. */
export interface EditorFinding {
  readonly start: number;
  readonly what: string;
}

/** In UTF-16 units: of a longer text, the editor reads only what is so near to a line on either side. */
const LONGEST_READ = 500_000;
const NEARBY = 20_000;
/** In UTF-16 units, and in lines. */
const LONGEST_LINTED = 1_000_000;
const MOST_LINES_WITH_SDK = 50_000;
const SETTINGS_FILE = /(?:^|\/)(?:\.env[^/]*|[^/]*\.env)$/;

/** The lines of a text, and where each begins. */
class FileLines implements Lines {
  readonly starts: readonly number[];
  private readonly texts: readonly string[];

  constructor(text: string) {
    const ends = Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: sign, index }) => ({
      index,
      next: index + sign.length,
    }));
    this.starts = [0, ...ends.map(({ next }) => next)];
    this.texts = this.starts.map((start, line) => text.slice(start, ends[line]?.index));
  }

  get lineCount(): number {
    return this.texts.length;
  }

  lineAt(line: number): { readonly text: string } {
    return { text: this.texts[line] ?? '' };
  }

  textOf(line: number): string {
    return this.texts[line] ?? '';
  }
}

/** The line and column of an offset, from 1 as the editor shows them. */
export function positionOf(text: string): (offset: number) => { line: number; column: number } {
  const { starts } = new FileLines(text);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** What was read of a text around a position, and where the position is in that text. */
interface ReadText<T> {
  readonly value: T;
  readonly offset: number;
}

/** Reads a file as a whole; of a long one, only what is near a position. */
function readNear<T>(
  text: string,
  lines: FileLines,
  read: (text: string) => T,
): (line: number, character: number) => ReadText<T> {
  if (text.length > LONGEST_READ) {
    return (line, character) => {
      const near = textAround(lines, { line, character }, NEARBY);
      const { start, end } = windowAround(near.text, near.position, NEARBY / 2);
      return { value: read(near.text.slice(start, end)), offset: near.position - start };
    };
  }
  const value = read(text);
  return (line, character) => ({ value, offset: (lines.starts[line] ?? 0) + character });
}

/** Whether the features for texts look at a line of a file: the gate in front of hovers and lenses. */
function concernsSmile({ path, text }: EditedFile, lines: FileLines): (line: number) => boolean {
  if (mayConcernSmile(path)) return () => true;
  const near = readNear(text, lines, mayConcernSmile);
  return (line) => near(line, 0).value;
}

/** Whether what is at a position concerns Smile ID: the gate of each hover and lens. */
const relevanceOf = (
  { text, languageId, path }: EditedFile,
  lines: FileLines,
): ((line: number, character: number) => ReadText<Relevance>) =>
  readNear(text, lines, (near) => new Relevance(near, languageId, path));

interface Hover extends EditorFinding {
  readonly isOfSdk: boolean;
}

/** The hovers of codes and of names of the SDKs: each word of a file is pointed at. */
function hovers(file: EditedFile): readonly Hover[] {
  const { text, languageId } = file;
  if (!languageOf(languageId)?.features.includes('hover')) return [];
  const lines = new FileLines(text);
  const isRead = concernsSmile(file, lines);
  const relevanceAt = relevanceOf(file, lines);
  const codesAt = readNear(text, lines, (near) => new CodesIn(near, languageOf(languageId)));
  let sdkFile: ReturnType<typeof sdkFileOf> | undefined;
  const found: Hover[] = [];
  for (const [line, from] of lines.starts.entries()) {
    const own = lines.textOf(line);
    const words = Array.from(own.matchAll(/\w+/g)).filter(
      ({ 0: word }) => /^\d{4}$/.test(word) || mayBeSdkName(word),
    );
    if (words.length === 0 || !isRead(line)) continue;
    for (const { 0: word, index } of words) {
      const { value: codes, offset: at } = codesAt(line, index + 1);
      const code = codes.at(at);
      if (code) {
        const { value, offset } = relevanceAt(line, index);
        const span = { ...code, start: offset, end: offset + code.code.length };
        if (!isOfSmile(span, value)) continue;
        const what = isKnownCode(code.code) ? code.code : `${code.code} (unknown)`;
        found.push({ start: from + index, what, isOfSdk: false });
      } else if (mayBeSdkName(word) && lines.lineCount <= MOST_LINES_WITH_SDK) {
        const readFile = (): ReturnType<typeof sdkFileOf> =>
          (sdkFile ??= sdkFileOf(text, languageId));
        const name = sdkNameAt(own, index + 1, languageId, readFile, from);
        const { value, offset } = relevanceAt(line, index);
        if (!name || value.isOthersAt(offset)) continue;
        const what = own.slice(name.start, name.end);
        found.push({ start: from + name.start, what, isOfSdk: true });
      }
    }
  }
  return found;
}

const isLinted = (languageId: string): boolean =>
  [LINTED].flat().some((selector) => selector === languageId);

function problems({ path, languageId, text }: EditedFile): readonly EditorFinding[] {
  if (!isLinted(languageId) || text.length > LONGEST_LINTED) return [];
  const check = resultOf(lintInSteps({ text, languageId, path }, () => true));
  return check.findings.map(({ rule, start }) => ({ start, what: rule }));
}

/** What can be imported from a file. Of an API key, only that there is one. */
function credentials({ path, text }: EditedFile): readonly EditorFinding[] {
  if (text.length > LONGEST_IMPORT) return [];
  return (
    resultOf(findCredentialsSteps(text, path))
      // from a file that is no settings file, the command takes only what has a key
      .filter(({ apiKey }) => apiKey !== null || SETTINGS_FILE.test(path))
      .map(({ partnerId, apiKey, environment, start }) => ({
        start,
        what: [
          `partner ${partnerId ?? 'missing'}`,
          apiKey === null ? 'key missing' : 'key found',
          `environment ${environment ?? 'missing'}`,
        ].join(', '),
      }))
  );
}

function jobs(file: EditedFile): readonly EditorFinding[] {
  const { text, languageId } = file;
  if (!languageOf(languageId)?.features.includes('jobLens')) return [];
  const lines = new FileLines(text);
  if (!concernsSmile(file, lines)(0)) return [];
  const relevanceAt = relevanceOf(file, lines);
  const toPosition = positionOf(text);
  return jobLiterals(text, languageId).flatMap(({ ids: { jobId, userId }, start }) => {
    const { line, column } = toPosition(start);
    const { value, offset } = relevanceAt(line - 1, column - 1);
    if (!value.mentionAt(offset).smile) return [];
    return { start, what: `job ${jobId}${userId === null ? '' : ` of user ${userId}`}` };
  });
}

/** The handlers in which missing codes are offered: the cursor is put on each code. */
function handlers({ text, languageId }: EditedFile): readonly EditorFinding[] {
  const offsets = new Set(codesUsedIn(text, languageId).map(({ start }) => start));
  for (const { 0: digits, index } of text.matchAll(/(?<!\w)\d{4}(?!\w)/g)) {
    if (isKnownCode(digits)) offsets.add(index);
  }
  const found = new Map<string, EditorFinding>();
  for (const offset of offsets) {
    const handler = handlerAt(text, offset, languageId);
    if (handler === null) continue;
    const { start, end, codes } = handler;
    const products = productsHandled(text, handler);
    const missing =
      products.length === 0
        ? 'any product'
        : `${products.join(' + ')}, ${missingCodes(handler, products).length} missing`;
    found.set(`${start} ${end}`, { start, what: `${codes.join(' ')} (${missing})` });
  }
  return [...found.values()];
}

export const FEATURES = ['lint', 'codes', 'credentials', 'jobs', 'sdk', 'handlers'] as const;
export type Feature = (typeof FEATURES)[number];

/** What each feature of the editor finds in a file, by the functions and the gates that it has there. */
export const FIND: Readonly<Record<Feature, (file: EditedFile) => readonly EditorFinding[]>> = {
  lint: problems,
  codes: (file) => hovers(file).filter(({ isOfSdk }) => !isOfSdk),
  credentials,
  jobs,
  sdk: (file) => hovers(file).filter(({ isOfSdk }) => isOfSdk),
  handlers,
};
