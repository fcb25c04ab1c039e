import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { STATE_ICON_NAMES } from '../../src/core/report/jobState';
import { ACTION_ICONS } from '../../src/webview/icons';
import { ROOT } from '../support/root';
import { startSize, VSIX, vsixFiles, vsixSize } from './sizes';

describe('The package', () => {
  it('loads at most 60 KB when VS Code starts', () => {
    assert.ok(startSize() <= 60_000, `${startSize()} bytes`);
  });

  // esbuild copies all names of a namespace import while it is loaded, once for each file that has one.
  it('copies no namespace of VS Code when it starts: files of the start import its names', () => {
    const start = readFileSync(join(ROOT, 'dist/extension.js'), 'utf8');
    assert.match(start, /=require\("vscode"\)/);
    assert.doesNotMatch(start, /\w\(require\("vscode"\)/);
  });

  it('is a VSIX of at most 500 KB', () => {
    assert.ok(vsixSize() <= 500_000, `${vsixSize()} bytes`);
  });

  const pack = (...options: readonly string[]): number | null =>
    spawnSync(process.execPath, ['test/support/run.mjs', 'package', ...options], {
      cwd: ROOT,
      encoding: 'utf8',
    }).status;
  const readme = (): string => vsixFiles().get('extension/readme.md') ?? '';
  const imagesIn = (text: string): (string | undefined)[] =>
    Array.from(text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g), ([, path]) => path);
  /** Links that lead nowhere on the page of the extension. */
  const DEAD = /(?<!!)\[[^\]]*\]\((?!https:|#)/;

  it('has a README without images and without links to files, which the page of an extension shows as broken', () => {
    const source = readFileSync(join(ROOT, 'README.md'), 'utf8');
    assert.ok(imagesIn(source).length > 0 && DEAD.test(source));
    assert.deepEqual(imagesIn(readme()), []);
    assert.doesNotMatch(readme(), DEAD);
  });

  it('shows the images of the README from an https address that is given, and is the same, byte by byte, when it is built again without', () => {
    const before = readFileSync(VSIX);
    for (const base of [
      ...[
        'http://images.example',
        'https://',
        'https:///images.example',
        'https://images.example?v=1',
      ],
      ...['https://images.example#1', 'https://images.example/a b', 'https://images.example/a)b'],
      ...[
        'https://me:secret@images.example',
        'https://images.example/..',
        'https://images.example\n# New',
      ],
    ]) {
      assert.equal(pack('--images', base), 1, base);
    }
    assert.equal(pack('--images', 'https://images.example/smile'), 0);
    const source = readFileSync(join(ROOT, 'README.md'), 'utf8');
    assert.deepEqual(
      imagesIn(readme()),
      imagesIn(source).map((path) => `https://images.example/smile/${path}`),
    );
    assert.doesNotMatch(readme(), DEAD);
    assert.equal(pack(), 0);
    assert.ok(before.equals(readFileSync(VSIX)));
  });

  it('names the packages that are bundled in it, each with the text of its license', () => {
    const [intro, ...notices] = readFileSync(
      join(ROOT, 'dist/ThirdPartyNotices.txt'),
      'utf8',
    ).split(`\n${'-'.repeat(80)}\n\n`);
    assert.equal(intro, 'This extension contains parts of these packages.\n');
    const named = notices.map((notice) => /^(\S+) \S+ \((.+)\)\n/.exec(notice)?.slice(1));
    assert.deepEqual(named, [
      ['@lit/reactive-element', 'BSD-3-Clause'],
      ['@vscode-elements/elements', 'MIT'],
      ['@vscode/codicons', 'CC-BY-4.0'],
      ['@vscode/l10n', 'MIT'],
      ['data-uri-to-buffer', 'MIT'],
      ['lit', 'BSD-3-Clause'],
      ['lit-element', 'BSD-3-Clause'],
      ['lit-html', 'BSD-3-Clause'],
      ['node-fetch', 'MIT'],
      ['zod', 'MIT'],
    ]);
    const texts = {
      'BSD-3-Clause': 'Redistributions in binary form must reproduce the above copyright',
      MIT: 'permission notice shall be',
      'CC-BY-4.0': 'Attribution 4.0 International',
    };
    for (const notice of notices) {
      const [name, text] = Object.entries(texts).find(([key]) => notice.includes(`(${key})`)) ?? [];
      assert.ok(text !== undefined && notice.includes(text), `${name}: ${notice.slice(0, 60)}`);
    }
  });

  it('is built from packages that are dependencies, or what those depend on', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const known = new Set<string>();
    const add = (name: string): void => {
      if (known.has(name)) return;
      known.add(name);
      const file = join(ROOT, 'node_modules', name, 'package.json');
      const own = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: object };
      Object.keys(own.dependencies ?? {}).forEach(add);
    };
    Object.keys(dependencies).forEach(add);
    const notices = readFileSync(join(ROOT, 'dist/ThirdPartyNotices.txt'), 'utf8');
    const bundled = [...notices.matchAll(/^-{80}\n\n(\S+) /gm)].map(([, name]) => name ?? '');
    assert.ok(bundled.length > 0);
    assert.deepEqual(
      bundled.filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(
      Object.keys(dependencies).filter((name) => !bundled.includes(name)),
      [],
    );
  });

  it('has a glyph for each icon of the page, and few others', () => {
    const sources = readdirSync(join(ROOT, 'src/webview')).map((file) =>
      readFileSync(join(ROOT, 'src/webview', file), 'utf8'),
    );
    const named = sources.flatMap((source) =>
      Array.from(source.matchAll(/icon(?:\(|: )'([\w-]+)'/g), ([, name = '']) => name),
    );
    const names = [...named, ...Object.values(STATE_ICON_NAMES), ...Object.values(ACTION_ICONS)];
    assert.ok(named.length > 10);
    const styles = readFileSync(join(ROOT, 'dist/codicon.css'), 'utf8');
    const there = new Set(
      Array.from(styles.matchAll(/\.codicon-([\w-]+):before/g), ([, name = '']) => name),
    );
    assert.deepEqual(
      names.filter((name) => !there.has(name)),
      [],
    );
    assert.ok(statSync(join(ROOT, 'dist/codicon.ttf')).size < 20_000);
  });

  const filesIn = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));

  it('contains what is needed and nothing else', () => {
    const needed =
      /^extension\/(dist\/(extension|panel|lazyParts\/[\w-]+)\.js|dist\/lazyParts\/(actions|codes|jobTypes)\.json|dist\/ThirdPartyNotices\.txt|dist\/codicon\.(css|ttf)|media\/(?!readme\/)[\w./-]+|l10n\/[\w.-]+|package(\.nls)?\.json|readme\.md|changelog\.md|docs\/(v1-to-v3|rules\/[\w-]+)\.md|LICENSE(\.txt)?)$/i;
    const wrapping = ['[Content_Types].xml', 'extension.vsixmanifest'];
    const files = [...vsixFiles().keys()];
    assert.deepEqual(
      files.filter((file) => !needed.test(file) && !wrapping.includes(file)),
      [],
    );
    for (const file of [
      'dist/extension.js',
      'dist/panel.js',
      'dist/lazyParts/editor.js',
      'dist/lazyParts/jobs.js',
      'dist/lazyParts/simulator.js',
      'dist/ThirdPartyNotices.txt',
      'docs/v1-to-v3.md',
      'package.json',
      ...filesIn('docs/rules'),
      ...filesIn('media').filter((file) => !file.startsWith('media/readme/')),
    ]) {
      assert.ok(files.includes(`extension/${file}`), `${file} is missing`);
    }
  });
});
