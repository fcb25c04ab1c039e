import * as vscode from 'vscode';

/** What a webview of this extension may load: its own bundle and style sheets, nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: ['dist', 'media'].map((name) => vscode.Uri.joinPath(extensionUri, name)),
  };
}

/**
 * The page of the job panel. It can load nothing from the network: images come as bytes in messages, and
 * only scripts with this nonce run.
 */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const policy = [
    "default-src 'none'",
    'img-src blob:',
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // These do not fall back to default-src.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.l10n.bundle ? vscode.env.language : 'en'}">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Smile ID</title>
    <link rel="stylesheet" href="${uri('dist', 'codicon.css')}" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" href="${uri('media', 'jobPanel.css')}" />
  </head>
  <body>
    <main id="job"></main>
    <script nonce="${nonce}" src="${uri('dist', 'panel.js')}"></script>
  </body>
</html>`;
}
