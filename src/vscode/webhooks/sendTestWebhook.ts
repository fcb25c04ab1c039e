import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { systemClock } from '../../core/clock';
import { HumanError } from '../../core/humanError';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import { stateLabel, stateOfRecord } from '../../core/report/jobState';
import type { Answered } from '../../core/smile/outcome';
import type { Checked } from '../../core/smile/environment';
import { attemptReport, type ReportedAttempt } from '../../core/webhooks/attemptReport';
import type { Attempts } from '../../core/webhooks/attempts';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { isValid, stateOfDelivery, type Delivery } from '../../core/webhooks/delivery';
import type { WebhookSender } from '../../core/webhooks/forwarding';
import {
  codeOfContent,
  contentOfDelivery,
  contentOfText,
  contentsOfJob,
  contentsOfRecord,
  sequencesOf,
  signedInTurn,
  textOfContent,
  type SequenceName,
  type Step,
} from '../../core/webhooks/testWebhook';
import { TEST_IDS, type WebhookContent } from '../../core/webhooks/webhook';
import { withSignal } from '../abort';
import type { Profiles } from '../credentials/profiles';
import { environmentLabel } from '../environmentLabel';
import type { JobDocuments } from '../jobPanel/jobDocuments';
import * as notify from '../notify';
import { pickOne, type Choice } from '../quickInput';
import type { OfferedJob } from '../simulator/simulatorCommands';
import type { LocalEndpoint, ProbesEndpoints } from './localEndpoint';

/** What a test webhook can be made of. */
type Source = Choice & {
  readonly title: string;
  readonly contents: () => Promise<readonly WebhookContent[] | undefined>;
  /** The user sees its text already. */
  readonly isOpen?: true;
};

/** The documents of test webhooks belong to no panel. */
export const REPORTS = 'webhooks';

export interface SendDeps {
  readonly profiles: Profiles;
  readonly recent: RecentJobs;
  readonly deliveries: Deliveries;
  /** The job of the active panel. */
  readonly shownJob: () => Answered | null;
  readonly scenarios: () => readonly OfferedJob[];
  /** Loads what the webhooks of a scenario say, by its job ID. */
  readonly webhooksOfScenarios: () => Promise<
    (jobId: string, now: Date) => readonly WebhookContent[]
  >;
  readonly endpoint: LocalEndpoint;
  readonly sender: WebhookSender & ProbesEndpoints;
  readonly attempts: Attempts;
  readonly documents: Pick<JobDocuments, 'open'>;
}

/** "Send Test Webhook…": to the developer's own endpoint, signed with the key of a profile. */
export class SendTestWebhook {
  constructor(private readonly deps: SendDeps) {}

  readonly send = async (): Promise<void> => {
    const source = await pickOne(await this.sources(), {
      title: title(),
      placeHolder: vscode.l10n.t('Select what the webhook says'),
      matchOnDescription: true,
    });
    const contents = await source?.contents();
    if (source && contents) await this.sendContents(source.title, contents, source.isOpen);
  };

  /** The content of a delivery, with test data in place of what is personal. */
  async sendDelivery({ body, headers, number }: Delivery): Promise<void> {
    const content = await contentOfDelivery(body, headers);
    if (!content.ok) throw new HumanError(content.reason);
    await this.sendContents(`#${number}`, [content.value]);
  }

  private async sendContents(
    what: string,
    contents: readonly WebhookContent[],
    isOpen = false,
  ): Promise<void> {
    if (contents.length === 0) {
      throw new HumanError(vscode.l10n.t('Nothing is known of this job that a webhook could say.'));
    }
    const sequence = await this.chooseSequence(contents, isOpen);
    if (!sequence) return;
    const key = await this.chooseKey();
    if (!key) return;
    const url = await this.deps.endpoint.enter(title(), this.deps.sender);
    if (!url) return;
    const sent = await notify.progress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Sending to {0}', url.host),
        cancellable: true,
      },
      (report, token) =>
        withSignal(token, (signal) =>
          this.sendSteps(`${what}, ${sequence.label}`, sequence.steps, key, url, signal, report),
        ),
    );
    if (sent.length > 0) await showReport(this.deps.documents, url, sent, key.profile.name);
  }

  private async sendSteps(
    what: string,
    steps: readonly Step[],
    key: { readonly apiKey: string; readonly partnerId: string },
    url: URL,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<readonly ReportedAttempt[]> {
    const sent: ReportedAttempt[] = [];
    report(vscode.l10n.t('{0} of {1}', 1, steps.length));
    for await (const { step, webhook } of signedInTurn(steps, key, systemClock, signal)) {
      const at = new Date();
      const outcome = await this.deps.sender.post(url, webhook, signal);
      const verdict = this.deps.attempts.add(
        `${what} ${sent.length}`,
        { kind: 'send', url: url.href, at, outcome },
        step.expected,
      );
      const { api } = step.content;
      const code = codeOfContent(step.content);
      const title = code === null ? what : `${what}: ${code}`;
      sent.push({ api, title, at, outcome, expected: step.expected, verdict });
      if (sent.length < steps.length) {
        report(vscode.l10n.t('{0} of {1}', sent.length + 1, steps.length));
      }
    }
    return sent;
  }

  // --- what it says ---

  private async sources(): Promise<readonly Source[]> {
    const separator = (label: string): Source => ({
      ...{ label, kind: vscode.QuickPickItemKind.Separator, title: '' },
      contents: () => Promise.resolve(undefined),
    });
    const groups: readonly (readonly [string, readonly Source[]])[] = [
      [vscode.l10n.t('here'), [...this.shownSources(), ...editorSources()]],
      [vscode.l10n.t('deliveries'), this.deliverySources()],
      [vscode.l10n.t('recent jobs'), await this.recentSources()],
      [vscode.l10n.t('scenarios of the simulator'), await this.scenarioSources()],
    ];
    return groups.flatMap(([label, sources]) =>
      sources.length === 0 ? [] : [separator(label), ...sources],
    );
  }

  private shownSources(): readonly Source[] {
    const shown = this.deps.shownJob();
    if (!shown) return [];
    const { job, raw } = shown;
    const label = vscode.l10n.t('Job of the Open Panel');
    return [
      {
        ...{ icon: 'preview', label, title: label },
        description: vscode.l10n.t('codes and checks of it, with test data'),
        contents: () => contentsOfJob(job, raw),
      },
    ];
  }

  private deliverySources(): readonly Source[] {
    return this.deps.deliveries.all.filter(isValid).map((delivery) => ({
      icon: 'inbox',
      label: `#${delivery.number} ${stateLabel(stateOfDelivery(delivery))}`,
      description: delivery.jobId ?? '',
      title: `#${delivery.number}`,
      contents: async () => {
        const content = await contentOfDelivery(delivery.body, delivery.headers);
        if (!content.ok) throw new HumanError(content.reason);
        return [content.value];
      },
    }));
  }

  private async recentSources(): Promise<readonly Source[]> {
    const jobs = await this.deps.recent.list();
    return jobs
      .map((job) => ({ job, contents: contentsOfRecord(job) }))
      .filter(({ contents }) => contents.length > 0)
      .slice(0, MOST_RECENT)
      .map(({ job, contents }) => ({
        icon: 'history',
        label: job.name ?? job.jobId,
        description: stateLabel(stateOfRecord(job)),
        title: job.jobId,
        contents: () => Promise.resolve(contents),
      }));
  }

  private async scenarioSources(): Promise<readonly Source[]> {
    const webhooksOf = await this.deps.webhooksOfScenarios();
    return this.deps.scenarios().flatMap(({ jobId, title: label }) => {
      const contents = webhooksOf(jobId, systemClock.now());
      return contents.length === 0
        ? []
        : [
            {
              icon: 'beaker',
              label,
              description: jobId,
              title: label,
              contents: () => Promise.resolve(contents),
            },
          ];
    });
  }

  // --- in which order, and signed by whom ---

  private async chooseSequence(
    contents: readonly WebhookContent[],
    isOpen: boolean,
  ): Promise<{ readonly label: string; readonly steps: readonly Step[] } | undefined> {
    const sequences = [...sequencesOf(contents)].map(([name, steps]) => ({
      label: sequenceLabel(name, contents.length),
      description:
        steps.length === 1
          ? vscode.l10n.t('1 webhook')
          : vscode.l10n.t('{0} webhooks', steps.length),
      steps,
    }));
    const edit: Choice & { readonly steps: readonly Step[] } = {
      icon: 'edit',
      label: vscode.l10n.t('Edit the Body First…'),
      description:
        contents.length === 1
          ? vscode.l10n.t('opens it as a file; send it with this command')
          : vscode.l10n.t(
              'opens the last of {0} as a file; send it with this command',
              contents.length,
            ),
      steps: [],
    };
    const chosen = await pickOne(isOpen ? sequences : [...sequences, edit], {
      title: title(),
      placeHolder: vscode.l10n.t('Select how it is sent'),
    });
    if (chosen !== edit && chosen) return chosen;
    const last = chosen && contents.at(-1);
    if (last) {
      const document = await vscode.workspace.openTextDocument({
        language: 'json',
        content: textOfContent(last),
      });
      await vscode.window.showTextDocument(document);
    }
    return undefined;
  }

  private async chooseKey() {
    const keys = await this.deps.profiles.withKeys();
    const active = await this.deps.profiles.active();
    if (keys.length === 0) {
      throw new HumanError(
        vscode.l10n.t('There is no profile to sign with. Add one, or start the local simulator.'),
      );
    }
    if (keys.length === 1) return keys[0];
    const items = keys
      .map((key) => ({
        key,
        label: key.profile.name,
        description: environmentLabel(key.profile.environment),
      }))
      .sort(
        (a, b) => Number(b.key.profile.id === active?.id) - Number(a.key.profile.id === active?.id),
      );
    const chosen = await pickOne(items, {
      title: title(),
      placeHolder: vscode.l10n.t(
        'Select the profile whose key signs it; the key itself is not sent',
      ),
    });
    return chosen?.key;
  }
}

/** Opens what an endpoint responded. */
export async function showReport(
  documents: Pick<JobDocuments, 'open'>,
  url: URL,
  attempts: readonly ReportedAttempt[],
  profile: string | null = null,
): Promise<void> {
  const { redacted, personal: content } = attemptReport(url, attempts, profile);
  const name = vscode.l10n.t('Test webhook');
  await documents.open(REPORTS, { part: 'text', name, content, redacted });
}

const MOST_RECENT = 20;

const title = (): string => vscode.l10n.t('Send Test Webhook');

/** A body that the user edits. */
function editorSources(): readonly Source[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  const { document, selection } = editor;
  const text = document.getText(selection.isEmpty ? undefined : selection);
  if (!text.trim().startsWith('{')) return [];
  const label = selection.isEmpty
    ? vscode.l10n.t('Body in the Open Editor')
    : vscode.l10n.t('Selected Body');
  const description = vscode.workspace.asRelativePath(document.uri);
  return [
    {
      ...{ icon: 'edit', label, description, title: label, isOpen: true },
      contents: () => {
        const content = contentOfBody(text);
        if (!content.ok) throw new HumanError(content.reason);
        return Promise.resolve([content.value]);
      },
    },
  ];
}

/** A webhook of v3 has a status and no result code, and the IDs in its headers are those of its body. */
function contentOfBody(text: string): Checked<WebhookContent> {
  const fields = Body.safeParse(parsed(text)).data;
  const { job_id: jobId, user_id: userId } = fields?.partner_params ?? fields ?? {};
  if (fields?.ResultCode !== undefined || fields?.status === undefined) {
    return contentOfText(text, 'v1');
  }
  const ids = TEST_IDS.v3;
  return contentOfText(text, 'v3', { jobId: jobId ?? ids.jobId, userId: userId ?? ids.userId });
}

const Ids = { job_id: z.optional(z.string()), user_id: z.optional(z.string()) };
const Body = z.object({
  ...Ids,
  status: z.optional(z.string()),
  ResultCode: z.optional(z.unknown()),
  partner_params: z.optional(z.nullable(z.object(Ids))),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // sent as it is, if its API allows that
  }
}

function sequenceLabel(name: SequenceName, count: number): string {
  switch (name) {
    case 'in order':
      return count === 1 ? vscode.l10n.t('Once') : vscode.l10n.t('All, in Order');
    case 'out of order':
      return vscode.l10n.t('Out of Order');
    case 'twice':
      return count === 1 ? vscode.l10n.t('Twice') : vscode.l10n.t('Each of Them Twice');
    case 'late':
      return vscode.l10n.t('The Last One a Minute Late');
    case 'provisional first':
      return vscode.l10n.t('Provisional First, Then Final');
    case 'processing first':
      return vscode.l10n.t('Processing First, Then Final');
    case 'wrong signature':
      return vscode.l10n.t('With a Wrong Signature');
    case 'no signature':
      return vscode.l10n.t('Without a Signature');
    case 'stale':
      return vscode.l10n.t('Signed a Day Ago');
  }
}
