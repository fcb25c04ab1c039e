import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { FetchedImage } from '../../core/smile/image';
import * as notify from '../notify';

const detail = (): string =>
  vscode.l10n.t(
    'It shows a real person or an ID document, unless this is a test. Copies are not blurred or deleted automatically.',
  );
const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** Shows a dialog before an image goes to the clipboard. */
export async function mayCopy(): Promise<boolean> {
  return await notify.confirm(
    vscode.l10n.t('Copy this image?'),
    detail(),
    vscode.l10n.t('Copy Image'),
  );
}

/**
 * Shows a dialog, and writes an image where the user wants it.
 * @param find the image as long as its panel shows it: it may go while the dialogs are open
 */
export async function saveImage(
  name: string,
  find: () => Promise<FetchedImage | undefined>,
): Promise<void> {
  const type = await find().then((image) => image?.kind === 'image' && image.type);
  if (!type) return;
  if (
    !(await notify.confirm(
      vscode.l10n.t('Save this image as a file?'),
      detail(),
      vscode.l10n.t('Save Image…'),
    ))
  )
    return;
  const extension = EXTENSIONS[type];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w-]/g, '_')}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Image'),
    filters: { [vscode.l10n.t('Images')]: [extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
  });
  if (!target) return;
  const image = await find();
  if (image?.kind !== 'image') {
    throw new HumanError(vscode.l10n.t('The image is no longer in memory, so it was not saved.'));
  }
  try {
    await vscode.workspace.fs.writeFile(target, image.bytes);
  } catch {
    throw new HumanError(vscode.l10n.t('The image could not be saved there.'));
  }
}
