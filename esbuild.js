// Builds dist/: `node esbuild.js [--watch]`. Watching adds source maps; what is packaged has none.
const esbuild = require('esbuild');
const {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const watch = process.argv.includes('--watch');
const dist = join(__dirname, 'dist');

/**
 * Writes the host's files as CommonJS, which VS Code loads fastest. esbuild splits off what is only import()ed
 * (the simulator, the panels, node-fetch), so that starting VS Code does not load it, but it splits ES modules
 * only, and into a file for each set of modules that are shared. What is loaded at start is put back into one
 * file: reading twenty takes a third longer. Late files take what they share with it from its `parts`.
 */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      const texts = new Map(outputFiles.map(({ path, text }) => [relative(dist, path), text]));
      const outputs = new Map(
        Object.entries(metafile?.outputs ?? {}).map(([path, { imports }]) => [
          relative('dist', path),
          imports.flatMap(({ path: to, kind, external }) =>
            kind === 'import-statement' && !external ? [relative('dist', to)] : [],
          ),
        ]),
      );
      const atStart = new Set(['extension.js']);
      for (const file of atStart) for (const to of outputs.get(file) ?? []) atStart.add(to);
      const shared = [...atStart].filter((file) => file !== 'extension.js');
      const options = {
        platform: 'node',
        target: forNode.target,
        format: 'cjs',
        supported: { 'dynamic-import': false },
        minify: true,
        sourcemap: watch && 'inline',
      };
      const { outputFiles: start } = await esbuild.build({
        ...options,
        bundle: true,
        write: false,
        logLevel: 'warning',
        external: ['vscode', 'node:*'],
        stdin: {
          contents: `export * from './extension.js';
            ${shared.map((file, index) => `import * as p${index} from './${file}';`).join('\n')}
            export const parts = { ${shared.map((file, index) => `'./${basename(file)}': p${index}`)} };`,
          resolveDir: dist,
        },
        plugins: [fromMemory(texts, atStart)],
      });
      write('extension.js', start[0].text);
      for (const [file, text] of texts) {
        if (atStart.has(file)) continue;
        const { code } = await esbuild.transform(text, options);
        write(
          file,
          code.replace(/require\("(\.\/[^"]+)"\)/g, (whole, part) =>
            atStart.has(join('parts', part))
              ? `require("../extension.js").parts["${part}"]`
              : whole,
          ),
        );
      }
    });
  },
};

/** Reads the first bundle's files; what is loaded late stays where it is. */
const fromMemory = (texts, atStart) => ({
  name: 'from-memory',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, importer }) => {
      const file = relative(dist, join(dist, dirname(importer), path));
      return atStart.has(file)
        ? { path: file, namespace: 'memory' }
        : { path: `./${file}`, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
      contents: texts.get(path),
    }));
  },
});

function write(file, text) {
  const path = join(dist, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

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

/**
 * The catalogue's codes and actions are the largest part of what would be loaded at start, and most windows need
 * none of them: each becomes a file of its own, which is read when one is first explained.
 */
const catalogueOnFirstUse = {
  name: 'catalogue-on-first-use',
  setup(build) {
    build.onLoad({ filter: /[\\/]catalogue[\\/](codes|actions)\.json$/ }, ({ path }) => {
      const { $schema, ...data } = JSON.parse(readFileSync(path, 'utf8'));
      write(basename(path), JSON.stringify(data));
      return {
        contents: `let data;
          export default new Proxy({}, { get: (_, key) => (data ??= require('./${basename(path)}'))[key] });`,
        watchFiles: [path],
      };
    });
    build.onResolve({ filter: /^\.\/(codes|actions)\.json$/ }, ({ kind, path }) =>
      kind === 'require-call' ? { path, external: true } : undefined,
    );
  },
};

/** The packages whose files are bundled or copied, by the folder of each. */
const bundledPackages = new Set(['node_modules/@vscode/codicons']);

/** Notes which packages a bundle takes files of. */
const notePackages = {
  name: 'note-packages',
  setup(build) {
    build.onEnd(({ metafile }) => {
      for (const path of Object.keys(metafile?.inputs ?? {})) {
        const [folder] = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
        if (folder) bundledPackages.add(folder);
      }
    });
  },
};

/** The licenses of what is bundled demand that their texts go with it. */
function writeNotices() {
  const notices = [...bundledPackages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(__dirname, folder, 'package.json'), 'utf8'),
    );
    const read = (file) =>
      readFileSync(join(__dirname, folder, file), 'utf8').replace(/^\uFEFF/, '');
    const files = readdirSync(join(__dirname, folder)).filter((file) => /^licen[cs]e/i.test(file));
    // Some packages have it in their README only.
    const texts = files.length > 0 ? files.map(read) : read('README.md').match(/^License\n[^]*/m);
    if (!texts) throw new Error(`${name} has no license text.`);
    return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
  });
  write(
    'ThirdPartyNotices.txt',
    ['This extension contains parts of these packages.\n', ...notices].join(
      `\n${'-'.repeat(80)}\n\n`,
    ),
  );
}

const common = {
  absWorkingDir: __dirname,
  bundle: true,
  minify: true,
  metafile: true,
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
  plugins: [notePackages, noPolyfills, catalogueOnFirstUse, asCommonJs],
};

const forPage = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  entryPoints: ['src/webview/main.ts'],
  outfile: 'dist/panel.js',
  plugins: [notePackages],
};

const bundles = [forNode, forPage];

async function main() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  // The page shows VS Code's own icons; its policy lets it load them from the extension's folder only.
  for (const file of ['codicon.css', 'codicon.ttf']) {
    copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), join(dist, file));
  }
  if (!watch) {
    await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
    writeNotices();
    return;
  }
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
  console.log('Watching.');
}

main().catch((error) => {
  // What esbuild finds it has printed; what fails in a plugin's end it has not.
  if (!error.errors || error.errors.some(({ pluginName }) => pluginName)) console.error(error);
  process.exitCode = 1;
});
