import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Change } from '../core/report/jobComparison';
import { icon } from './icons';
import type { PageProps } from './pageProps';

const KINDS = {
  same: { icon: 'dash', word: () => l10n.t('same') },
  changed: { icon: 'diff-modified', word: () => l10n.t('changed') },
  added: { icon: 'diff-added', word: () => l10n.t('added') },
  removed: { icon: 'diff-removed', word: () => l10n.t('removed') },
} as const;

/** Two responses side by side: what differs, and why as far as the data shows. */
export function comparison({ state, send }: PageProps): TemplateResult | typeof nothing {
  const { comparison } = state;
  if (comparison === null) return nothing;
  const { before, after, result } = comparison;
  const changes = [...result.fields, ...result.actions];
  const different = changes.filter(({ kind }) => kind !== 'same');
  const same = changes.filter(({ kind }) => kind === 'same');
  return html`<section class="comparison" aria-labelledby="comparison">
    <div class="section-title">
      <h2 id="comparison">${l10n.t('Compared: {0}', result.headline)}</h2>
      <button
        class="link"
        @click=${() => {
          send({ type: 'openDiff' });
        }}
      >
        ${icon('diff')} ${l10n.t('Open in diff editor')}
      </button>
      <button
        class="link"
        @click=${() => {
          send({ type: 'closeComparison' }, '.compare-button');
        }}
      >
        ${icon('close')} ${l10n.t('Close')}
      </button>
    </div>
    ${result.sentences.map((sentence) => html`<p>${sentence}</p>`)}
    ${different.length > 0 ? table(different, before, after) : nothing}
    ${
      same.length > 0
        ? html`<details class="folded">
            <summary>${l10n.t('{0} the same', same.length)}</summary>
            ${table(same, before, after)}
          </details>`
        : nothing
    }
  </section>`;
}

function table(changes: readonly Change[], before: string, after: string): TemplateResult {
  return html`<table role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${l10n.t('Field')}</th>
        <th role="columnheader" scope="col">${before}</th>
        <th role="columnheader" scope="col">${after}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${changes.map((change) => row(change, before, after))}
    </tbody>
  </table>`;
}

function row(
  { kind, name, before, after, explanation }: Change,
  beforeLabel: string,
  afterLabel: string,
): TemplateResult {
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${icon(KINDS[kind].icon)} ${name}<span class="sr-only">, ${KINDS[kind].word()}</span>
      ${explanation === null ? nothing : html`<span class="secondary">${explanation}</span>`}
    </th>
    <td role="cell" data-label=${beforeLabel}>${before ?? '–'}</td>
    <td role="cell" data-label=${afterLabel}>${after ?? '–'}</td>
  </tr>`;
}
