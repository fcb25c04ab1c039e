import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Envelope, Explanation } from '../core/report/jobReport';
import { unverifiedHeading } from './unverifiedHeading';
import type { AuthorizationCheck } from '../core/report/authorizationChecklist';
import { icon } from './icons';
import type { PageProps } from './pageProps';
import type { MissingReason } from '../core/webhooks/missingDelivery';

const CHECK_ICONS = { ok: 'pass', problem: 'error', unknown: 'question' } as const;
const CHECK_CLASSES = { ok: 'pass', problem: 'fail', unknown: 'inconclusive' } as const;

/** What it means, what to do next, how sure that is, and, apart from that, the fields around the result. */
export function why({ state, send }: PageProps): TemplateResult {
  const { report } = state;
  if (!report) return html``;
  const several = report.explanations.length > 1;
  const isFailure = report.verdict === null;
  const hasReasons = isFailure || report.explanations.length > 0 || report.remarks.length > 0;
  return html`<section aria-labelledby=${hasReasons ? 'why' : 'next'}>
    ${hasReasons ? html`<h2 id="why">${unverifiedHeading(report, l10n.t('Why'))}</h2>` : nothing}
    ${report.remarks.map((remark) => html`<p class="remark">${icon('info')} <span>${remark}</span></p>`)}
    ${
      several
        ? html`<p class="remark">
            ${icon('info')}
            <span
              >${l10n.t("This code has {0} meanings. Smile ID's text above says which one applies.", report.explanations.length)}</span
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
      isFailure
        ? html`<p>${l10n.t('This is about the request only. It says nothing about the user.')}</p>`
        : nothing
    }
    <h2 id="next">${l10n.t('What to do next')}</h2>
    <p>
      ${
        state.checklist.length > 0
          ? l10n.t(
              'Go through these checks: correct each problem, and check yourself what is marked with Verify. If all is right, contact Smile ID support with the request ID.',
            )
          : report.nextStep
      }
    </p>
    ${state.checklist.length > 0 ? checklist(state.checklist) : nothing}
    ${
      report.resubmit === null
        ? nothing
        : html`<h3>${l10n.t('Resubmit?')}</h3>
            <p>${report.resubmit}</p>`
    }
    ${state.missingWebhook.length > 0 ? missingWebhook(state.missingWebhook) : nothing}
    ${report.envelope ? envelope(report.envelope) : nothing}
  </section>`;
}

function meaning(
  { label, meaning, nextStep, variants, certainty, notes, page }: Explanation,
  several: boolean,
  openPage: () => void,
): TemplateResult {
  return html`<article>
    ${several && label !== null ? html`<h3>${label}</h3>` : nothing}
    <p>${meaning}</p>
    ${
      variants.length === 0
        ? nothing
        : html`<p>${l10n.t('By its text:')}</p>
            <ul class="list">
              ${variants.map(
                (variant) =>
                  html`<li>
                    ${variant.label === null ? nothing : html`<strong>${variant.label}</strong>: `}${variant.meaning}
                  </li>`,
              )}
            </ul>`
    }
    ${nextStep === null ? nothing : html`<p><em>${l10n.t('Next:')}</em> ${nextStep}</p>`}
    <p class="certainty">
      ${[certainty, ...(notes.length === 0 ? [] : [notes.join(' ')])].join(' · ')}${
        page === null
          ? nothing
          : html` · <button class="link" @click=${openPage}>${l10n.t('official page')}</button>`
      }
    </p>
  </article>`;
}

function checklist(checks: readonly AuthorizationCheck[]): TemplateResult {
  return html`<h3>${l10n.t('Local checks')}</h3>
    <ul class="checklist">
      ${checks.map(
        ({ state, text }) =>
          html`<li class="value ${CHECK_CLASSES[state]}">
            ${icon(CHECK_ICONS[state])}
            <span
              >${state === 'problem' ? html`<strong>${l10n.t('Problem:')}</strong> ` : state === 'unknown' ? html`<strong>${l10n.t('Verify:')}</strong> ` : nothing}${text}</span
            >
          </li>`,
      )}
    </ul>`;
}

function missingWebhook(reasons: readonly MissingReason[]): TemplateResult {
  const list = (isCertain: boolean): TemplateResult | typeof nothing => {
    const texts = reasons.flatMap((reason) => (reason.isCertain === isCertain ? reason.text : []));
    if (texts.length === 0) return nothing;
    return html`<p>${isCertain ? l10n.t('Known:') : l10n.t('Possible:')}</p>
      <ul class="list">
        ${texts.map((text) => html`<li>${text}</li>`)}
      </ul>`;
  };
  return html`<h3>${l10n.t('No webhook of this job came')}</h3>
    ${list(true)} ${list(false)}`;
}

function envelope({ code, complete, success }: Envelope): TemplateResult {
  const field = (name: string, value: string | boolean | null): TemplateResult =>
    html`<div>
      <dt>${name}</dt>
      <dd><code>${value === null ? l10n.t('missing') : String(value)}</code></dd>
    </div>`;
  return html`<h3>${l10n.t('Response status')}</h3>
    <dl class="envelope">
      ${field('code', code)} ${field('job_complete', complete)} ${field('job_success', success)}
    </dl>
    <p class="secondary">
      ${l10n.t('These fields describe the request, not the user: they are not the verdict.')}
    </p>`;
}
