import * as vscode from 'vscode';
import { isKnownCode } from '../../core/catalogue/catalogue';
import { findCodes } from '../../core/codes/findCodes';
import { shortMeaning } from '../../core/catalogue/shortMeaning';

class CodeLink extends vscode.TerminalLink {
  constructor(
    readonly code: string,
    start: number,
    end: number,
  ) {
    super(start, end - start, vscode.l10n.t('Explain {0}: {1}', code, shortMeaning(code) ?? ''));
  }
}

/** Codes in a terminal, in lines that use them as codes, link to their explanation. */
export const codeTerminalLinks: vscode.TerminalLinkProvider<CodeLink> = {
  provideTerminalLinks: ({ line }) =>
    findCodes(line, 'log')
      .filter(({ code }) => isKnownCode(code))
      .map(({ code, start, end }) => new CodeLink(code, start, end)),
  handleTerminalLink: async ({ code }) => {
    await vscode.commands.executeCommand('smile.explainCode', code);
  },
};
