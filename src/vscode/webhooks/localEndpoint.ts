import * as vscode from 'vscode';
import { checkEndpoint } from '../../core/webhooks/endpointAddress';
import { healthProblem, type Health } from '../../core/webhooks/endpointWords';
import { withSignal } from '../abort';
import * as notify from '../notify';
import { promptText } from '../quickInput';

const LAST_ENDPOINT = 'smile.webhooks.endpoint';
const FIRST_PROPOSAL = 'http://127.0.0.1:3000/';

/** Finds out whether an endpoint can be reached. */
export interface ProbesEndpoints {
  health(url: URL, signal: AbortSignal): Promise<Health>;
}

/** The endpoint of the developer, to which test webhooks and deliveries go: on this machine or in a private network. */
export class LocalEndpoint {
  /** Private addresses that the user confirmed in this window. */
  readonly confirmed = new Set<string>();
  private chosen: URL | null = null;

  constructor(private readonly memory: vscode.Memento) {}

  /** The one that was used last in this window. */
  get url(): URL | null {
    return this.chosen;
  }

  /** Prompts for an address; undefined if the user left, or did not confirm it. */
  async enter(title: string, probe: ProbesEndpoints): Promise<URL | undefined> {
    const text = await promptText(
      { title, step: 1, totalSteps: 1 },
      {
        prompt: vscode.l10n.t('Address of your own endpoint, with its path'),
        placeholder: `${FIRST_PROPOSAL}webhook`,
        value: this.memory.get<string>(LAST_ENDPOINT) ?? FIRST_PROPOSAL,
        check: (entered) => {
          const checked = checkEndpoint(entered);
          return checked.ok ? null : checked.reason;
        },
      },
    );
    const checked = typeof text === 'string' ? checkEndpoint(text) : null;
    if (checked?.ok !== true) return undefined;
    const { url, confirm } = checked.value;
    if (confirm !== null && !this.confirmed.has(confirm)) {
      const sure = await notify.confirm(
        vscode.l10n.t('Send webhooks to {0}?', confirm),
        vscode.l10n.t('It is not this machine. Only addresses of a private network are used.'),
        vscode.l10n.t('Send'),
      );
      if (!sure) return undefined;
      this.confirmed.add(confirm);
    }
    await this.memory.update(LAST_ENDPOINT, url.href);
    if (!(await this.isReady(url, probe))) return undefined;
    this.chosen = url;
    return url;
  }

  forget(): void {
    this.confirmed.clear();
    this.chosen = null;
  }

  /** Says what keeps it from being reached, before anything is sent; the user may send nevertheless. */
  private async isReady(url: URL, probe: ProbesEndpoints): Promise<boolean> {
    const health = await notify.progress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Checking {0}', url.host) },
      (_report, token) => withSignal(token, (signal) => probe.health(url, signal)),
    );
    const problem = healthProblem(health, url);
    if (problem === null) return true;
    const anyway = vscode.l10n.t('Send Anyway');
    return (await notify.warn(problem, anyway)) === anyway;
  }
}
