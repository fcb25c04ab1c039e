// Registers what dist/extension.js registers, with handlers that do nothing: what any extension with its manifest costs.
const vscode = require('vscode');

const nothing = () => undefined;
const LANGUAGES = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...[
    'java',
    'kotlin',
    'swift',
    'dart',
    'go',
    'csharp',
    'json',
    'jsonc',
    'yaml',
    'log',
    'plaintext',
  ],
].map((language) => ({ language }));

/** @param commands as many as the extension has; the names are other ones, since both are in one host */
exports.activate = (
  { globalState, globalStorageUri, secrets, subscriptions, workspaceState },
  commands,
) => {
  const { languages, window, workspace } = vscode;
  globalState.get('a');
  workspaceState.get('a');
  const status = window.createStatusBarItem('empty', vscode.StatusBarAlignment.Left);
  subscriptions.push(
    window.createOutputChannel('Empty', { log: true }),
    status,
    ...commands.map((id) => vscode.commands.registerCommand(`empty.${id}`, nothing)),
    secrets.onDidChange(nothing),
    window.createTreeView('smile.empty', {
      treeDataProvider: { getChildren: nothing, getTreeItem: nothing },
    }),
    window.registerWebviewPanelSerializer('smile.empty', { deserializeWebviewPanel: nothing }),
    ...['empty-a', 'empty-b', 'empty-c'].map((scheme) =>
      workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: nothing,
      }),
    ),
    languages.registerHoverProvider(LANGUAGES, { provideHover: nothing }),
    languages.registerCompletionItemProvider(
      LANGUAGES,
      { provideCompletionItems: nothing },
      '"',
      "'",
    ),
    languages.registerInlayHintsProvider(LANGUAGES, { provideInlayHints: nothing }),
    languages.registerCodeLensProvider(LANGUAGES, { provideCodeLenses: nothing }),
    languages.registerInlineValuesProvider(LANGUAGES, { provideInlineValues: nothing }),
    window.registerTerminalLinkProvider({
      provideTerminalLinks: nothing,
      handleTerminalLink: nothing,
    }),
    workspace.onDidOpenTextDocument(nothing),
    workspace.onDidChangeTextDocument(nothing),
    workspace.onDidCloseTextDocument(nothing),
  );
  void workspace.fs.readDirectory(globalStorageUri).then(nothing, nothing);
};
