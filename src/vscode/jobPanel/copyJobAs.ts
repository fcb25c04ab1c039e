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
  const { profile, request } = job;
  const ofResponse = formatsOfResponse(job);
  const separator = (label: string): Choice => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items: (Choice & Partial<ExportFormat>)[] = [
    ...(ofResponse.length > 0 ? [separator(vscode.l10n.t('response')), ...ofResponse] : []),
    ...(profile && request
      ? [
          separator(vscode.l10n.t('request (without API key)')),
          ...formatsOfRequest({ profile, request }),
        ]
      : []),
  ];
  const choice = await pickOne(items, {
    title: request ? vscode.l10n.t('Copy Job {0}', request.jobId) : vscode.l10n.t('Copy Response'),
    placeHolder: vscode.l10n.t('Copy as'),
    matchOnDescription: true,
  });
  if (!choice?.make) return;
  await vscode.env.clipboard.writeText(await choice.make());
  notify.flash(vscode.l10n.t('Copied: {0}', choice.label));
}
