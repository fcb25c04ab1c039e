import * as vscode from 'vscode';
import {
  compareJobs,
  comparedDocumentsSteps,
  sideOfEntry,
  sideOfJob,
  type ComparedSide,
} from '../../core/report/jobComparison';
import type { JobLookup } from '../../core/jobs/jobLookup';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import { reportOf } from '../../core/report/jobReport';
import { sentTimeOf, timeWords } from '../../core/report/timeWords';
import {
  STATE_ICON_NAMES,
  stateOfRecord,
  stateOfVerdict,
  verdictLabel,
} from '../../core/report/jobState';
import { HumanError } from '../../core/humanError';
import type { JobIds, JobStatusOptions } from '../../core/smile/jobRequest';
import { withoutEmbeddedImagesSteps } from '../../core/smile/embeddedImages';
import { isOwnEntry } from '../../core/smile/job';
import type { JsonObject } from '../../core/smile/fields';
import { historyEntriesOf, resultObjectOf } from '../../core/smile/jobStatusResponse';
import type { Answered } from '../../core/smile/outcome';
import type { Delivery } from '../../core/webhooks/delivery';
import { compareWithStatus } from '../../core/webhooks/jobWithDelivery';
import type { Profile } from '../../core/smile/profile';
import { inSlices } from '../../core/slicedWork';
import { withSignal } from '../abort';
import { ageOf } from '../age';
import * as notify from '../notify';
import { pickOne, type Choice } from '../quickInput';
import { userLabel } from '../userLabel';
import type { Compared, ReceivedResponse } from './panelState';

/** Where a comparison can find its other side. */
interface Around {
  readonly profile: Profile;
  readonly ids: JobIds;
  readonly recent: RecentJobs;
  readonly lookup: JobLookup;
  readonly options: JobStatusOptions;
}

interface Side {
  readonly side: ComparedSide;
  readonly raw: JsonObject;
}

type Item = Choice & {
  readonly side?: () => Promise<Side | undefined>;
  /** It has the shape of a result, without what is around it in a response. */
  readonly isEntry?: true;
};

/** Prompts for what to compare a response with, and compares. The older side comes first. */
export async function chooseComparison(
  current: ReceivedResponse,
  previous: ReceivedResponse | null,
  around: Around,
  closed: AbortSignal,
): Promise<Compared | undefined> {
  const items = [
    ...previousItems(previous),
    ...entryItems(current),
    ...(await otherJobItems(around, closed)),
  ];
  if (items.length === 0) {
    throw new HumanError(
      vscode.l10n.t(
        'There is nothing to compare with yet: no earlier response, no history and no other recent job. Refresh, or look up another job.',
      ),
    );
  }
  const choice = await pickOne(items, {
    title: vscode.l10n.t('Compare Job {0}', around.ids.jobId),
    placeHolder: vscode.l10n.t('Compare this response with…'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const other = await choice?.side?.();
  if (!other) return undefined;
  const mine = currentSide(current);
  const { raw } = mine;
  return compared(other, choice?.isEntry ? { ...mine, raw: resultObjectOf(raw) } : mine);
}

/** Compares a response with the one before it. */
export const comparePrevious = (
  current: ReceivedResponse,
  previous: ReceivedResponse,
): Promise<Compared> => compared(previousSide(previous), currentSide(current));

const currentSide = ({ outcome, at }: ReceivedResponse): Side =>
  sideOf(outcome, vscode.l10n.t('current response, {0}', timeWords(at)));

const previousSide = ({ outcome, at }: ReceivedResponse): Side =>
  sideOf(outcome, vscode.l10n.t('previous response, {0}', timeWords(at)));

const sideOf = ({ job, signature, raw }: Answered, label: string): Side => ({
  side: sideOfJob(job, signature, label),
  raw,
});

/** Compares a pasted response with what Smile ID responded now. */
export async function comparePasted(
  response: Answered,
  current: ReceivedResponse,
  delivery: Delivery | undefined,
): Promise<Compared> {
  const label = delivery
    ? vscode.l10n.t('webhook #{0}', delivery.number)
    : vscode.l10n.t('pasted response');
  const all = await compared(sideOf(response, label), currentSide(current));
  const differences = delivery && compareWithStatus(delivery, current);
  return differences ? { ...all, result: differences } : all;
}

/** The comparison shows no images, and is kept longer than they are. */
async function compared(before: Side, after: Side): Promise<Compared> {
  const earlier = await inSlices(withoutEmbeddedImagesSteps(before.raw));
  const later = await inSlices(withoutEmbeddedImagesSteps(after.raw));
  return {
    before: before.side.label,
    after: after.side.label,
    result: compareJobs(before.side, after.side),
    documents: () => inSlices(comparedDocumentsSteps(earlier, later)),
  };
}

function previousItems(previous: ReceivedResponse | null): Item[] {
  if (!previous) return [];
  const { outcome, at } = previous;
  const { verdict, result } = outcome.job;
  return [
    {
      icon: STATE_ICON_NAMES[stateOfVerdict(verdict, outcome.signature)],
      label: vscode.l10n.t('Previous response'),
      description: [timeWords(at), verdictLabel(verdict), result?.text].filter(Boolean).join(' · '),
      side: () => Promise.resolve(previousSide(previous)),
    },
  ];
}

function entryItems({ outcome }: ReceivedResponse): Item[] {
  const { job, raw, signature } = outcome;
  if (job.history.length === 0) return [];
  const raws = historyEntriesOf(raw);
  const items = job.history.map((entry, index): Item & { own: boolean } => {
    const { verdict, result, jobId } = entry;
    const own = isOwnEntry(entry, job.jobId);
    const when =
      result.timestamp === null ? vscode.l10n.t('no time') : sentTimeOf(result.timestamp).words;
    return {
      own,
      isEntry: true,
      icon: STATE_ICON_NAMES[stateOfVerdict(verdict, signature)],
      label: when,
      description: [
        own || jobId === null ? null : vscode.l10n.t('job {0}', jobId),
        verdictLabel(verdict),
        result.code,
        result.text,
      ]
        .filter(Boolean)
        .join(' · '),
      side: () =>
        Promise.resolve({
          side: sideOfEntry(entry, job, signature, vscode.l10n.t('history entry, {0}', when)),
          raw: raws[index] ?? {},
        }),
    };
  });
  return [
    { label: vscode.l10n.t('history'), kind: vscode.QuickPickItemKind.Separator },
    ...items.filter(({ own }) => own),
    ...items.filter(({ own }) => !own),
  ];
}

async function otherJobItems(
  { profile, ids, recent, lookup, options }: Around,
  closed: AbortSignal,
): Promise<Item[]> {
  const jobs = (await recent.list()).filter(
    ({ profileId, jobId, userId }) =>
      profileId === profile.id && !(jobId === ids.jobId && userId === ids.userId),
  );
  if (jobs.length === 0) return [];
  return [
    { label: vscode.l10n.t('recent jobs'), kind: vscode.QuickPickItemKind.Separator },
    ...jobs.map(({ jobId, userId, name, askedAt, ...job }): Item => ({
      icon: STATE_ICON_NAMES[stateOfRecord(job)],
      label: name ?? jobId,
      description: `${userLabel({ userId })} · ${ageOf(askedAt)}`,
      side: async () => {
        const request = { userId, jobId, ...options };
        const outcome = await notify.progress(
          {
            location: vscode.ProgressLocation.Notification, // the only place with a cancel button
            title: vscode.l10n.t('Requesting job {0} from {1}', jobId, profile.name),
            cancellable: true,
          },
          (_report, token) =>
            withSignal(token, (signal) =>
              lookup.lookUp(profile, request, AbortSignal.any([signal, closed])),
            ),
        );
        if (outcome.kind === 'cancelled') return undefined;
        if (outcome.kind !== 'answered') {
          const { headline, summary } = reportOf(outcome);
          throw new HumanError(
            vscode.l10n.t('Job {0} cannot be compared. {1}: {2}', jobId, headline, summary),
          );
        }
        return sideOf(outcome, vscode.l10n.t('job {0}', name ?? jobId));
      },
    })),
  ];
}
