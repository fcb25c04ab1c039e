import * as vscode from 'vscode';
import {
  formatsOfResponse,
  formatsOfRequest,
  type ExportFormat,
  type ExportedJob,
} from '../../core/export/exportFormats';
import * as notify from '../notify';
import { pickOne, type Choice } from '../quickInput';

/** Lets the user choose a format, and copies the job in it. */
export async function copyJobAs(job: ExportedJob): Promise<void> {
  const ofResponse = formatsOfResponse(job);
  const separator = (label: string): Choice => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items: (Choice & Partial<ExportFormat>)[] = [
    ...(ofResponse.length > 0 ? [separator('this answer'), ...ofResponse] : []),
    separator('this query, without the API key'),
    ...formatsOfRequest(job),
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
