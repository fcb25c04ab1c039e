import { html, nothing, type TemplateResult } from 'lit';
import type { Envelope, Explanation } from '../core/jobs/jobReport';
import type { AuthorisationCheck } from '../core/smile/authorisation';
import { icon } from './icons';
import type { PageProps } from './page';

const CHECK_ICONS = { ok: 'pass', problem: 'error', unknown: 'question' } as const;
const CHECK_CLASSES = { ok: 'pass', problem: 'fail', unknown: 'inconclusive' } as const;

/** What it means here, what to do next, how sure that is, and the envelope apart from it. */
export function why({ state, send }: PageProps): TemplateResult {
  const { report } = state;
  if (!report) return html``;
  const several = report.explanations.length > 1;
  return html`<section aria-labelledby="why">
    <h2 id="why">Why</h2>
    ${report.remarks.map((remark) => html`<p class="remark">${icon('info')} <span>${remark}</span></p>`)}
    ${
      several
        ? html`<p class="remark">
            ${icon('info')}
            <span
              >This code has ${report.explanations.length} meanings. Smile ID's own text above says
              which one holds.</span
            >
          </p>`
        : nothing
    }
    ${report.explanations.map((explanation, index) =>
      meaning(explanation, several, () => {
        send({ type: 'openPage', explanation: index });
      }),
    )}
    ${
      report.resend === null
        ? nothing
        : html`<h3>Send it again?</h3>
            <p>${report.resend}</p>`
    }
    ${state.checklist.length > 0 ? checklist(state.checklist) : nothing}
    ${report.envelope ? envelope(report.envelope) : nothing}
  </section>`;
}

function meaning(
  { label, meaning, nextStep, certainty, conflict, page }: Explanation,
  several: boolean,
  openPage: () => void,
): TemplateResult {
  return html`<article>
    ${several && label !== null ? html`<h3>${label}</h3>` : nothing}
    <p>${meaning}</p>
    <h3>What to do next</h3>
    <p>${nextStep}</p>
    <p class="certainty">
      ${certainty} ·
      ${conflict === null ? 'sources agree' : html`caution: ${conflict}`}${
        page === null
          ? nothing
          : html` · <button class="link" @click=${openPage}>official page</button>`
      }
    </p>
  </article>`;
}

function checklist(checks: readonly AuthorisationCheck[]): TemplateResult {
  return html`<h3>Checked on this machine</h3>
    <ul class="checklist">
      ${checks.map(
        ({ state, text }) =>
          html`<li class="value ${CHECK_CLASSES[state]}">
            ${icon(CHECK_ICONS[state])}
            <span
              >${state === 'problem' ? html`<strong>Problem.</strong> ` : state === 'unknown' ? html`<strong>To check.</strong> ` : nothing}${text}</span
            >
          </li>`,
      )}
    </ul>`;
}

function envelope({ code, complete, success }: Envelope): TemplateResult {
  const field = (name: string, value: string | boolean | null): TemplateResult =>
    html`<div>
      <dt>${name}</dt>
      <dd><code>${value === null ? 'missing' : String(value)}</code></dd>
    </div>`;
  return html`<h3>Envelope</h3>
    <dl class="envelope">
      ${field('code', code)} ${field('job_complete', complete)} ${field('job_success', success)}
    </dl>
    <p class="secondary">
      This tells of the query and of the job's run. It is no verdict on the person: only the result
      code is.
    </p>`;
}
