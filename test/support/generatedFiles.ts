import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { englishTexts } from './englishTexts';
import { ROOT } from './root';

const RULES = 'src/core/lint/rules';
const NOTE = '// Written by `npm run generate`.';
const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'];

const RuleModule = z.object({
  rule: z.object({ id: z.string(), title: z.string(), severity: z.enum(SEVERITIES) }),
  documentation: z.object({
    summary: z.string(),
    setting: z.string(),
    text: z.string(),
    wrong: z.string(),
    right: z.string(),
  }),
});
type RuleModule = z.infer<typeof RuleModule> & {
  /** Of its file, its import and its setting: `codeAsNumber`. */
  readonly name: string;
};

async function rules(): Promise<readonly RuleModule[]> {
  const names = readdirSync(join(ROOT, RULES)).map((file) => file.replace(/\.ts$/, ''));
  return await Promise.all(
    names.sort().map(async (name) => {
      const file = pathToFileURL(join(ROOT, RULES, `${name}.ts`));
      return { name, ...RuleModule.parse(await import(file.href)) };
    }),
  );
}

/** What follows from the sources: the texts to translate, and what lists or explains the rules. By path. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const all = await rules();
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  return new Map([
    ['l10n/bundle.l10n.json', json(await englishTexts())],
    ['package.json', withSettings(read('package.json'), all)],
    ['package.nls.json', withTexts(read('package.nls.json'), all)],
    ['README.md', withTable(read('README.md'), all)],
    ['src/core/lint/run/allRules.ts', listOf(all)],
    ['src/core/lint/ruleId.ts', idsOf(all)],
    ...all.map((each) => [`docs/rules/${each.rule.id}.md`, pageOf(each)] as const),
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const idsOf = (all: readonly RuleModule[]): string =>
  [NOTE, 'export type RuleId =', ...all.map(({ rule }) => `  | '${rule.id}'`)].join('\n') + ';\n';

const listOf = (all: readonly RuleModule[]): string =>
  [
    NOTE,
    `import type { Rule } from '../rule';`,
    ...all.map(({ name }) => `import { rule as ${name} } from '../rules/${name}';`),
    '',
    'export const RULES: readonly Rule[] = [',
    ...all.map(({ name }) => `  ${name},`),
    '];\n',
  ].join('\n');

const pageOf = ({ name, rule, documentation: { text, wrong, right } }: RuleModule): string =>
  [
    `# ${rule.title}`,
    text.trim(),
    'Wrong:',
    `\`\`\`js\n${wrong.trim()}\n\`\`\``,
    'Right:',
    `\`\`\`js\n${right.trim()}\n\`\`\``,
    `Rule \`${rule.id}\`, setting \`smile.diagnostics.${name}\`.\n`,
  ].join('\n\n');

/** The table of the rules, its columns as wide as Prettier makes them. */
function withTable(readme: string, all: readonly RuleModule[]): string {
  const rows = [
    ['Rule', 'Finds'] as const,
    ...all.map(
      ({ rule: { id }, documentation: { summary } }) =>
        [`[${id}](docs/rules/${id}.md)`, summary] as const,
    ),
  ];
  const widthOf = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const line = (one: string, other: string, fill = ' '): string =>
    `| ${one.padEnd(widthOf(0), fill)} | ${other.padEnd(widthOf(1), fill)} |\n`;
  const [head = '', ...others] = rows.map(([one, other]) => line(one, other));
  const table = [head, line('', '', '-'), ...others].join('');
  return readme.replace(/^\| Rule +\| Finds +\|\n(?:\|.*\n)*/m, () => table);
}

/** JSON in which our keys of an object are replaced, where the first of them is. */
function withEntries(
  text: string,
  isOurs: (key: string) => boolean,
  ours: readonly (readonly [string, unknown])[],
): string {
  const replaced = (_key: string, value: unknown): unknown => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const at = entries.findIndex(([key]) => isOurs(key));
    if (at < 0) return value;
    const others = entries.filter(([key]) => !isOurs(key));
    return Object.fromEntries([...others.slice(0, at), ...ours, ...others.slice(at)]);
  };
  return json(JSON.parse(text, replaced));
}

const isOfRule =
  (section: string) =>
  (key: string): boolean =>
    key.startsWith(`${section}.diagnostics.`) && !key.endsWith('.enabled');

const withTexts = (text: string, all: readonly RuleModule[]): string =>
  withEntries(
    text,
    isOfRule('setting'),
    all.map(({ name, documentation }) => [`setting.diagnostics.${name}`, documentation.setting]),
  );

const withSettings = (text: string, all: readonly RuleModule[]): string =>
  withEntries(
    text,
    isOfRule('smile'),
    all.map(({ name, rule: { severity } }, index) => [
      `smile.diagnostics.${name}`,
      {
        type: 'string',
        enum: SEVERITIES,
        markdownEnumDescriptions: SEVERITIES.map((value) => `%choice.severity.${value}%`),
        default: severity,
        scope: 'resource',
        order: index + 2,
        markdownDescription: `%setting.diagnostics.${name}%`,
      },
    ]),
  );
