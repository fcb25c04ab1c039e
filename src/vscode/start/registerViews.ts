import type * as vscode from 'vscode';
import { Disposable } from 'vscode';
import type { Lazy } from './lazy';
import { registerRecentJobs, type RecentJobsPart } from './registerRecentJobs';
import { registerWebhooks, type WebhooksPart } from './registerWebhooks';

/** Registers the views of the side bar. */
export const registerViews = (jobs: Lazy<RecentJobsPart & WebhooksPart>): vscode.Disposable =>
  Disposable.from(registerRecentJobs(jobs), registerWebhooks(jobs));
