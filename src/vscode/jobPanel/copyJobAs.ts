import * as vscode from 'vscode';
import {
  formsOfAnswer,
  formsOfQuery,
  type CopyForm,
  type ShownJob,
} from '../../core/export/exportFormats';
import * as notify from '../notify';
import { pickOne, type Choice } from '../quickInput';

/** Asks in which form to take a job away, and puts it on the clipboard. */
export async function copyJobAs(job: ShownJob): Promise<void> {
  const ofAnswer = formsOfAnswer(job);
  const separator = (label: string): Choice => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items: (Choice & Partial<CopyForm>)[] = [
    ...(ofAnswer.length > 0 ? [separator('this answer'), ...ofAnswer] : []),
    separator('this query, without the API key'),
    ...formsOfQuery(job),
  ];
  const choice = await pickOne(items, {
    title: `Copy Job ${job.query.jobId}`,
    placeHolder: 'Copy as',
    matchOnDescription: true,
  });
  if (!choice?.make) return;
  await vscode.env.clipboard.writeText(await choice.make());
  notify.flash(`Copied: ${choice.label}`);
}
