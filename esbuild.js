// Builds dist/: `node esbuild.js [--watch]`. Watching adds source maps; what is packaged has none.
const esbuild = require('esbuild');
const { copyFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const watch = process.argv.includes('--watch');
const dist = join(__dirname, 'dist');

/**
 * Writes the host's files as CommonJS, which VS Code loads fastest. esbuild splits off what is only import()ed
 * (the simulator, the panels, node-fetch), so that starting VS Code does not load it, but it splits ES modules
 * only: each file is turned into CommonJS afterwards, import() into a late require().
 */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          format: 'cjs',
          platform: 'node',
          target: forNode.target,
          supported: { 'dynamic-import': false },
          minify: true,
          sourcemap: watch && 'inline',
        });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, code);
      }
    });
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
  target: 'node20',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  loader: { '.png': 'binary' },
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  chunkNames: 'parts/[name]-[hash]',
  sourcemap: watch && 'inline',
  write: false,
  plugins: [noPolyfills, asCommonJs],
};

const forPage = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  entryPoints: ['src/webview/main.ts'],
  outfile: 'dist/panel.js',
};

const bundles = [forNode, forPage];

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
  // What esbuild finds it has printed; what fails in a plugin's end it has not.
  if (!error.errors || error.errors.some(({ pluginName }) => pluginName)) console.error(error);
  process.exitCode = 1;
});
