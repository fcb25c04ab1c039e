import { html, nothing, type TemplateResult } from 'lit';
import type { SentTime } from '../core/report/timeWords';

/** A time of a response, with what was sent in its tooltip. */
export const sentTime = ({ words, sent }: SentTime): TemplateResult =>
  html`<span title=${sent ?? nothing}>${words}</span>`;
