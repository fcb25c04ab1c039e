import * as vscode from 'vscode';
import { translate } from '../core/l10n';
import { Commands } from '../vscode/commands';
import { ConfigValue } from '../vscode/configValue';
import { CodeCompletion } from '../vscode/editor/codeCompletion';
import { CodeHover } from '../vscode/editor/codeHover';
import { CodeInlayHints } from '../vscode/editor/codeInlayHints';
import { codeTerminalLinks } from '../vscode/editor/codeTerminalLinks';
import { moveKeyToProfile } from '../vscode/editor/diagnosticFixes';
import { Diagnostics } from '../vscode/editor/diagnostics';
import { DiagnosticSettings } from '../vscode/editor/diagnosticSettings';
import { openExample } from '../vscode/editor/exampleFile';
import { ExplainCode } from '../vscode/editor/explainCode';
import { explainVariable } from '../vscode/editor/explainVariable';
import { generateHandlerHere, showMissingCodes } from '../vscode/editor/handlerCommands';
import { CodeInlineValues } from '../vscode/editor/inlineValues';
import { JobLens } from '../vscode/editor/jobLens';
import { ResponseLens } from '../vscode/editor/responseLens';
import { openMigrationGuide } from '../vscode/editor/migrationGuide';
import { changeSeverity, RulePages } from '../vscode/editor/rulePages';
import { Log } from '../vscode/log';
import type { EditorFeatures } from '../vscode/start/registerEditorFeatures';
import { fixApplied, hoverShown } from '../vscode/walkthroughSteps';
import type { Jobs } from './jobs';

export { explain } from '../core/catalogue/catalogue';
export { findCodes } from '../core/codes/findCodes';

translate(vscode.l10n.bundle);

/** What this part needs from the rest. */
export interface EditorDeps {
  readonly channel: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
  readonly version: string;
  /** Stores keys that are found in files. */
  readonly jobs: { get(): Promise<Pick<Jobs, 'keepKey'>> };
}

/** The part that explains and checks texts. */
export class Editor implements EditorFeatures {
  readonly commands: Commands;
  readonly hover = new CodeHover(enabled('hover', true), hoverShown);
  readonly completion = new CodeCompletion(enabled('completion', true));
  readonly inlayHints = new CodeInlayHints(enabled('inlayHints', false));
  readonly jobLens = new JobLens(enabled('codeLens', true));
  readonly responseLens = new ResponseLens(enabled('codeLens', true));
  readonly terminalLinks = codeTerminalLinks;
  readonly inlineValues = new CodeInlineValues(enabled('inlineValues', true));
  readonly codePages: ExplainCode;
  readonly rulePages: RulePages;
  private readonly diagnostics: Diagnostics;

  constructor({ channel, extensionUri, version, jobs }: EditorDeps) {
    const log = new Log(channel);
    const commands = new Commands(log);
    this.commands = commands;
    this.codePages = new ExplainCode(version);
    this.codePages.addCommands(commands);
    this.rulePages = new RulePages(extensionUri);
    const diagnostics = new Diagnostics(new DiagnosticSettings(), log);
    this.diagnostics = diagnostics;
    // tests wait for it
    commands.add('_smile.versionChecked', (uri) =>
      uri instanceof vscode.Uri ? diagnostics.versionChecked(uri) : undefined,
    );
    commands.add('smile.moveKeyToProfile', (uri, offset) =>
      moveKeyToProfile(uri, offset, diagnostics.findingsIn, async (key) =>
        (await jobs.get()).keepKey(key),
      ),
    );
    commands.add('_smile.fixApplied', fixApplied);
    commands.add('smile.openExample', openExample);
    commands.add('smile.changeSeverity', changeSeverity);
    commands.add('smile.explainVariable', explainVariable);
    commands.add('smile.openMigrationGuide', () => openMigrationGuide(extensionUri));
    commands.add('smile.generateHandler', generateHandlerHere);
    commands.add('smile.showMissingCodes', showMissingCodes);
  }

  dispose(): void {
    this.diagnostics.dispose();
  }
}

function enabled(feature: string, fallback: boolean): () => boolean {
  const setting = new ConfigValue(`${feature}.enabled`, fallback);
  return () => setting.value;
}
