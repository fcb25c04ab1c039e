import * as l10n from '../core/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icon } from './icons';
import { LightElement } from './lightElement';
import type { WatchLine } from './protocol';

/** Says what a watch is doing, and counts down to its next check. */
class WatchElement extends LightElement {
  static override readonly properties = {
    watch: { attribute: false },
  };
  declare watch: WatchLine | null;
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
    const active = watch.phase === 'waiting' || watch.phase === 'checking';
    return html`<p class="watch">
      ${icon(active ? 'eye' : watch.phase === 'finished' ? 'pass' : 'debug-stop')}
      <span>${words(watch)}</span>
    </p>`;
  }
}

function words({ phase, nextAt, polls, slow, reason }: WatchLine): string {
  switch (phase) {
    case 'checking':
      return l10n.t('Watching: checking now.');
    case 'waiting': {
      const seconds = nextAt === null ? 0 : Math.max(0, Math.ceil((nextAt - Date.now()) / 1000));
      const wait =
        seconds >= 120 ? l10n.t('{0} min', Math.round(seconds / 60)) : l10n.t('{0} s', seconds);
      return [
        slow
          ? l10n.t('Watching: next check in {0} (slowed down)', wait)
          : l10n.t('Watching: next check in {0}', wait),
        polls === 1 ? l10n.t('1 check') : l10n.t('{0} checks', polls),
        ...(reason === null ? [] : [reason]),
      ].join(' · ');
    }
    case 'finished':
      return l10n.t('Watching ended: {0}', reason ?? l10n.t('the result is final.'));
    case 'stopped':
      return reason === null
        ? l10n.t('Watching stopped.')
        : l10n.t('Watching stopped: {0}', reason);
  }
}

customElements.define('smile-watch', WatchElement);
