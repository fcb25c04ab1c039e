import * as vscode from 'vscode';
import { reportOf } from '../../core/jobs/jobReport';
import type { JobStatusOutcome } from '../../core/smile/outcome';
import { curlCommand } from '../../core/takeAway/curlCommand';
import { fixture } from '../../core/takeAway/fixture';
import type { TakenQuery } from '../../core/takeAway/query';
import { SDK_LANGUAGES, sdkCall, type SdkLanguage } from '../../core/takeAway/sdkCall';
import { supportTicket } from '../../core/takeAway/supportTicket';
import { typedModel } from '../../core/takeAway/typedModel';
import { jsonText } from '../../core/shownText';
import * as notify from '../notify';
import { pickOne } from '../quickInput';

/** A job as its panel knows it. */
interface ShownJob extends TakenQuery {
  readonly outcome: JobStatusOutcome | null;
  readonly askedAt: Date | null;
  readonly version: string;
}

type Item = vscode.QuickPickItem & { readonly text?: string };

const LANGUAGES: Readonly<Record<SdkLanguage, string>> = {
  javascript: 'JavaScript',
  python: 'Python',
  ruby: 'Ruby',
  php: 'PHP',
  java: 'Java',
};

/** Asks in which form to take a job away, and puts it on the clipboard. No form holds the API key. */
export async function copyJobAs(job: ShownJob): Promise<void> {
  const choice = await pickOne(itemsFor(job), {
    title: `Copy Job ${job.query.jobId}`,
    placeHolder: 'Copy as',
    matchOnDescription: true,
  });
  if (choice?.text === undefined) return;
  await vscode.env.clipboard.writeText(choice.text);
  notify.flash(`Copied: ${choice.label}`);
}

function itemsFor(job: ShownJob): Item[] {
  const { outcome, askedAt, profile, query, version } = job;
  const answer: Item[] = [];
  if (outcome && askedAt) {
    const report = reportOf(outcome);
    const { environment, partnerId } = profile;
    const { jobId } = query;
    const ticket = { environment, partnerId, jobId, outcome, report, askedAt, version };
    answer.push({
      label: 'Markdown for a support ticket',
      description: 'IDs, codes and times, no personal data',
      text: supportTicket(ticket),
    });
  }
  if (outcome?.kind === 'answered') {
    answer.push(
      {
        label: 'JSON fixture',
        description: 'for your own tests, personal data replaced',
        text: jsonText(fixture(outcome.raw)),
      },
      {
        label: 'TypeScript model',
        description: 'the fields and types of this answer',
        text: typedModel([outcome.raw]),
      },
    );
  }
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...(answer.length > 0 ? [separator('this answer'), ...answer] : []),
    separator('this query, without the API key'),
    { label: 'cURL', description: 'signs itself; reads SMILE_API_KEY', text: curlCommand(job) },
    ...SDK_LANGUAGES.map((language) => ({
      label: `${LANGUAGES[language]} SDK call`,
      description: 'reads SMILE_API_KEY',
      text: sdkCall(language, job),
    })),
  ];
}
