import * as vscode from 'vscode';
import type { Severity } from '../../core/lint/finding';
import type { RuleId } from '../../core/lint/ruleId';

export type RuleSeverity = Severity | 'off';

const SECTION = 'smile.diagnostics';

/** The setting of a rule, in full: `smile.diagnostics.codeAsNumber` for `code-as-number`. */
export function settingOfRule(rule: RuleId): string {
  return `${SECTION}.${keyOf(rule)}`;
}

const keyOf = (rule: RuleId): string =>
  rule.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** How severe each rule is; workspaces and folders may differ, as with other linters. */
export class DiagnosticSettings {
  readonly onDidChange = (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) listener();
    });

  /** Defaults are in package.json. */
  severities(scope: vscode.Uri): (rule: RuleId) => RuleSeverity {
    const configuration = vscode.workspace.getConfiguration(SECTION, scope);
    if (configuration.get('enabled') === false) return () => 'off';
    return (rule) => {
      const value = configuration.get(keyOf(rule));
      switch (value) {
        case 'error':
        case 'information':
        case 'hint':
        case 'off':
          return value;
        default:
          return 'warning';
      }
    };
  }
}
