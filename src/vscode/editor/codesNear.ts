import { CodesIn } from '../../core/codes/codesIn';
import { languageOf } from '../../core/text/languages';
import { readNear } from './documentText';

/** What is read of a document for its codes and terms: once for each version, and only as far as it is asked for. */
export const codesNear = readNear(
  (text, { languageId }) => new CodesIn(text, languageOf(languageId)),
);
