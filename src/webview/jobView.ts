import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ActionClass } from '../core/catalogue/types';
import type { ActionReport, Explanation, HistoryReport, JobReport } from '../core/jobs/jobReport';
import type { Verdict } from '../core/smile/job';
import type { PageMessage, PanelState, Remedy } from './protocol';

export type Picture =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'picture';
      readonly url: string;
      readonly size: number;
      readonly revealed: boolean;
    }
  | { readonly kind: 'expired' | 'failed'; readonly reason: string };
export type Pictures = Map<string, Picture>;

type Copied = Extract<PageMessage, { type: 'copy' }>['what'];

export interface JobViewProps {
  readonly state: PanelState;
  readonly pictures: Pictures;
  /** What was copied a moment ago. */
  readonly copied: string | null;
  readonly send: (message: PageMessage) => void;
  readonly copy: (what: Copied) => void;
  readonly reveal: (name: string) => void;
}

const VERDICT_ICONS: Readonly<Record<Verdict, string>> = {
  approved: 'pass',
  provisional: 'question',
  rejected: 'error',
  pending: 'clock',
  error: 'warning',
  unknown: 'circle-outline',
};

const ACTION_ICONS: Readonly<Record<ActionClass, string>> = {
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

const PICTURE_LABELS: Readonly<Record<string, string>> = {
  selfie_image: 'Selfie',
  id_card_image: 'ID card, front',
  id_card_back: 'ID card, back',
  id_photo_image: 'ID photo',
};

const REMEDIES: Readonly<Record<Remedy, string>> = {
  editProfile: 'Edit Profile',
  startSimulator: 'Start Local Simulator',
  showLog: 'Show Log',
};

const icon = (name: string): TemplateResult =>
  html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;

/** The whole page for a state. */
export function jobView(props: JobViewProps): TemplateResult {
  const { state } = props;
  const { report } = state;
  return html`
    ${productionBanner(state)}
    <header>
      ${headline(props)} ${state.loading ? loading(props) : nothing}${identity(props)}
    </header>
    ${report ? body(props, report) : nothing}
  `;
}

function productionBanner({ profile }: PanelState): TemplateResult | typeof nothing {
  if (profile?.environment !== 'production') return nothing;
  return html`<p class="banner" role="note">
    ${icon('warning')} <strong>PRODUCTION</strong> · ${profile.name} · data of real people
  </p>`;
}

function headline({ state, send }: JobViewProps): TemplateResult {
  const { report, loading, problem } = state;
  const kind = report?.verdict ?? (report || problem !== null ? 'none' : 'idle');
  const name = report?.verdict
    ? VERDICT_ICONS[report.verdict]
    : kind === 'idle'
      ? 'search'
      : 'debug-disconnect';
  const title =
    problem ??
    (report ? report.headline : loading ? 'Asking Smile ID…' : 'Not asked in this session');
  return html`
    <div class="headline">
      <h1 class="verdict ${kind}">
        ${icon(name)}<span
          >${title}${
            problem === null && report
              ? html`<span class="summary"> · ${report.summary}</span>`
              : nothing
          }</span
        >
      </h1>
      <div class="toolbar" role="toolbar" aria-label="Job">
        <vscode-button
          icon="refresh"
          ?disabled=${loading}
          @click=${() => {
            send({ type: 'refresh' });
          }}
          >Refresh</vscode-button
        >
        <vscode-button
          secondary
          icon="json"
          ?disabled=${report?.signature == null}
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
      </div>
    </div>
    ${
      problem === null && report && report.facts.length > 0
        ? html`<p class="facts">${report.facts.join(' · ')}</p>`
        : nothing
    }
  `;
}

function loading({ state, send }: JobViewProps): TemplateResult {
  return html`<div class="loading">
    <vscode-progress-bar aria-label="Asking Smile ID"></vscode-progress-bar>
    <p role="status">Asking ${state.profile?.name ?? 'Smile ID'} for this job.</p>
    <vscode-button
      secondary
      @click=${() => {
        send({ type: 'cancel' });
      }}
      >Cancel</vscode-button
    >
  </div>`;
}

function identity(props: JobViewProps): TemplateResult {
  const { state } = props;
  const { profile, report } = state;
  const where = profile ? [profile.environment, profile.name] : ['profile removed'];
  return html`
    <dl class="ids">
      ${copyable(props, 'jobId', 'Job ID', state.jobId)}
      ${copyable(props, 'userId', 'User ID', state.userId)}
      ${
        report?.smileJobId != null
          ? copyable(props, 'smileJobId', 'SmileJobID', report.smileJobId)
          : nothing
      }
      ${
        report?.requestId != null
          ? copyable(props, 'requestId', 'Request ID', report.requestId)
          : nothing
      }
    </dl>
    <p class="source">
      ${[...where, ...(state.askedAt === null ? [] : [`asked ${state.askedAt}`])].join(' · ')}
      ${
        report?.signature
          ? html`<span
              class="signature ${report.signature.state}"
              title=${report.signature.sentence}
              >${icon(report.signature.state === 'valid' ? 'verified' : 'warning')} signature
              ${report.signature.state}</span
            >`
          : nothing
      }
    </p>
    ${
      report?.signature && report.signature.state !== 'valid'
        ? html`<p class="alert" role="alert">${icon('warning')} ${report.signature.sentence}</p>`
        : nothing
    }
  `;
}

function copyable(props: JobViewProps, what: Copied, label: string, value: string): TemplateResult {
  const done = props.copied === what;
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <code>${value}</code>
      <button
        class="copy"
        title=${done ? 'Copied' : `Copy ${label}`}
        aria-label=${done ? `${label} copied` : `Copy ${label}`}
        @click=${() => {
          props.copy(what);
        }}
      >
        ${icon(done ? 'check' : 'copy')}
      </button>
    </dd>
  </div>`;
}

function body(props: JobViewProps, report: JobReport): TemplateResult {
  const why =
    report.explanations.length > 0 || report.remarks.length > 0
      ? explanations(props, report)
      : nothing;
  return html`
    <div class="columns">
      <div>${why}</div>
      ${report.pictures.length > 0 ? pictures(props, report) : nothing}
    </div>
    ${report.actions.length > 0 ? checks(report.actions) : nothing}
    ${report.signature ? history(report) : nothing}
    ${report.notes.length > 0 ? notes(report.notes) : nothing}
  `;
}

function explanations({ send }: JobViewProps, report: JobReport): TemplateResult {
  const several = report.explanations.length > 1;
  return html`<section aria-labelledby="why">
    <h2 id="why">Why</h2>
    ${report.remarks.map((remark) => html`<p class="remark">${icon('info')} ${remark}</p>`)}
    ${
      several
        ? html`<p class="remark">
            ${icon('info')} This code has ${report.explanations.length} meanings. Smile ID's own
            text above says which one holds.
          </p>`
        : nothing
    }
    ${report.explanations.map((explanation, index) => meaning(explanation, index, several, send))}
  </section>`;
}

function meaning(
  { label, meaning, nextStep, certainty, conflict, page }: Explanation,
  index: number,
  several: boolean,
  send: JobViewProps['send'],
): TemplateResult {
  return html`<article>
    ${several && label !== null ? html`<h3>${label}</h3>` : nothing}
    <p>${meaning}</p>
    <h3>What to do next</h3>
    <p>${nextStep}</p>
    ${conflict === null ? nothing : html`<p class="conflict">${icon('info')} ${conflict}</p>`}
    <p class="certainty">
      ${certainty}${
        page === null
          ? nothing
          : html` ·
              <button
                class="link"
                @click=${() => {
                  send({ type: 'openPage', explanation: index });
                }}
              >
                official page
              </button>`
      }
    </p>
  </article>`;
}

function pictures({ pictures, reveal }: JobViewProps, report: JobReport): TemplateResult {
  return html`<section aria-labelledby="pictures">
    <h2 id="pictures">Pictures</h2>
    <ul class="pictures">
      ${report.pictures.map((name) => {
        const label = PICTURE_LABELS[name] ?? name;
        return html`<li>
          ${pictureSlot(name, label, pictures.get(name), reveal)}
          <span class="caption">${label}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

function pictureSlot(
  name: string,
  label: string,
  picture: Picture | undefined,
  reveal: (name: string) => void,
): TemplateResult {
  if (picture?.kind !== 'picture') {
    const failed = picture?.kind === 'failed' || picture?.kind === 'expired';
    return html`<div class="slot empty" role=${ifDefined(failed ? 'note' : undefined)}>
      ${failed ? html`${icon('warning')}<span>${picture.reason}</span>` : html`<span>Loading…</span>`}
    </div>`;
  }
  return html`<button
    class="slot"
    aria-pressed=${picture.revealed ? 'true' : 'false'}
    aria-label="${picture.revealed ? 'Hide' : 'Reveal'} ${label}"
    @click=${() => {
      reveal(name);
    }}
  >
    <img
      class=${picture.revealed ? '' : 'blurred'}
      src=${picture.url}
      alt=${picture.revealed ? label : ''}
    />
    ${picture.revealed ? nothing : html`<span class="reveal">${icon('eye')} Reveal</span>`}
  </button>`;
}

function checks(actions: readonly ActionReport[]): TemplateResult {
  const idle = actions.filter((action) => action.value.toLowerCase() === 'not applicable');
  const done = actions.filter((action) => !idle.includes(action));
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Checks</h2>
    ${done.length > 0 ? actionTable(done, 'Checks that applied') : nothing}
    ${
      idle.length > 0
        ? html`<details>
            <summary>${idle.length} not applicable</summary>
            ${actionTable(idle, 'Checks that did not apply')}
          </details>`
        : nothing
    }
  </section>`;
}

function actionTable(actions: readonly ActionReport[], caption: string): TemplateResult {
  return html`<table>
    <caption class="sr-only">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Check</th>
        <th scope="col">Result</th>
        <th scope="col">What it means</th>
      </tr>
    </thead>
    <tbody>
      ${actions.map(
        (action) =>
          html`<tr>
            <th scope="row" title=${ifDefined(action.meaning ?? undefined)}>${action.label}</th>
            <td class="value ${action.class}">
              ${icon(ACTION_ICONS[action.class])} ${action.value}
            </td>
            <td>${action.explanation}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function history({ history, otherHistory }: JobReport): TemplateResult | typeof nothing {
  if (history.length === 0 && otherHistory === 0) return nothing;
  return html`<section aria-labelledby="history">
    <h2 id="history">History of this job</h2>
    ${history.length === 0 ? html`<p>No earlier entries of this job.</p>` : nothing}
    <ol class="history">
      ${history.map(historyEntry)}
    </ol>
    ${
      otherHistory > 0
        ? html`<p class="secondary">
            ${otherHistory} ${otherHistory === 1 ? 'entry' : 'entries'} of other jobs of this user
            ${otherHistory === 1 ? 'is' : 'are'} in the answer too; see Open JSON.
          </p>`
        : nothing
    }
  </section>`;
}

function historyEntry(entry: HistoryReport): TemplateResult {
  const facts = [entry.code && `code ${entry.code}`, entry.decidedBy, entry.timestamp];
  return html`<li class="verdict ${entry.verdict}">
    ${icon(VERDICT_ICONS[entry.verdict])}
    <span>
      <strong>${entry.headline}</strong>${entry.text === null ? nothing : html` · ${entry.text}`}
      <span class="secondary"
        >${facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</span
      >
    </span>
  </li>`;
}

function notes(notes: readonly string[]): TemplateResult {
  return html`<section aria-labelledby="notes">
    <h2 id="notes">Notes on the answer's shape</h2>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>
  </section>`;
}
