import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icon } from './icons';
import { LightElement } from './lightElement';
import type { WatchLine } from './protocol';

/** Says what a watch is doing, and counts down to its next question. */
class WatchElement extends LightElement {
  static override readonly properties = {
    watch: { attribute: false },
    onStop: { attribute: false },
  };
  declare watch: WatchLine | null;
  declare onStop: () => void;
  private ticking: ReturnType<typeof setInterval> | undefined;

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('watch')) return;
    clearInterval(this.ticking);
    if (this.watch?.phase === 'waiting') {
      this.ticking = setInterval(() => {
        this.requestUpdate();
      }, 1000);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  override render(): TemplateResult | typeof nothing {
    const { watch } = this;
    if (!watch) return nothing;
    const active = watch.phase === 'waiting' || watch.phase === 'asking';
    return html`<p class="watch">
      ${icon(active ? 'eye' : watch.phase === 'finished' ? 'pass' : 'debug-stop')}
      <span>${words(watch)}</span>
      ${active ? html`<button class="link" @click=${this.onStop}>Stop</button>` : nothing}
    </p>`;
  }
}

function words({ phase, nextAt, polls, slow, reason }: WatchLine): string {
  const asked = `asked ${polls} ${polls === 1 ? 'time' : 'times'}`;
  switch (phase) {
    case 'asking':
      return 'Watching: asking now.';
    case 'waiting': {
      const seconds = nextAt === null ? 0 : Math.max(0, Math.ceil((nextAt - Date.now()) / 1000));
      const wait = seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
      return `Watching: next question in ${wait}${slow ? ', slowly while this takes time' : ''} · ${asked}${reason === null ? '' : ` · ${reason}`}`;
    }
    case 'finished':
      return `Watching ended: ${reason ?? 'the result is final.'}`;
    case 'stopped':
      return `Watching stopped${reason === null ? '.' : `: ${reason}`}`;
  }
}

customElements.define('smile-watch', WatchElement);
