import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DetailEntry, DetailSection } from '../core/report/personalReport';
import { icon } from './icons';
import type { PageProps } from './pageProps';

type Reveal = (id: string | null, on: boolean, focusOn?: string) => void;

/** Personal details, masked. A masked value is not even in the page: the extension sends it when it is revealed. */
export function details({ state, send }: PageProps): TemplateResult | typeof nothing {
  const { details } = state;
  if (details === null || details.sections.length === 0) return nothing;
  const reveal: Reveal = (id, on, focusOn) => {
    send({ type: 'reveal', id, on }, focusOn);
  };
  return html`<section aria-labelledby="details">
    <div class="section-title">
      <h2 id="details">${l10n.t('Personal details')}</h2>
      ${
        details.masked
          ? html`<button
              class="link reveal-all"
              @click=${() => {
                reveal(null, true, '.hide-all');
              }}
            >
              ${icon('eye')} ${l10n.t('Reveal all')}
            </button>`
          : nothing
      }
      ${
        details.revealed
          ? html`<button
              class="link hide-all"
              @click=${() => {
                reveal(null, false, '.reveal-all');
              }}
            >
              ${icon('eye-closed')} ${l10n.t('Hide all')}
            </button>`
          : nothing
      }
    </div>
    ${details.sections.map((section) => sectionOf(section, reveal))}
    ${details.notes.map((note) => html`<p class="secondary">${note}</p>`)}
  </section>`;
}

function sectionOf({ title, entries }: DetailSection, reveal: Reveal): TemplateResult {
  const tree = entries.some(({ children }) => children.length > 0);
  return html`<details class="detail-section" ?open=${!tree || entries.length < 12}>
    <summary><h3>${title}</h3></summary>
    <ul class="details">
      ${entries.map((entry) => entryOf(entry, reveal))}
    </ul>
  </details>`;
}

function entryOf(entry: DetailEntry, reveal: Reveal): TemplateResult {
  // If there is no value, the label is what was revealed.
  const bare = entry.value === null && !entry.masked;
  const line = html`<span
      class="label"
      data-detail=${bare ? entry.id : nothing}
      tabindex=${bare ? '-1' : nothing}
      >${entry.label}</span
    >
    ${valueOf(entry, reveal)}`;
  if (entry.children.length === 0) return html`<li class="detail">${line}</li>`;
  return html`<li class="branch">
    <div class="detail">${line}</div>
    <ul class="details">
      ${entry.children.map((child) => entryOf(child, reveal))}
    </ul>
  </li>`;
}

function valueOf(
  { id, label, value, masked, absent }: DetailEntry,
  reveal: Reveal,
): TemplateResult | typeof nothing {
  if (masked) {
    return html`<button
      class="plain masked"
      data-detail=${id}
      aria-label=${l10n.t('Reveal {0}', label)}
      title=${l10n.t('Reveal')}
      @click=${() => {
        reveal(id, true);
      }}
    >
      <span aria-hidden="true">••••••</span> ${icon('eye')}
    </button>`;
  }
  if (value === null) return nothing;
  // It takes over the focus of the button that revealed it, so that a screen reader reads it.
  return html`<span class=${absent ? 'secondary' : 'detail-value'} data-detail=${id} tabindex="-1"
    >${value}</span
  >`;
}
