import { html, type TemplateResult } from 'lit';
import type { ActionClass } from '../core/catalogue/types';

/** One of VS Code's icons. It only repeats what words say, so it is hidden from screen readers. */
export const icon = (name: string): TemplateResult =>
  html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;

/** The icon of a check's value. */
export const ACTION_ICONS: Readonly<Record<ActionClass, string>> = {
  pass: 'pass',
  wait: 'clock',
  inconclusive: 'question',
  fail: 'error',
  no_data: 'dash',
  not_run: 'dash',
  technical: 'warning',
  review: 'eye',
  unknown: 'circle-outline',
};
