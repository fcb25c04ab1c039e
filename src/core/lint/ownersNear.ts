import { namesOtherService } from '../text/relevance';
import type { Source } from './source';

const OURS = /smile|\bsid_|\bWebApi\b|\bIDApi\b/i;

/** Whether what stands around a position, from the inside out, belongs to Smile ID; null where nothing says so. */
export function isInOurs(source: Source, at: number): boolean | null {
  for (const owner of source.owners(at)) {
    if (namesOtherService(owner)) return false;
    if (OURS.test(owner)) return true;
  }
  return null;
}
