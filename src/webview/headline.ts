import { html, nothing, type TemplateResult } from 'lit';
import { VERDICT_ICON_NAMES } from '../core/jobs/verdictLabels';
import type { Half, JobReport } from '../core/jobs/jobReport';
import { icon } from './icons';
import type { PageProps } from './page';
import type { CopiedId, PanelState, Remedy } from './protocol';
import './watchLine';

const REMEDIES: Readonly<Record<Remedy, string>> = {
  editProfile: 'Edit Profile',
  startSimulator: 'Start Local Simulator',
  showLog: 'Show Log',
};

/** What came of it, in one look: verdict, facts, where it came from, and what can be done. */
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
      ${state.loading ? loading(props) : nothing} ${failure(state)}
      ${state.report && state.report.halves.length > 0 ? halves(state.report.halves) : nothing}
      ${identity(props)}
      ${
        state.watch
          ? html`<smile-watch
              .watch=${state.watch}
              .onStop=${() => {
                props.send({ type: 'watch', on: false }, '.watch-button');
              }}
            ></smile-watch>`
          : nothing
      }
      ${viewing(props)}
    </header>
    <p class="sr-only" role="status">${announcement(state)}</p>
  `;
}

function productionBanner({ profile }: PanelState): TemplateResult | typeof nothing {
  if (profile?.environment !== 'production') return nothing;
  return html`<p class="banner" role="note">
    ${icon('warning')} <strong>PRODUCTION</strong> · ${profile.name} · data of real people
  </p>`;
}

/** The words of the title, which a screen reader hears when they change. */
function announcement(state: PanelState): string {
  if (state.loading) return `Asking ${state.profile?.name ?? 'Smile ID'} for this job.`;
  const { report, problem, failure } = state;
  if (problem !== null) return problem;
  if (failure !== null) return `${failure.headline}. ${failure.summary}`;
  return report ? `${report.headline}. ${report.summary}` : 'Not asked in this session.';
}

function title({ report, loading, problem }: PanelState): TemplateResult {
  const kind = report?.verdict ?? (report || problem !== null ? 'none' : 'idle');
  const name = report?.verdict
    ? VERDICT_ICON_NAMES[report.verdict]
    : kind === 'idle'
      ? 'search'
      : 'debug-disconnect';
  if (problem !== null)
    return html`<h1 class="verdict none" tabindex="-1">${icon(name)}<span>${problem}</span></h1>`;
  if (!report) {
    return html`<h1 class="verdict idle" tabindex="-1">
      ${icon(name)}<span>${loading ? 'Asking Smile ID…' : 'Not asked in this session'}</span>
    </h1>`;
  }
  return html`<h1 class="verdict ${kind}" tabindex="-1">
    ${icon(name)}<span>${report.headline}<span class="summary"> · ${report.summary}</span></span>
  </h1>`;
}

function toolbar({ state, send }: PageProps): TemplateResult {
  const { report, loading, watch } = state;
  const answered = report?.signature != null;
  const watching = watch?.phase === 'waiting' || watch?.phase === 'asking';
  return html`<div class="toolbar" role="group" aria-label="Job">
    <vscode-button
      icon="refresh"
      ?disabled=${loading || state.profile === null}
      @click=${() => {
        send({ type: 'refresh' });
      }}
      >Refresh</vscode-button
    >
    <vscode-button
      secondary
      class="watch-button"
      icon=${watching ? 'debug-stop' : 'eye'}
      title=${watching ? 'Stop asking' : 'Ask again until the result is final'}
      ?disabled=${state.profile === null}
      @click=${() => {
        send({ type: 'watch', on: !watching });
      }}
      >${watching ? 'Stop Watching' : 'Watch'}</vscode-button
    >
    <vscode-button
      secondary
      class="compare-button"
      icon="diff"
      title="Compare with another answer"
      ?disabled=${!answered}
      @click=${() => {
        send({ type: 'compare' });
      }}
      >Compare</vscode-button
    >
    <vscode-button
      secondary
      icon="copy"
      icon-after="chevron-down"
      title=${state.viewing ? 'Go back to the answer first' : 'Copy as cURL, SDK call, Markdown, fixture or typed model'}
      ?disabled=${state.profile === null || state.viewing !== null}
      @click=${() => {
        send({ type: 'copyAs' });
      }}
      >Copy</vscode-button
    >
    <vscode-button
      secondary
      icon="json"
      ?disabled=${!answered}
      @click=${() => {
        send({ type: 'openJson' });
      }}
      >Open JSON</vscode-button
    >
    ${state.remedies.map(
      (remedy) =>
        html`<vscode-button
          secondary
          @click=${() => {
            send({ type: 'remedy', remedy });
          }}
          >${REMEDIES[remedy]}</vscode-button
        >`,
    )}
  </div>`;
}

function loading({ state, send }: PageProps): TemplateResult {
  return html`<div class="loading">
    <vscode-progress-bar aria-label="Asking Smile ID"></vscode-progress-bar>
    <p>Asking ${state.profile?.name ?? 'Smile ID'} for this job.</p>
    <vscode-button
      secondary
      @click=${() => {
        send({ type: 'cancel' }, 'vscode-button');
      }}
      >Cancel</vscode-button
    >
  </div>`;
}

/** A refresh that came to nothing leaves the answer that was there, and says so. */
function failure({ failure, askedAt }: PanelState): TemplateResult | typeof nothing {
  if (failure === null) return nothing;
  return html`<p class="alert" role="alert">
    ${icon('warning')}
    <span
      ><strong>${failure.headline}.</strong> ${failure.summary}
      <span class="secondary">Below is the answer of ${askedAt}.</span></span
    >
  </p>`;
}

function halves(halves: readonly Half[]): TemplateResult {
  return html`<ul class="halves" aria-label="Halves of this job">
    ${halves.map(
      ({ label, verdict, text }) =>
        html`<li class="verdict ${verdict}">
          ${icon(VERDICT_ICON_NAMES[verdict])} <strong>${label}</strong> <span>${text}</span>
        </li>`,
    )}
  </ul>`;
}

function identity(props: PageProps): TemplateResult {
  const { profile, report, jobId, userId, askedAt } = props.state;
  const where = profile ? [profile.environment, profile.name] : ['profile removed'];
  return html`
    <dl class="ids">
      ${copyable(props, 'jobId', 'Job ID', jobId)} ${copyable(props, 'userId', 'User ID', userId)}
      ${report?.smileJobId == null ? nothing : copyable(props, 'smileJobId', 'SmileJobID', report.smileJobId)}
      ${report?.requestId == null ? nothing : copyable(props, 'requestId', 'Request ID', report.requestId)}
    </dl>
    <p class="source">
      ${[...where, ...(askedAt === null ? [] : [`asked ${askedAt}`])].join(' · ')}
      ${signature(report)}
    </p>
    ${
      report?.signature && report.signature.state !== 'valid'
        ? html`<p class="alert" role="alert">${icon('warning')} ${report.signature.sentence}</p>`
        : nothing
    }
  `;
}

function signature(report: JobReport | null): TemplateResult | typeof nothing {
  if (!report?.signature) return nothing;
  const { state, sentence } = report.signature;
  return html`<span class="signature ${state}" title=${sentence}
    >${icon(state === 'valid' ? 'verified' : 'warning')} signature ${state}</span
  >`;
}

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
        title=${done ? 'Copied' : `Copy ${label}`}
        aria-label=${done ? `${label} copied` : `Copy ${label}`}
        @click=${() => {
          copy(what);
        }}
      >
        ${icon(done ? 'check' : 'copy')}
      </button>
    </dd>
  </div>`;
}

/** An entry of the history takes the place of the answer, and there is a way back. */
function viewing({ state, send }: PageProps): TemplateResult | typeof nothing {
  if (state.viewing === null) return nothing;
  return html`<p class="alert" role="note">
    ${icon('history')}
    <span>
      This is an entry of the
      history${state.viewing.otherJob ? html` of job <code>${state.jobId}</code>` : ''}${state.viewing.timestamp === null ? '' : `, ${state.viewing.timestamp}`}.
      <button
        class="link"
        @click=${() => {
          send(
            { type: 'openEntry', index: null },
            `button.entry[data-index="${String(state.viewing?.index)}"]`,
          );
        }}
      >
        Back to the answer
      </button>
      ${
        !state.viewing.otherJob
          ? nothing
          : html` ·
              <button
                class="link"
                @click=${() => {
                  send({ type: 'lookUpEntry' });
                }}
              >
                Look this job up
              </button>`
      }
    </span>
  </p>`;
}
