import * as l10n from '../core/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HistoryGroup, HistoryItem } from '../core/report/jobHistory';
import { STATE_ICON_NAMES, verdictLabel } from '../core/report/jobState';
import { icon } from './icons';
import { LightElement } from './lightElement';
import { sentTime } from './sentTime';

interface Filter {
  job: string;
  product: string;
  verdict: string;
}
const ALL: Filter = { job: '', product: '', verdict: '' };

/** A timeline of the entries in the response, grouped by job, with filters. One tab stop: arrows move. */
class HistoryElement extends LightElement {
  static override readonly properties = {
    groups: { attribute: false },
    viewed: { attribute: false },
    onOpen: { attribute: false },
    filter: { state: true },
    current: { state: true },
  };
  declare groups: readonly HistoryGroup[];
  /** The entry that the page shows now, by its index. */
  declare viewed: number | null;
  declare onOpen: (index: number) => void;
  declare filter: Filter;
  declare current: number | null;

  constructor() {
    super();
    this.groups = [];
    this.viewed = null;
    this.filter = ALL;
    this.current = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('groups')) {
      this.filter = ALL;
      this.current = null;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const total = count(this.groups);
    if (total === 0) return nothing;
    const shown = this.shown();
    const first = shown[0]?.items[0]?.index ?? null;
    const stop = shown.some(({ items }) => items.some(({ index }) => index === this.current))
      ? this.current
      : first;
    return html`<section aria-labelledby="history">
      <h2 id="history">${l10n.t('History of this user')}</h2>
      ${total > 1 ? this.filters(total, count(shown)) : nothing}
      ${shown.length === 0 ? html`<p class="secondary">${l10n.t('No entry matches these filters.')}</p>` : nothing}
      <div class="timeline" @keydown=${this.onKey}>
        ${shown.map((group) => this.group(group, stop))}
      </div>
    </section>`;
  }

  private shown(): HistoryGroup[] {
    const { job, product, verdict } = this.filter;
    return this.groups
      .filter(({ jobId }) => job === '' || jobId === job)
      .map((group) => ({
        ...group,
        items: group.items.filter(
          (item) =>
            (product === '' || item.product === product) &&
            (verdict === '' || item.verdict === verdict),
        ),
      }))
      .filter(({ items }) => items.length > 0);
  }

  private filters(total: number, shown: number): TemplateResult {
    const items = this.groups.flatMap((group) => group.items);
    const jobs = this.groups.map(({ jobId, isThisJob }) => ({
      value: jobId,
      label: isThisJob ? l10n.t('This job ({0})', jobId) : jobId,
    }));
    const products = [...new Set(items.flatMap(({ product }) => product ?? []))].map(same);
    const verdicts = [...new Set(items.map(({ verdict }) => verdict))].map((value) => ({
      value,
      label: verdictLabel(value),
    }));
    return html`<div class="filters" role="group" aria-label=${l10n.t('Filter the history')}>
      ${this.select('job', l10n.t('Filter by job'), l10n.t('All jobs'), jobs)}
      ${this.select('product', l10n.t('Filter by product'), l10n.t('All products'), products)}
      ${this.select('verdict', l10n.t('Filter by verdict'), l10n.t('All verdicts'), verdicts)}
      <span class="secondary" role="status"
        >${shown === total ? l10n.t('{0} entries', total) : l10n.t('{0} of {1} entries', shown, total)}</span
      >
    </div>`;
  }

  private select(
    field: keyof Filter,
    name: string,
    all: string,
    options: readonly { value: string; label: string }[],
  ): TemplateResult | typeof nothing {
    if (options.length < 2) return nothing;
    return html`<select
      aria-label=${name}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLSelectElement) {
          this.filter = { ...this.filter, [field]: target.value };
        }
      }}
    >
      <option value="" ?selected=${this.filter[field] === ''}>${all}</option>
      ${options.map(
        ({ value, label }) =>
          html`<option value=${value} ?selected=${this.filter[field] === value}>${label}</option>`,
      )}
    </select>`;
  }

  private group(
    { jobId, smileJobId, isThisJob, items }: HistoryGroup,
    stop: number | null,
  ): TemplateResult {
    return html`<div class="entries">
      <h3>
        ${isThisJob ? l10n.t('This job') : l10n.t('Job {0}', jobId)}
        ${smileJobId === null ? nothing : html`<span class="secondary">SmileJobID ${smileJobId}</span>`}
      </h3>
      <ol>
        ${items.map((item) => this.item(item, stop))}
      </ol>
    </div>`;
  }

  private item(item: HistoryItem, stop: number | null): TemplateResult {
    const { index, verdict, state, product, code, text, time, decidedBy } = item;
    const facts = [product, code === null ? null : l10n.t('code {0}', code), decidedBy];
    return html`<li>
      <button
        class="entry"
        data-index=${index}
        tabindex=${index === stop ? 0 : -1}
        aria-current=${index === this.viewed ? 'true' : 'false'}
        @click=${() => {
          this.current = index;
          this.onOpen(index);
        }}
      >
        <span class="verdict ${state}">${icon(STATE_ICON_NAMES[state])}</span>
        <span>
          <strong>${verdictLabel(verdict)}</strong>${text === null ? nothing : ` · ${text}`}
          <span class="secondary"
            >${[...(time === null ? [] : [sentTime(time)]), ...facts.filter((fact) => fact !== null)].map((fact, at) => (at === 0 ? fact : html` · ${fact}`))}</span
          >
        </span>
      </button>
    </li>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const entries = [...this.querySelectorAll<HTMLButtonElement>('button.entry')];
    const at = entries.findIndex((entry) => entry === document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
    this.current = Number(entry?.dataset.index);
    entry?.focus();
  };
}

const same = (text: string): { value: string; label: string } => ({ value: text, label: text });
const count = (groups: readonly HistoryGroup[]): number =>
  groups.reduce((sum, { items }) => sum + items.length, 0);

customElements.define('smile-history', HistoryElement);
