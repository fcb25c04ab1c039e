import type { HistoryGroup } from '../core/report/jobHistory';
import type { Images } from './imageList';
import type { CopiedId, PageMessage, PanelState } from './protocol';

/** What every part of the page may draw and use. */
export interface PageProps {
  readonly state: PanelState;
  readonly history: readonly HistoryGroup[];
  readonly images: Images;
  /** What was copied a moment ago. */
  readonly copied: CopiedId | null;
  /** @param focusOn selects what gets the focus once it is drawn, if the control that was used goes away */
  readonly send: (message: PageMessage, focusOn?: string) => void;
  readonly copy: (what: CopiedId) => void;
}
