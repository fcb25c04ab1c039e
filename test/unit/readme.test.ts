import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { isKnownCode } from '../../src/core/catalogue/catalogue';
import { findCodes } from '../../src/core/codes/findCodes';
import { RULES } from '../../src/core/lint/run/lint';
import { idsWith } from '../../src/core/text/languages';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { ROOT } from '../support/root';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');

/** VS Code's identifiers of the languages, by the short names that Markdown knows. */
const LANGUAGES: Readonly<Record<string, string>> = { js: 'javascript' };

const Manifest = z.object({
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string() })),
    menus: z.object({
      commandPalette: z.array(z.object({ command: z.string(), when: z.string() })),
    }),
  }),
});

/** The titles in the palette, in the order of package.json. */
function paletteTitles(): string[] {
  const { commands, menus } = Manifest.parse(JSON.parse(read('package.json'))).contributes;
  const texts = z.record(z.string(), z.string()).parse(JSON.parse(read('package.nls.json')));
  const hidden = menus.commandPalette
    .filter(({ when }) => when === 'false')
    .map(({ command }) => command);
  return commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ title }) => texts[title.replaceAll('%', '')] ?? title);
}

describe('The README', () => {
  it('has at most 200 lines', () => {
    assert.ok(readme.split('\n').length <= 201);
  });

  it('lists each command of the palette, and no other', () => {
    const listed = Array.from(readme.matchAll(/^\| \*\*(.+)\*\* /gm), ([, title = '']) => title);
    assert.deepEqual(listed.sort(), paletteTitles().sort());
  });

  it('names commands as the palette does', () => {
    const titles = paletteTitles();
    const pages = ['README.md', ...docs()];
    const named = pages.flatMap((page) =>
      Array.from(read(page).matchAll(/\*\*Smile ID:\s([^*]+)\*\*/g), ([, title = '']) =>
        title.replace(/\s+/g, ' '),
      ),
    );
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((title) => !titles.includes(title)),
      [],
    );
  });

  it('shows codes that are explained when a reader hovers over them, and loads what explains them', () => {
    const examples = Array.from(
      readme.matchAll(/^```(\w+)\n([^]*?)^```/gm),
      ([, language = '', text = '']) => ({ language: LANGUAGES[language] ?? language, text }),
    ).filter(({ text }) => /\b\d{4}\b/.test(text));
    assert.deepEqual(
      examples.map(({ language, text }) => ({
        language,
        hasHovers: idsWith('hover').includes(language),
        concernsSmile: mayConcernSmile(text),
        codes: findCodes(text, language).map(({ code }) => code),
      })),
      [
        { language: 'javascript', hasHovers: true, concernsSmile: true, codes: ['0813'] },
        { language: 'json', hasHovers: true, concernsSmile: true, codes: ['0811'] },
        { language: 'log', hasHovers: true, concernsSmile: true, codes: ['1012'] },
      ],
    );
    assert.ok(['0813', '0811', '1012'].every(isKnownCode));
  });

  it('lists each rule, with a link to its page', () => {
    const listed = Array.from(
      readme.matchAll(/^\| \[([a-z-]+)\]\(docs\/rules\/([a-z-]+)\.md\)/gm),
      ([, ...names]) => names,
    );
    assert.deepEqual(
      listed,
      RULES.map(({ id }) => [id, id]),
    );
  });

  it('leads to files and sections that exist, as its pages do', () => {
    const dead = ['README.md', 'CONTRIBUTING.md', ...docs()].flatMap((page) =>
      Array.from(read(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g))
        .filter(([, path = '', section]) => {
          const target = path === '' ? page : join(dirname(page), path);
          if (!existsSync(join(ROOT, target))) return true;
          return section !== undefined && !sectionsOf(read(target)).includes(section);
        })
        .map(([link]) => `${page}: ${link}`),
    );
    assert.deepEqual(dead, []);
  });
});

/** The pages in docs/. */
function docs(): string[] {
  return readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`);
}

/** As Markdown names the headings of a page in addresses. */
function sectionsOf(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );
}
