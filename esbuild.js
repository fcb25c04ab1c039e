// Builds dist/: `node esbuild.js [--watch]`. Watching adds source maps; what is packaged has none.
const esbuild = require('esbuild');
const { copyFileSync, mkdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const watch = process.argv.includes('--watch');
const dist = join(__dirname, 'dist');

/** The simulator is a file of its own, so that starting VS Code does not load it. */
const simulatorApart = {
  name: 'simulator-apart',
  setup(build) {
    build.onResolve({ filter: /simulator\/server$/ }, () => ({
      path: './simulator.js',
      external: true,
    }));
  },
};

/**
 * node-fetch brings web streams, blobs and forms for runtimes that have none: 70 KB. Node has had them since
 * 18, and VS Code runs 22 or newer. The streams are never reached; of the rest, only the names are.
 */
const POLYFILLS = {
  'web-streams-polyfill': '',
  'fetch-blob': 'export default globalThis.Blob;',
  'fetch-blob/from.js': `
    export const { Blob, File } = globalThis;
    export let blobFrom, blobFromSync, fileFrom, fileFromSync;`,
  'formdata-polyfill/esm.min.js': `
    export const { FormData } = globalThis;
    export let formDataToBlob;`,
};
const noPolyfills = {
  name: 'no-polyfills',
  setup(build) {
    build.onResolve({ filter: /^(web-streams-polyfill|fetch-blob|formdata-polyfill)/ }, (args) => ({
      path: args.path.startsWith('web-streams') ? 'web-streams-polyfill' : args.path,
      namespace: 'polyfill',
    }));
    build.onLoad({ filter: /.*/, namespace: 'polyfill' }, ({ path }) => ({
      contents: POLYFILLS[path],
    }));
  },
};

const common = {
  absWorkingDir: __dirname,
  bundle: true,
  minify: true,
  sourcemap: watch && 'linked',
  logLevel: 'warning',
};

const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  loader: { '.png': 'binary' },
  // import() becomes a late require(): VS Code's loader sees every module, and bundled ones stay lazy.
  supported: { 'dynamic-import': false },
};

const bundles = [
  {
    ...forNode,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [simulatorApart, noPolyfills],
  },
  {
    ...forNode,
    entryPoints: ['src/node/simulator/server.ts'],
    outfile: 'dist/simulator.js',
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['src/webview/main.ts'],
    outfile: 'dist/panel.js',
  },
];

async function main() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  // The page shows VS Code's own icons; its policy lets it load them from the extension's folder only.
  for (const file of ['codicon.css', 'codicon.ttf']) {
    copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), join(dist, file));
  }
  if (!watch) return Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
  console.log('Watching.');
}

main().catch((error) => {
  if (!error.errors) console.error(error); // what it reports itself, esbuild has printed
  process.exitCode = 1;
});
