import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ActionReport } from '../core/report/checks';
import type { ActionClass } from '../core/catalogue/types';
import type { JobReport } from '../core/report/jobReport';
import { unverifiedHeading } from './unverifiedHeading';
import { ACTION_ICONS, icon } from './icons';

/** What these checks say is why a job was not approved, so it is there to read. */
const OPEN: ReadonlySet<ActionClass> = new Set(['fail', 'inconclusive', 'technical']);

/** The checks, grouped by subject; each line opens to what its value means. */
export function checks(report: JobReport): TemplateResult | typeof nothing {
  const { checks, notApplicable } = report;
  if (checks.length + notApplicable.length === 0) return nothing;
  return html`<section aria-labelledby="checks">
    <h2 id="checks">${unverifiedHeading(report, l10n.t('Checks'))}</h2>
    <div class="groups">
      ${checks.map(
        ({ title, checks }) =>
          html`<div class="group">
            <h3>${title}</h3>
            ${checks.map(check)}
          </div>`,
      )}
    </div>
    ${
      notApplicable.length > 0
        ? html`<details class="folded">
            <summary>${l10n.t('{0} not applicable', notApplicable.length)}</summary>
            <ul class="quiet">
              ${notApplicable.map(({ label }) => html`<li>${label}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </section>`;
}

function check({ label, value, class: kind, meaning, explanation }: ActionReport): TemplateResult {
  return html`<details class="check" ?open=${OPEN.has(kind)}>
    <summary>
      <span class="label">${label}</span>
      <span class="value ${kind}">${icon(ACTION_ICONS[kind])} ${value}</span>
    </summary>
    <p>${explanation}</p>
    ${meaning === null ? nothing : html`<p class="secondary">${l10n.t('What is checked: {0}', meaning)}</p>`}
  </details>`;
}
