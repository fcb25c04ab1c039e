import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { commands, type Extension, extensions, type TextDocument } from 'vscode';
import type { SmileApi } from '../../src/vscode/smileApi';
import { until } from './until';

const EXTENSION_ID = 'smile-devtools.smile-identity';

/** The extension as another extension uses it. */
export async function activateSmile(): Promise<SmileApi> {
  return await installed().activate();
}

function installed(): Extension<SmileApi> {
  const extension = extensions.getExtension<SmileApi>(EXTENSION_ID);
  assert.ok(extension, 'The extension is not installed.');
  return extension;
}

/** The extension's package.json. */
export const manifest = (): unknown => installed().packageJSON;

/** Where its files are. */
export const extensionPath = (): string => installed().extensionPath;

export interface StartedSimulator {
  readonly url: string;
  /** The name of its profile, which is active now. */
  readonly profile: string;
}

/** Starts the simulator inside the extension, or finds the one that runs. */
export async function startOwnSimulator(): Promise<StartedSimulator> {
  return await commands.executeCommand<StartedSimulator>('smile.startSimulator');
}

export interface ProfileArgument {
  readonly name: string;
  readonly environment: 'sandbox' | 'production' | 'local';
  readonly partnerId: string;
  readonly apiKey: string;
  readonly url?: string;
}

export interface AddedProfile {
  readonly id: string;
  readonly name: string;
  readonly probe: string;
}

/** `smile.addProfile` as a program calls it. Names are free for one profile only. */
export async function addProfile(profile: ProfileArgument): Promise<AddedProfile> {
  return await commands.executeCommand<AddedProfile>('smile.addProfile', profile);
}

/** Waits until the problems that are shown are those of the document as it is now. */
export async function checked(document: TextDocument): Promise<void> {
  const version = (): Thenable<number | undefined> =>
    commands.executeCommand('_smile.versionChecked', document.uri);
  await until(`a check of ${document.fileName}`, async () =>
    (await version()) === document.version ? true : undefined,
  );
}

/** A text that no other test has used: the simulator counts how often a job was requested. */
export function fresh(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}`;
}
