import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { checks } from './checks';
import { comparison } from './comparison';
import { details } from './details';
import { headline } from './headline';
import './historyList';
import { icon } from './icons';
import './imageList';
import type { PageProps } from './pageProps';
import { why } from './whySection';

/** The whole page for a state, in the order of reading: what, why, what was checked, who, when. */
export function page(props: PageProps): TemplateResult {
  const { state, history, images, send } = props;
  const { report } = state;
  return html`
    ${headline(props)} ${comparison(props)}
    ${
      report
        ? html`<div class="columns">
              ${why(props)}
              ${
                state.images.length > 0 || state.imageError !== null
                  ? html`<smile-images
                      .names=${state.images}
                      .error=${state.imageError}
                      .images=${images}
                      .dropped=${state.imagesDropped}
                      .unrequested=${state.isUnrequested}
                      .send=${send}
                    ></smile-images>`
                  : nothing
              }
            </div>
            ${checks(report)}
            <div class="columns">
              ${details(props)}
              ${
                history.length > 0
                  ? html`<smile-history
                      .groups=${history}
                      .viewed=${state.viewing?.index ?? null}
                      .onOpen=${(index: number) => {
                        send({ type: 'openEntry', index }, 'h1'); // where the entry is shown
                      }}
                    ></smile-history>`
                  : nothing
              }
            </div>
            ${notes(report.notes)}`
        : nothing
    }
  `;
}

function notes(notes: readonly string[]): TemplateResult | typeof nothing {
  if (notes.length === 0) return nothing;
  return html`<section aria-labelledby="notes">
    <h2 id="notes" class="sr-only">${l10n.t('Response format notes')}</h2>
    <details class="folded">
      <summary>
        ${icon('note')}
        ${notes.length === 1 ? l10n.t('1 response format note') : l10n.t('{0} response format notes', notes.length)}
      </summary>
      <ul class="quiet">
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>
    </details>
  </section>`;
}
