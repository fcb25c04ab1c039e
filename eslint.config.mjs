import tseslint from 'typescript-eslint';

/**
 * Who may call whom. Each folder under src names what it must not import; test/unit/architecture.test.ts
 * proves that these rules bite.
 */
const forbid = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const vscode = { regex: '^vscode$', message: 'Only src/vscode and src/extension.ts know VS Code.' };
const node = {
  regex: '^(node:|fs$|path$|crypto$|http$|https$|os$|node-fetch$)',
  message: 'Only src/node knows Node.',
};
const wings = (...names) => ({
  regex: `(^|/)(${names.join('|')})(/|$)`,
  message: 'Arrows point down: extension -> vscode, node -> core; webview -> core.',
});

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
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build pages with lit or textContent.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/node/simulator/cli.ts'],
    rules: { 'no-console': 'error' },
  },
  forbid(['src/core/**/*.ts'], [vscode, node, wings('node', 'vscode', 'webview')]),
  forbid(['src/node/**/*.ts'], [vscode, wings('vscode', 'webview')]),
  forbid(
    ['src/vscode/**/*.ts'],
    [
      node,
      { regex: '/webview/(?!protocol$)', message: 'Of the page, only its protocol.' },
      wings('node'),
    ],
  ),
  forbid(['src/webview/**/*.ts'], [vscode, node, wings('node', 'vscode')]),
  {
    files: ['test/**/*.ts'],
    rules: {
      // mocha's describe/it take promises and non-null results by design
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
);
