import * as vscode from 'vscode';
import type { Finding, Severity } from '../../core/lint/finding';
import { lintInSteps, type Check } from '../../core/lint/run/lint';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import { fixesFor } from './diagnosticFixes';
import type { DiagnosticSettings } from './diagnosticSettings';
import { LINTED } from './languages';
import { stateOf } from './cachePerVersion';
import { RULE_SCHEME } from './rulePages';
import { TrackedFiles } from './trackedFiles';
import { yieldToTyping } from './yieldToTyping';

/** Typing is not disturbed: a file is checked when nothing was typed for so long, in milliseconds. */
const PAUSE = 300;
/** In characters; a longer file is generated. */
const LONGEST = 1_000_000;

const SOURCE = 'Smile ID';

/** A key in a `.env` file is harmless unless Git tracks the file. No problem would mean that Git does not track it. */
const unknownToGit = (): string =>
  vscode.l10n.t(
    'An API key. Whether Git tracks this file cannot be checked, since Git is not available to extensions in this window.',
  );

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Whether it is a file or a draft that can be edited, not an old version, a response or a page. */
const isWritten = ({ scheme }: vscode.Uri): boolean =>
  scheme === 'untitled' ||
  scheme === 'vscode-notebook-cell' ||
  vscode.workspace.fs.isWritableFileSystem(scheme) === true;

interface Checked {
  readonly state: string;
  readonly check: Check;
}

/**
 * The mistakes of integrators in the files that are open, as problems. A file is checked when it is opened and,
 * as far as it was changed, after a pause in typing.
 */
export class Diagnostics extends Disposable {
  private readonly collection = this.register(vscode.languages.createDiagnosticCollection('smile'));
  private readonly waiting = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  private checked = new WeakMap<vscode.TextDocument, Checked>();
  /** The versions of which the problems are shown. */
  private readonly shown = new Map<vscode.TextDocument, number>();
  private readonly tracked = this.register(new TrackedFiles());

  constructor(
    private readonly settings: DiagnosticSettings,
    private readonly log: Log,
  ) {
    super();
    const { workspace } = vscode;
    const checkAll = (): void => {
      for (const document of workspace.textDocuments) this.checkAfter(0, document);
    };
    this.register(
      workspace.onDidOpenTextDocument((document) => {
        this.checkAfter(0, document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.checkAfter(PAUSE, document);
      }),
      workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.waiting.get(document));
        this.waiting.delete(document);
        this.shown.delete(document);
        this.collection.delete(document.uri);
      }),
      settings.onDidChange(() => {
        this.checked = new WeakMap();
        checkAll();
      }),
      this.tracked.onDidChange(checkAll),
      vscode.languages.registerCodeActionsProvider(
        LINTED,
        {
          provideCodeActions: async (document, _range, context, token) => {
            const ours = context.diagnostics.filter(({ source }) => source === SOURCE);
            if (ours.length === 0) return [];
            return await fixesFor(document, ours, this.findingsIn, token);
          },
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
    checkAll();
  }

  override dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    super.dispose();
  }

  private checkAfter(delay: number, document: vscode.TextDocument): void {
    clearTimeout(this.waiting.get(document));
    if (vscode.languages.match(LINTED, document) === 0 || !isWritten(document.uri)) return;
    const timer = setTimeout(() => {
      this.waiting.delete(document);
      this.check(document).catch((error: unknown) => {
        this.log.error(error);
      });
    }, delay);
    this.waiting.set(document, timer);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const state = stateOf(document);
    const problems: vscode.Diagnostic[] = [];
    const severityOf = this.settings.severities(uri);
    for (const finding of await this.findingsIn(document)) {
      const severity = severityOf(finding.rule);
      if (severity === 'off') continue;
      if (finding.isEnvFile !== true) {
        problems.push(problemOf(document, finding, severity));
        continue;
      }
      const state = await this.tracked.stateOf(uri);
      if (state === 'tracked') problems.push(problemOf(document, finding, severity));
      if (state === 'unknown') {
        const unknown = { ...finding, production: false, message: unknownToGit() };
        problems.push(problemOf(document, unknown, 'hint'));
      }
    }
    // Changed or closed in the meantime: another check follows, or none.
    if (stateOf(document) !== state || document.isClosed) return;
    this.collection.set(uri, problems);
    this.shown.set(document, version);
  }

  /** The version of an open file that was checked last; undefined if it was not checked. */
  versionChecked(uri: vscode.Uri): number | undefined {
    const wanted = uri.toString();
    return [...this.shown].find(([document]) => document.uri.toString() === wanted)?.[1];
  }

  /** What the rules that are on find in the text as it is now. */
  readonly findingsIn = async (
    document: vscode.TextDocument,
    token?: vscode.CancellationToken,
  ): Promise<readonly Finding[]> => {
    const { checked } = this;
    const known = checked.get(document);
    if (known?.state === stateOf(document)) return known.check.findings;
    const { uri } = document;
    const path = vscode.workspace.asRelativePath(uri, false);
    const text = document.getText();
    if (text.length > LONGEST) return [];
    const state = stateOf(document);
    const { languageId } = document;
    const severity = this.settings.severities(uri);
    const steps = lintInSteps(
      { text, languageId, path },
      (rule) => severity(rule) !== 'off',
      known?.check,
    );
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        checked.set(document, { state, check: step.value });
        return step.value.findings;
      }
      await yieldToTyping();
      if (token?.isCancellationRequested === true) return [];
      if (stateOf(document) !== state) return await this.findingsIn(document, token);
    }
  };
}

function problemOf(
  document: vscode.TextDocument,
  { rule, start, end, message, production }: Finding,
  severity: Severity,
): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(
    new vscode.Range(document.positionAt(start), document.positionAt(end)),
    message,
    SEVERITIES[production === true ? 'error' : severity],
  );
  problem.source = SOURCE;
  const target = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule}.md` });
  problem.code = { value: rule, target };
  return problem;
}
