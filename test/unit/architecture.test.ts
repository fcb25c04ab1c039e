import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { ESLint } from 'eslint';
import { cyclesIn, grouped, importsIn, importsOf } from '../support/imports';
import { ROOT } from '../support/root';

/** Code in a file, and a part of the message that the linter must report, or null if there is none. */
type Case = readonly [file: string, code: string, verdict: string | null];

const ONLY_VSCODE = 'Only src/vscode, src/lazyParts and src/extension.ts know VS Code.';
const ONLY_NODE = 'Only src/node knows Node.';
const ARROWS = 'Arrows point down';
const PROTOCOL = 'Of the page, only its protocol.';

const NOTIFY = 'Notifications, dialogs and progress go through src/vscode/notify.ts.';
const QUICK_INPUT = 'Lists and input boxes go through src/vscode/quickInput.ts.';

const WRITTEN_OUT = 'A text is found by npm run generate only where it is written out.';
const AS_MEMBER = 'A text is found by npm run generate only as l10n.t(…).';
const TOO_EARLY = 'Translations are not there yet while modules are loaded.';

const CASES: readonly Case[] = [
  ['src/core/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/core/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/core/smile/x.ts', `import 'crypto'`, ONLY_NODE],
  ['src/core/x.ts', `import 'node-fetch'`, ONLY_NODE],
  ['src/core/x.ts', `import '../node/http'`, ARROWS],
  ['src/core/smile/x.ts', `import '../../vscode/log'`, ARROWS],
  ['src/core/x.ts', `import '../webview/protocol'`, ARROWS],
  ['src/core/x.ts', `export * from '../node/http'`, ARROWS],
  ['src/core/x.ts', `import './smile/job'`, null],
  ['src/node/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/node/x.ts', `import '../vscode/log'`, ARROWS],
  ['src/node/simulator/x.ts', `import '../../webview/protocol'`, ARROWS],
  ['src/node/x.ts', `import 'node:fs'; import '../core/smile/job'`, null],
  ['src/vscode/x.ts', `import '../node/http'`, ARROWS],
  ['src/vscode/jobPanel/x.ts', `import '../../node/simulator/server'`, ARROWS],
  ['src/vscode/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/vscode/jobPanel/x.ts', `import '../../webview/main'`, PROTOCOL],
  ['src/vscode/jobPanel/x.ts', `import '../../webview/protocol'`, null],
  ['src/vscode/x.ts', `import 'vscode'; import '../core/smile/job'`, null],
  ['src/webview/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/webview/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/webview/x.ts', `import '../vscode/log'`, ARROWS],
  ['src/webview/x.ts', `import '../node/http'`, ARROWS],
  ['src/webview/x.ts', `import '../core/catalogue/types'; import './protocol'`, null],
  ['src/extension.ts', `import 'vscode'; import './lazyParts/jobs'; import './vscode/log'`, null],
  ['src/lazyParts/x.ts', `import 'vscode'; import '../node/http'; import '../vscode/log'`, null],
  ['src/lazyParts/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/vscode/x.ts', `import '../lazyParts/jobs'`, ARROWS],
  ['src/vscode/start/x.ts', `import '../../lazyParts/jobs'`, ARROWS],
  ['src/node/x.ts', `import '../lazyParts/jobs'`, ARROWS],
  ['src/core/x.ts', `import '../lazyParts/jobs'`, ARROWS],
  ...['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'withProgress'].flatMap(
    (name): Case[] => [
      ['src/vscode/x.ts', `vscode.window.${name}('x')`, NOTIFY],
      ['src/extension.ts', `const { ${name}: say } = window; say('x')`, NOTIFY],
      ['src/vscode/quickInput.ts', `window['${name}']('x')`, NOTIFY],
      ['src/vscode/notify.ts', `vscode.window.${name}('x')`, null],
    ],
  ),
  ['src/vscode/x.ts', `vscode.window.setStatusBarMessage('x')`, NOTIFY],
  ['src/core/x.ts', `const f = () => l10n.t('Job {0}', x)`, null],
  ['src/core/x.ts', `const f = () => l10n.t({ message: 'Job', comment: 'noun' })`, null],
  ['src/core/x.ts', 'const f = () => l10n.t(`Job ${x}`)', WRITTEN_OUT],
  ['src/vscode/x.ts', `const f = () => vscode.l10n.t('a' + 'b')`, WRITTEN_OUT],
  ['src/core/jobs/x.ts', `import * as l10n from '../l10n'`, null],
  ['src/core/jobs/x.ts', `import { textOf } from '../l10n'`, null],
  ['src/core/jobs/x.ts', `import { t } from '../l10n'`, AS_MEMBER],
  ['src/core/x.ts', `import { t as look } from './l10n'`, AS_MEMBER],
  ['src/core/x.ts', `const TITLE = l10n.t('Job')`, TOO_EARLY],
  ['src/vscode/x.ts', `const TITLES = { job: vscode.l10n.t('Job') }`, TOO_EARLY],
  ['src/core/lint/x.ts', `const X = /${'a'.repeat(78)}/`, null],
  ['src/core/lint/x.ts', `const X = /${'a'.repeat(79)}/`, 'No regular expression over 80'],
  ...['showQuickPick', 'createQuickPick', 'showInputBox', 'createInputBox'].flatMap(
    (name): Case[] => [
      ['src/vscode/x.ts', `vscode.window.${name}()`, QUICK_INPUT],
      ['src/vscode/notify.ts', `vscode.window.${name}()`, QUICK_INPUT],
      ['src/vscode/quickInput.ts', `vscode.window.${name}()`, null],
    ],
  ),
];

/**
 * The ways to the screen that have no wrapper, and the files that may use them. The texts of those files are
 * tested in test/vscode/injection.test.ts, or come from the catalogue alone: add a new file in both places.
 */
const SCREEN = new Map([
  ['createOutputChannel', ['extension.ts']],
  ['createStatusBarItem', ['credentials/statusBar.ts']],
  ['createTerminal', ['webhooks/publicAddresses.ts']],
  ['createTreeView', ['start/registerRecentJobs.ts', 'start/registerWebhooks.ts']],
  ['createWebviewPanel', ['jobPanel/jobPanels.ts']],
  ['CodeAction', ['editor/diagnosticFixes.ts']],
  ['CodeLens', ['editor/jobLens.ts', 'editor/responseLens.ts']],
  ['CompletionItem', ['editor/codeCompletion.ts']],
  ['CustomExecution', ['webhooks/receiverTask.ts']],
  ['Diagnostic', ['editor/diagnostics.ts']],
  ['Hover', ['editor/codeHover.ts', 'editor/sdkHover.ts', 'editor/termHover.ts']],
  ['InlayHint', ['editor/codeInlayHints.ts']],
  ['InlineValueText', ['editor/inlineValues.ts']],
  ['isTrusted', ['editor/codeText.ts']],
  [
    'MarkdownString',
    [...['editor/codeText.ts', 'editor/sdkHover.ts', 'editor/termHover.ts'], 'rowTooltip.ts'],
  ],
  [
    'registerTextDocumentContentProvider',
    ['start/registerEditorFeatures.ts', 'start/registerJobPanels.ts'],
  ],
  ['Task', ['webhooks/receiverTask.ts']],
  ['TerminalLink', ['editor/codeTerminalLinks.ts']],
  ['TreeItem', ['jobsView/jobsTree.ts', 'webhooks/deliveryRows.ts']],
  ['vscode.diff', ['jobPanel/jobDocuments.ts']],
]);
const TO_SCREEN =
  /(?:new|extends) vscode\.([A-Z]\w+)|window\.(create\w+)|(\bregister\w+ContentProvider)/g;
const BY_NAME = /\.(isTrusted|supportHtml) =|'(vscode\.diff)'/g;
/** What `new vscode.…` also creates, but what shows no text. */
const SILENT = new Set([
  ...['CancellationError', 'CancellationTokenSource', 'Disposable', 'EventEmitter', 'Position'],
  ...['Range', 'RelativePattern', 'SnippetString'],
  ...['ThemeColor', 'ThemeIcon', 'WorkspaceEdit'],
]);

/** A source text in which classes of VS Code that are imported by name are written as `vscode.Name`. */
function withNamespace(text: string): string {
  const list = /^import \{([^}]*)\} from 'vscode';/m.exec(text)?.[1] ?? '';
  const names = new Map(
    list.split(',').map((each) => {
      const [name = '', alias = name] = each.trim().split(' as ');
      return [alias, name] as const;
    }),
  );
  return text.replace(/\b(new|extends) ([A-Z]\w+)/g, (all, word: string, name: string) => {
    const known = names.get(name);
    return known === undefined ? all : `${word} vscode.${known}`;
  });
}

/** The folders of core, lower to higher: each may use what is in a row before its own. Ports lie right under core. */
const CORE = [
  ['text', 'catalogue'],
  ['smile', 'codes'],
  ['jobs', 'credentials', 'sdk', 'report'],
  ['lint', 'handlers', 'webhooks', 'export'],
];
/** The ports that use more than ports: the words of the catalogue decide what may leave memory. */
const PORTS_ABOVE = ['redact.ts -> catalogue'];

/** What only tests use: limits and a table. */
const FOR_TESTS = [
  ...['LONGEST_WITH_JOBS', 'LONGEST_WITH_RESPONSES', 'MARKERS'],
  ...['MAX_JOBS', 'MAX_SUBMITTED', 'MAX_TOKENS', 'replayVerdict'],
];

/** What only tests use until the features read texts with core/text: rows of languages, tokens, windows, and trees. */
const UNTIL_FEATURES_USE_IT = [
  ...[
    'blockAround',
    'branchOf',
    'headsAround',
    'keysOfTest',
    'literalOf',
    'ownersOf',
    'statementAt',
  ],
];

describe('The architecture', () => {
  // The rules of this project that need no types: the snippets are in no TypeScript project.
  const linter = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) =>
      [
        ...['no-restricted-imports', 'no-restricted-properties', 'no-restricted-syntax'],
        'no-console',
      ].includes(ruleId),
  });
  const messages = async (file: string, code: string): Promise<string[]> => {
    const [result] = await linter.lintText(code, { filePath: join(ROOT, file) });
    return result?.messages.map(({ message }) => message) ?? ['not linted'];
  };

  for (const [file, code, verdict] of CASES) {
    it(`${verdict === null ? 'allows' : 'forbids'} ${code} in ${file}`, async () => {
      const found = await messages(file, code);
      if (verdict === null) assert.deepEqual(found, []);
      else
        assert.ok(
          found.some((message) => message.includes(verdict)),
          found.join('\n'),
        );
    });
  }

  const graph = importsIn(join(ROOT, 'src'));

  it('has no import cycle of files, in which no file can be loaded first', () => {
    assert.deepEqual(cyclesIn(graph), []);
  });

  it('has no import cycle of folders, nor of the layers that they form', () => {
    // a port is used without the other ports, so it counts alone
    const folderOf = (file: string): string => (/^core\/[^/]+$/.test(file) ? file : dirname(file));
    assert.deepEqual(cyclesIn(grouped(graph, folderOf)), []);
    assert.deepEqual(cyclesIn(grouped(graph, (file) => file.replace(/\/.*/, ''))), []);
  });

  it('has an order inside core', () => {
    const core = new Map([...graph].filter(([file]) => file.startsWith('core/')));
    const partOf = (file: string): string => file.split('/')[1] ?? '';
    const rowOf = (part: string): number => CORE.findIndex((row) => row.includes(part));
    const isPort = (part: string): boolean => part.endsWith('.ts');
    const parts = [...grouped(core, partOf)];
    assert.deepEqual(
      parts.map(([part]) => part).filter((part) => !isPort(part) && rowOf(part) < 0),
      [],
      'each folder has its row',
    );
    const wrong = parts.flatMap(([part, used]) =>
      [...used]
        .filter((other) => !isPort(other) && rowOf(other) >= rowOf(part))
        .map((other) => `${part} -> ${other}`),
    );
    assert.deepEqual(wrong, PORTS_ABOVE);
  });

  it('reads every form of import, and finds cycles of any length', () => {
    const text = `
      import './a'; import { b } from './b'; import type { C } from './c'; export * from './d';
      export type { E } from './e'; const f = import('./f'); type G = import('./g').G;
      const h = require('./h') as typeof import('./i'); // import './comment'
      const text = "import './text'"; import j = require('./j');`;
    assert.deepEqual(
      [...importsOf(text)].sort(),
      'a b c d e f g h i j'.split(' ').map((name) => `./${name}`),
    );
    const made = new Map(
      Object.entries({ main: 'one', one: 'two leaf', two: 'three', three: 'one', leaf: '' }).map(
        ([from, to]) => [from, new Set(to.split(' ').filter(Boolean))],
      ),
    );
    assert.deepEqual(cyclesIn(made), ['one -> two', 'two -> three', 'three -> one']);
    assert.deepEqual(cyclesIn(grouped(made, (name) => name.slice(0, 1))), ['o -> t', 't -> o']);
    assert.deepEqual(cyclesIn(new Map([['self', new Set(['self'])]])), ['self -> self']);
    made.set('three', new Set());
    assert.deepEqual(cyclesIn(made), []);
  });

  it('stores files in known places only, so that Delete All Data finds them all', () => {
    const writers = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(sep).join('/'))
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /\b(write|append|copy)File|createWriteStream|fs\.write|logUri|storagePath/i.test(
          readFileSync(join(ROOT, 'src', name), 'utf8'),
        ),
      );
    assert.deepEqual(writers.sort(), [
      'node/hostId.ts',
      'node/recordFiles.ts',
      'node/simulator/cli.ts', // not part of the extension
      'vscode/jobPanel/imageExport.ts', // where the user saves it
    ]);
  });

  it('has a known file for each way to the screen', () => {
    const folder = join(ROOT, 'src');
    const wrappers = ['vscode/notify.ts', 'vscode/quickInput.ts'];
    const found = new Map<string, Set<string>>();
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = path.replaceAll('\\', '/');
      if (!/^((?:vscode|lazyParts)\/.*|extension)\.ts$/.test(file) || wrappers.includes(file))
        continue;
      const text = withNamespace(readFileSync(join(folder, path), 'utf8'));
      for (const [, ...names] of [...text.matchAll(TO_SCREEN), ...text.matchAll(BY_NAME)]) {
        const name = names.join(''); // one of them was found
        if (SILENT.has(name)) continue;
        found.set(name, (found.get(name) ?? new Set()).add(file.replace(/^vscode\//, '')));
      }
    }
    assert.deepEqual(
      [...found].map(([name, files]) => [name, [...files].sort()]).sort(),
      [...SCREEN].sort(),
    );
  });

  it('exports no value that nothing uses, or only tests', () => {
    const folder = join(ROOT, 'src');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    const words = texts.map((text) => new Set(text.match(/[\w$]+/g)));
    const unused = texts.flatMap((text, own) =>
      [...text.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !/^(?:de)?activate$/.test(name)) // which VS Code calls
        .filter((name) => !words.some((used, other) => other !== own && used.has(name))),
    );
    assert.deepEqual(unused.sort(), [...FOR_TESTS, ...UNTIL_FEATURES_USE_IT].sort());
  });

  it('forbids console in the product', async () => {
    assert.equal((await messages('src/core/x.ts', 'console.log(1)')).length, 1);
  });
});
