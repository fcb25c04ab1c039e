import * as l10n from '../core/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { STATE_ICON_NAMES, type JobState } from '../core/report/jobState';
import type { Half } from '../core/report/biometricKycHalves';
import type { JobReport } from '../core/report/jobReport';
import type { SignatureState } from '../core/smile/outcome';
import { icon } from './icons';
import type { PageProps } from './pageProps';
import { sentTime } from './sentTime';
import type { CopiedId, PageMessage, PanelState, Remedy } from './protocol';
import './watchLine';

const remedyLabel = (remedy: Remedy): string =>
  ({
    addProfile: l10n.t('Add Profile…'),
    editProfile: l10n.t('Edit Profile'),
    lookUpOther: l10n.t('Enter Other IDs…'),
    sendRequest: l10n.t('Send to Production'),
    startSimulator: l10n.t('Start Local Simulator'),
    showLog: l10n.t('Show Log'),
  })[remedy];

/** The outcome at a glance: verdict, facts, where it came from, and what can be done. */
export function headline(props: PageProps): TemplateResult {
  const { state } = props;
  return html`
    ${productionBanner(state)}
    <header>
      <div class="headline">
        <div class="titles">
          ${title(state)}
          ${
            state.report && state.problem === null
              ? html`<p class="facts">${state.report.facts.join(' · ')}</p>`
              : nothing
          }
        </div>
        ${toolbar(props)}
      </div>
      ${change(props)} ${alert(props)} ${state.loading ? loading(props) : nothing} ${failure(props)}
      ${state.report && state.report.halves.length > 0 ? halves(state.report.halves) : nothing}
      ${identity(props)}
      ${
        state.watch && state.viewing === null
          ? html`<smile-watch .watch=${state.watch}></smile-watch>`
          : nothing
      }
      ${viewing(props)}
    </header>
    <p class="sr-only" role="status">${announcement(state)}</p>
  `;
}

function productionBanner({ profile, pasted }: PanelState): TemplateResult | typeof nothing {
  if (profile?.environment !== 'production' || pasted) return nothing;
  return html`<p class="banner" role="note">
    ${icon('warning')} <strong>${l10n.t('PRODUCTION')}</strong> · ${profile.name} ·
    ${l10n.t('data of real people')}
  </p>`;
}

/** That the result is another one than a moment ago, when somebody may have been looking elsewhere. */
function change({ state, send }: PageProps): TemplateResult | typeof nothing {
  if (state.change === null || state.viewing !== null) return nothing;
  return html`<p class="change">
    ${icon('history')}
    <span
      >${changeWords(state.change)}
      <button
        class="link"
        @click=${() => {
          send({ type: 'comparePrevious' });
        }}
      >
        ${l10n.t('Compare')}
      </button></span
    >
  </p>`;
}

const changeWords = ({ was, until }: { readonly was: string; readonly until: string }): string =>
  l10n.t('Was {0} until {1}.', was, until);

/** What must be read before anything else. */
function alert({ state, send }: PageProps): TemplateResult | typeof nothing {
  const { report, canCheckSignature } = state;
  if (report?.alert == null) return nothing;
  return html`<p class="alert" role="alert">
    ${icon('warning')}
    <span
      ><strong>${report.alert}</strong> ${
        canCheckSignature
          ? html`<button
              class="link"
              @click=${() => {
                send({ type: 'checkSignature' });
              }}
            >
              ${l10n.t('Check Signature')}
            </button>`
          : nothing
      }</span
    >
  </p>`;
}

/** The words of the title, which a screen reader reads when they change. Alerts are read by themselves. */
function announcement(state: PanelState): string {
  if (state.loading) return requesting(state);
  const { report, problem, failure, change } = state;
  if (problem !== null) return problem;
  if (failure !== null) return '';
  if (!report) return l10n.t('Not loaded yet');
  return sentences(report.headline, report.summary, change?.isNew ? changeWords(change) : null);
}

/** Parts that may be sentences already. */
const sentences = (...parts: readonly (string | null)[]): string =>
  parts
    .filter((part) => part !== null)
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(' ');

function title({ report, loading, problem }: PanelState): TemplateResult {
  const state: JobState = problem === null ? (report?.state ?? 'none') : 'cancelled';
  const kind = report || problem !== null ? state : 'idle';
  const name = kind === 'idle' ? 'search' : STATE_ICON_NAMES[state];
  if (problem !== null)
    return html`<h1 class="verdict ${kind}" tabindex="-1">
      ${icon(name)}<span>${problem}</span>
    </h1>`;
  if (!report) {
    return html`<h1 class="verdict idle" tabindex="-1">
      ${icon(name)}<span>${loading ? l10n.t('Loading…') : l10n.t('Not loaded yet')}</span>
    </h1>`;
  }
  return html`<h1 class="verdict ${kind}" tabindex="-1">
    ${icon(name)}<span
      >${report.headline}<span class="summary">
        ·
        ${report.isQuoted ? html`<q title=${l10n.t('Text of Smile ID')}>${report.summary}</q>` : report.summary}</span
      ></span
    >
  </h1>`;
}

interface Action {
  readonly label: string;
  readonly icon: string;
  /** What the button does. */
  readonly title: string;
  readonly message: PageMessage;
  /** Why it cannot be used now, or null. */
  readonly blocked: string | null;
  readonly className?: string;
  readonly menu?: true;
}

function actions(props: PageProps): Action[] {
  const { pasted, canResend, blocked } = props.state;
  const [refresh, watch, compare, copy, open] = actionsOfJob(props);
  if (pasted === null) {
    return [...[refresh, watch, compare], ...(canResend ? [RESEND()] : []), ...[copy, open]];
  }
  return [
    {
      label: l10n.t('Get Job Status'),
      icon: 'search',
      title: l10n.t('Request the job status, and compare the two'),
      message: { type: 'lookUpPasted' },
      blocked: blocked.lookUpPasted,
    },
    { ...copy, title: l10n.t('Copy as fixture or typed model') },
    open,
  ];
}

const RESEND = (): Action => ({
  label: l10n.t('Resend Webhook…'),
  icon: 'send',
  title: l10n.t('Have Smile ID send the webhook of this job again, with reason and details'),
  message: { type: 'resendWebhook' },
  blocked: null,
});

function actionsOfJob({ state }: PageProps): readonly [Action, Action, Action, Action, Action] {
  const { watch, viewing, blocked } = state;
  const isWatching = watch?.phase === 'waiting' || watch?.phase === 'checking';
  const text = state.document === 'text';
  return [
    {
      label: l10n.t('Refresh'),
      icon: 'refresh',
      title: l10n.t('Request the job status again'),
      message: { type: 'refresh' },
      blocked: blocked.refresh,
    },
    {
      label: isWatching ? l10n.t('Stop Watching') : l10n.t('Watch'),
      icon: isWatching ? 'debug-stop' : 'eye',
      title: isWatching ? l10n.t('Stop watching') : l10n.t('Check until the result is final'),
      message: { type: 'watch', on: !isWatching },
      blocked: blocked.watch,
      className: 'watch-button',
    },
    {
      label: l10n.t('Compare'),
      icon: 'diff',
      title: l10n.t('Compare with another response'),
      message: { type: 'compare' },
      blocked: blocked.compare,
      className: 'compare-button',
    },
    {
      label: l10n.t('Copy'),
      icon: 'copy',
      title: l10n.t('Copy as cURL, SDK call, Markdown, fixture or typed model'),
      message: { type: 'copyAs' },
      blocked: blocked.copyAs,
      menu: true,
    },
    {
      label: text ? l10n.t('Show Response Text') : l10n.t('Open JSON'),
      icon: text ? 'file-code' : 'json',
      title: text
        ? l10n.t('Show the response as it came, after you confirm')
        : viewing === null
          ? l10n.t('Open the response as JSON, without personal data')
          : l10n.t('Open this entry as JSON, without personal data'),
      message: { type: text ? 'openText' : 'openJson' },
      blocked: blocked.open,
    },
  ];
}

/** Buttons that cannot be used now keep the focus, and say why in their tooltip. */
function toolbar(props: PageProps): TemplateResult {
  const { state, send } = props;
  return html`<div class="toolbar" role="group" aria-label=${l10n.t('Job')}>
    ${actions(props).map(
      ({ label, icon: name, title, message, blocked, className, menu }, index) =>
        html`<vscode-button
          ?secondary=${!(state.primary === 'refresh' && index === 0)}
          class=${className ?? ''}
          icon=${name}
          icon-after=${menu ? 'chevron-down' : nothing}
          title=${blocked ?? title}
          aria-disabled=${blocked === null ? nothing : 'true'}
          @click=${() => {
            if (blocked === null) send(message);
          }}
          >${label}</vscode-button
        >`,
    )}
    ${state.remedies.map(
      (remedy, index) =>
        html`<vscode-button
          ?secondary=${!(state.primary === 'remedy' && index === 0)}
          @click=${() => {
            send({ type: 'remedy', remedy });
          }}
          >${remedyLabel(remedy)}</vscode-button
        >`,
    )}
  </div>`;
}

const requesting = ({ profile }: PanelState): string =>
  l10n.t('Requesting job status from {0}.', profile?.name ?? 'Smile ID');

function loading({ state, send }: PageProps): TemplateResult {
  return html`<div class="loading">
    <vscode-progress-bar aria-label=${l10n.t('Requesting job status')}></vscode-progress-bar>
    <p>${requesting(state)}</p>
    <vscode-button
      secondary
      @click=${() => {
        send({ type: 'cancel' }, 'vscode-button');
      }}
      >${l10n.t('Cancel')}</vscode-button
    >
  </div>`;
}

/** A refresh that returned no job keeps the one that was there, and says so. */
function failure({ state, send }: PageProps): TemplateResult | typeof nothing {
  const { failure, checkedAt } = state;
  if (failure === null) return nothing;
  return html`<p class="alert" role="alert">
    ${icon('warning')}
    <span
      ><strong>${failure.headline}.</strong> ${failure.summary} ${failure.nextStep}
      <span class="secondary"
        >${l10n.t('Showing the last response, from {0}.', checkedAt ?? '')}</span
      >
      ${
        failure.document === null
          ? nothing
          : html`<button
              class="link"
              @click=${() => {
                send({ type: 'openFailure' });
              }}
            >
              ${failure.document === 'json' ? l10n.t('Open JSON of This Error') : l10n.t('Show Response Text')}
            </button>`
      }</span
    >
  </p>`;
}

function halves(halves: readonly Half[]): TemplateResult {
  return html`<ul class="halves" aria-label=${l10n.t('Halves of this job')}>
    ${halves.map(
      ({ label, state, text }) =>
        html`<li class="verdict ${state}">
          ${icon(STATE_ICON_NAMES[state])} <strong>${label}</strong> <span>${text}</span>
        </li>`,
    )}
  </ul>`;
}

function identity(props: PageProps): TemplateResult {
  const { profile, report, name, jobId, userId, checkedAt, viewing, pasted } = props.state;
  const where = pasted
    ? [pasted.received ?? l10n.t('Pasted response, not requested')]
    : profile
      ? [profile.label]
      : [];
  return html`
    <dl class="ids">
      ${
        name === null || viewing !== null
          ? nothing
          : html`<div>
              <dt>${l10n.t('Name')}</dt>
              <dd>${name}</dd>
            </div>`
      }
      ${jobId === '' ? nothing : copyable(props, 'jobId', l10n.t('Job ID'), jobId)}
      ${userId === null || userId === '' ? nothing : copyable(props, 'userId', l10n.t('User ID'), userId)}
      ${report?.smileJobId == null ? nothing : copyable(props, 'smileJobId', 'SmileJobID', report.smileJobId)}
      ${report?.requestId == null ? nothing : copyable(props, 'requestId', l10n.t('Request ID'), report.requestId)}
    </dl>
    <p class="source">
      ${[
        ...where,
        ...(viewing === null ? [] : [l10n.t('history entry')]),
        ...(checkedAt === null ? [] : [l10n.t('checked at {0}', checkedAt)]),
      ].join(' · ')}
      ${signature(report)}
    </p>
  `;
}

function signature(report: JobReport | null): TemplateResult | typeof nothing {
  if (!report?.signature) return nothing;
  const { state, sentence } = report.signature;
  return html`<span class="signature ${state}" title=${sentence}
    >${icon(SIGNATURE_ICONS[state])} ${signatureWords(state)}</span
  >`;
}

const SIGNATURE_ICONS: Readonly<Record<SignatureState, string>> = {
  valid: 'verified',
  invalid: 'warning',
  missing: 'warning',
  unsigned: 'lock',
  unknown: 'question',
};

const signatureWords = (state: SignatureState): string =>
  ({
    valid: l10n.t('signature valid'),
    invalid: l10n.t('signature invalid'),
    missing: l10n.t('signature missing'),
    unsigned: l10n.t('never signed'),
    unknown: l10n.t('signature not checked'),
  })[state];

function copyable(
  { copied, copy }: PageProps,
  what: CopiedId,
  label: string,
  value: string,
): TemplateResult {
  const done = copied === what;
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <code>${value}</code>
      <button
        class="plain"
        title=${done ? l10n.t('Copied') : l10n.t('Copy {0}', label)}
        aria-label=${done ? l10n.t('{0} copied', label) : l10n.t('Copy {0}', label)}
        @click=${() => {
          copy(what);
        }}
      >
        ${icon(done ? 'check' : 'copy')}
      </button>
    </dd>
  </div>`;
}

/** An entry of the history is shown in place of the current result, with a way back. */
function viewing({ state, send }: PageProps): TemplateResult | typeof nothing {
  if (state.viewing === null) return nothing;
  const { index, otherJob, time } = state.viewing;
  return html`<p class="alert info" role="note">
    ${icon('history')}
    <span>
      ${otherJob ? l10n.t('History entry of job {0}', state.jobId) : l10n.t('History entry')}${time === null ? nothing : html`, ${sentTime(time)}`}.
      <button
        class="link"
        @click=${() => {
          send({ type: 'openEntry', index: null }, `button.entry[data-index="${String(index)}"]`);
        }}
      >
        ${l10n.t('Back to Current Result')}
      </button>
      ${
        otherJob
          ? html` ·
              <button
                class="link"
                @click=${() => {
                  send({ type: 'lookUpEntry' });
                }}
              >
                ${l10n.t('Open Job')}
              </button>`
          : nothing
      }
    </span>
  </p>`;
}
