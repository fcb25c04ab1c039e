// Builds dist/: `node esbuild.js [--watch]`. Watching adds source maps; what is packaged has none.
const esbuild = require('esbuild');
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const subsetFont = require('subset-font');

const watch = process.argv.includes('--watch');
const dist = join(__dirname, 'dist');

/**
 * node-fetch brings web streams, blobs and forms for runtimes that have none: 70 KB. Node has had them since
 * 18, and VS Code runs 22 or newer. The streams are never used; of the rest, only the names are.
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

/** The packages whose files are bundled or copied, by the folder of each. */
const bundledPackages = new Set(['node_modules/@vscode/codicons']);

/** Notes which packages have files in a bundle. */
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

/** The text of the MIT license, which is the same for all except for the holder. */
function standardText(license, holder) {
  if (license !== 'MIT' || typeof holder !== 'string') throw new Error(`No text of ${license}.`);
  const own = readFileSync(join(__dirname, 'LICENSE'), 'utf8');
  return own.replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}

/** The licenses of what is bundled require that their texts go with it. */
function writeNotices() {
  const notices = [...bundledPackages].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(
      readFileSync(join(__dirname, folder, 'package.json'), 'utf8'),
    );
    const read = (file) =>
      readFileSync(join(__dirname, folder, file), 'utf8').replace(/^\uFEFF/, '');
    const files = readdirSync(join(__dirname, folder)).filter((file) => /^licen[cs]e/i.test(file));
    // Some packages have it only in their README, or name it without its text.
    const texts =
      files.length > 0
        ? files.map(read)
        : (read('README.md').match(/^License\n[^]*/m) ?? [standardText(license, author)]);
    return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
  });
  writeFileSync(
    join(dist, 'ThirdPartyNotices.txt'),
    ['This extension contains parts of these packages.\n', ...notices].join(
      `\n${'-'.repeat(80)}\n\n`,
    ),
  );
}

/**
 * VS Code's own icons, as far as the page uses them: those whose name is a text in its bundle. The policy of the page
 * lets it load them from the extension's folder only.
 */
async function writeIcons() {
  const page = readFileSync(join(dist, 'panel.js'), 'utf8');
  const used = new Set(
    Array.from(page.matchAll(/["'`]([a-z][a-z\d-]*)["'`]/g), ([, name]) => name),
  );
  const folder = dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  const glyphs = [];
  const styles = readFileSync(join(folder, 'codicon.css'), 'utf8').replace(
    /^\.codicon-([\w-]+):before \{ content: "\\([\da-f]+)" \}\n?/gm,
    (rule, name, code) => {
      if (!used.has(name)) return '';
      glyphs.push(String.fromCodePoint(parseInt(code, 16)));
      return rule;
    },
  );
  const font = readFileSync(join(folder, 'codicon.ttf'));
  writeFileSync(join(dist, 'codicon.css'), styles);
  writeFileSync(
    join(dist, 'codicon.ttf'),
    await subsetFont(font, glyphs.join(''), { targetFormat: 'truetype' }),
  );
}

/** The data of the catalogue, which several parts read: bundled into each, it would be in the package as often. */
const SHARED_DATA = ['codes.json', 'actions.json', 'jobTypes.json'];
const sharedData = {
  name: 'shared-data',
  setup(build) {
    build.onResolve({ filter: /\.json$/ }, ({ path }) =>
      SHARED_DATA.includes(basename(path))
        ? { path: `./${basename(path)}`, external: true }
        : undefined,
    );
  },
};

function writeSharedData() {
  for (const name of SHARED_DATA) {
    const data = readFileSync(join(__dirname, 'src/core/catalogue', name), 'utf8');
    writeFileSync(join(dist, 'lazyParts', name), JSON.stringify(JSON.parse(data)));
  }
}

const common = {
  absWorkingDir: __dirname,
  bundle: true,
  minify: true,
  metafile: true,
  sourcemap: watch && 'linked',
  logLevel: 'warning',
};

/**
 * What VS Code loads at start, and the parts that are loaded on first use, each with all that it needs: their paths
 * in dist/ are those in src/.
 */
const PARTS = ['./lazyParts/jobs', './lazyParts/editor', './simulator'];
const forNode = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  external: ['vscode', ...PARTS],
  loader: { '.png': 'binary' },
  entryPoints: ['src/extension.ts', 'src/lazyParts/*.ts'],
  outdir: 'dist',
  sourcemap: watch && 'inline',
  plugins: [notePackages, noPolyfills, sharedData],
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
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  writeSharedData();
  await writeIcons();
  writeNotices();
  if (!watch) return;
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
  console.log('Watching.');
}

main().catch((error) => {
  if (!error.errors) console.error(error); // esbuild has printed its own errors already
  process.exitCode = 1;
});
