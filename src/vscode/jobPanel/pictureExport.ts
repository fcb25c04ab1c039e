import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { FetchedPicture } from '../../core/smile/picture';

const DETAIL =
  'It shows a real person or an ID document, unless this is a test. Outside this panel nothing blurs or deletes it.';
const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** Asks before a picture goes to the clipboard. */
export async function mayCopy(): Promise<boolean> {
  const copy = 'Copy Picture';
  const options = { modal: true, detail: DETAIL };
  return (await vscode.window.showWarningMessage('Copy this picture?', options, copy)) === copy;
}

/** Asks, and writes a picture where the person wants it. */
export async function savePicture(name: string, picture: FetchedPicture): Promise<void> {
  if (picture.kind !== 'picture') return;
  const save = 'Save Picture…';
  const options = { modal: true, detail: DETAIL };
  const choice = await vscode.window.showWarningMessage(
    'Save this picture as a file?',
    options,
    save,
  );
  if (choice !== save) return;
  const extension = EXTENSIONS[picture.type];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w-]/g, '_')}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Picture',
    filters: { Pictures: [extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, picture.bytes);
  } catch {
    throw new HumanError('The picture could not be saved there.');
  }
}
