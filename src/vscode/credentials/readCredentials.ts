import * as vscode from 'vscode';
import {
  findCredentialsSteps,
  type FoundCredentials,
} from '../../core/credentials/findCredentials';
import { fileName } from '../../core/credentials/settingsFileNames';
import { inSlices } from '../../core/slicedWork';
import { pauseUnlessCancelled } from '../abort';
import * as notify from '../notify';

/** In characters. A shorter text is read before a notification would be seen. */
const LONG = 100_000;

/**
 * The credentials in a text, as findCredentialsSteps() finds them. While a long one is read, the user can cancel.
 * @throws CancellationError
 */
export async function readCredentials(
  text: string,
  path: string,
): Promise<readonly FoundCredentials[]> {
  const steps = findCredentialsSteps(text, path);
  if (text.length < LONG) return await inSlices(steps);
  return await notify.progress(
    {
      location: vscode.ProgressLocation.Notification, // the only place with a cancel button
      title: vscode.l10n.t('Searching for credentials in {0}', fileName(path)),
      cancellable: true,
    },
    (_report, token) => inSlices(steps, pauseUnlessCancelled(token)),
  );
}
