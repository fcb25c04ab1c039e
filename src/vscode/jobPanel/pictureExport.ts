import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { FetchedPicture } from '../../core/smile/picture';
import * as notify from '../notify';

const DETAIL =
  'It shows a real person or an ID document, unless this is a test. Outside this panel nothing blurs or deletes it.';
const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** Asks before a picture goes to the clipboard. */
export async function mayCopy(): Promise<boolean> {
  return await notify.confirm('Copy this picture?', DETAIL, 'Copy Picture');
}

/** Asks, and writes a picture where the person wants it. */
export async function savePicture(name: string, picture: FetchedPicture): Promise<void> {
  if (picture.kind !== 'picture') return;
  if (!(await notify.confirm('Save this picture as a file?', DETAIL, 'Save Picture…'))) return;
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
