import { Position, type TextDocument } from 'vscode';
import { windowAround } from '../../core/text/lexer';
import { cachePerVersion } from './cachePerVersion';
import { textAround } from './linesNear';

/** In characters: of a longer text, only what is near a position is read. */
const LONGEST = 500_000;
/** In characters to each side; a half of it only tells where a good place to begin is. */
const NEARBY = 20_000;

/** What was read of a text around a position, and where the position is in that text. */
interface ReadText<T> {
  readonly value: T;
  readonly offset: number;
}

/** Reads a document once for each version; of a large one, only what is near a position. */
export function readNear<T>(
  read: (text: string, document: TextDocument) => T,
): (document: TextDocument, position: Position) => ReadText<T> {
  const ofWhole = cachePerVersion((document: TextDocument) => read(document.getText(), document));
  return (document, position) => {
    const { lineCount } = document;
    if (document.offsetAt(new Position(lineCount, 0)) <= LONGEST)
      return { value: ofWhole(document), offset: document.offsetAt(position) };
    const { text, position: offset } = textAround(document, position, NEARBY);
    const { start, end } = windowAround(text, offset, NEARBY / 2);
    return { value: read(text.slice(start, end), document), offset: offset - start };
  };
}
