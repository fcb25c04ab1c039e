import { snippets as data } from './data';
import { snippets as dynamic } from './dynamic';
import { snippets as jvm } from './jvm';
import { snippets as mobile } from './mobile';
import { snippets as script } from './script';

/**
 * Snippets as integrators write them. A four-digit code stands between guillemets where a careful
 * reader would call it a code of Smile ID's; no other number does.
 */
export const snippets: readonly { languageId: string; text: string }[] = [
  ...script,
  ...dynamic,
  ...jvm,
  ...mobile,
  ...data,
];
