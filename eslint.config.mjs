import tseslint from 'typescript-eslint';

/**
 * Who may call whom. Each folder under src names what it must not import; test/unit/architecture.test.ts
 * proves that these rules bite.
 */
const forbid = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const vscode = {
  regex: '^vscode$',
  message: 'Only src/vscode, src/lazyParts and src/extension.ts know VS Code.',
};
const node = {
  regex: '^(node:|fs$|path$|crypto$|http$|https$|os$|node-fetch$)',
  message: 'Only src/node knows Node.',
};
const wings = (...names) => ({
  regex: `(^|/)(${names.join('|')})(/|$)`,
  message: 'Arrows point down: extension -> parts -> vscode, node -> core; webview -> core.',
});

/** VS Code makes links and icons of texts in these: each way to the screen has one door, which makes them harmless. */
const DOORS = [
  {
    file: 'src/vscode/notify.ts',
    message: 'Notifications, dialogs and progress go through src/vscode/notify.ts.',
    properties: [
      'showInformationMessage',
      'showWarningMessage',
      'showErrorMessage',
      'withProgress',
      'setStatusBarMessage',
    ],
  },
  {
    file: 'src/vscode/quickInput.ts',
    message: 'Lists and input boxes go through src/vscode/quickInput.ts.',
    properties: ['showQuickPick', 'createQuickPick', 'showInputBox', 'createInputBox'],
  },
];
const restrictedProperties = (doors) => [
  'error',
  { property: 'innerHTML', message: 'Build pages with lit or textContent.' },
  ...doors.flatMap(({ properties, message }) =>
    properties.map((property) => ({ property, message })),
  ),
];

/** What l10n/bundle.l10n.json is made from, and what must wait until the translations are there. */
const L10N =
  'CallExpression[callee.property.name="t"]:matches([callee.object.name="l10n"], [callee.object.property.name="l10n"])';
const restrictedSyntax = [
  'error',
  {
    selector: `${L10N}[arguments.0.type!=/^(Literal|ObjectExpression)$/]`,
    message: 'A text is found by npm run generate only where it is written out.',
  },
  {
    selector:
      'ImportDeclaration[source.value=/^[.].*[/]l10n$/] > ImportSpecifier[imported.name="t"]',
    message: 'A text is found by npm run generate only as l10n.t(…).',
  },
  {
    selector: `${L10N}:not(:function *)`,
    message: 'Translations are not there yet while modules are loaded.',
  },
];

/** A list of words is a set, and what has parts is put together of them: see core/lint/patterns.ts. */
const longRegExp = {
  selector: 'Literal[regex][raw.length>80]',
  message: 'No regular expression over 80 characters.',
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.vscode-test', 'test/workspace'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-properties': restrictedProperties([]),
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-properties': restrictedProperties(DOORS) } },
  ...DOORS.map((door) => ({
    files: [door.file],
    rules: {
      'no-restricted-properties': restrictedProperties(DOORS.filter((other) => other !== door)),
    },
  })),
  {
    files: ['src/**/*.ts'],
    ignores: ['src/node/simulator/cli.ts'],
    rules: { 'no-console': 'error' },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': restrictedSyntax } },
  {
    files: ['src/core/lint/**/*.ts'],
    ignores: ['src/core/lint/source.ts'],
    rules: { 'no-restricted-syntax': [...restrictedSyntax, longRegExp] },
  },
  forbid(['src/core/**/*.ts'], [vscode, node, wings('node', 'vscode', 'webview', 'lazyParts')]),
  forbid(['src/node/**/*.ts'], [vscode, wings('vscode', 'webview', 'lazyParts')]),
  forbid(
    ['src/vscode/**/*.ts'],
    [
      node,
      { regex: '/webview/(?!protocol$)', message: 'Of the page, only its protocol.' },
      wings('node', 'lazyParts'),
    ],
  ),
  forbid(['src/lazyParts/**/*.ts'], [node]),
  forbid(['src/webview/**/*.ts'], [vscode, node, wings('node', 'vscode', 'lazyParts')]),
  {
    files: ['test/**/*.ts'],
    rules: {
      // mocha's describe/it take promises and non-null results by design
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
);
