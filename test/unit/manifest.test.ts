import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { RULES } from '../../src/core/lint/run/lint';
import { COMMAND_IDS } from '../../src/vscode/commandIds';
import { ROOT } from '../support/root';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const Command = z.object({
  command: z.string(),
  title: z.string(),
  category: z.string(),
  enablement: z.optional(z.string()),
});
/** Whatever VS Code shows only if a clause is true. */
const Shown = z.object({ when: z.optional(z.string()) });
const MenuItem = z.extend(Shown, { command: z.string() });
const Setting = z.object({
  default: z.unknown(),
  enum: z.optional(z.array(z.string())),
  markdownEnumDescriptions: z.optional(z.array(z.string())),
  markdownDescription: z.string(),
  order: z.number(),
  scope: z.optional(z.string()),
});
const Manifest = z.object({
  version: z.string(),
  license: z.string(),
  main: z.string(),
  activationEvents: z.array(z.string()),
  extensionKind: z.array(z.string()),
  contributes: z.object({
    commands: z.array(Command),
    menus: z.record(z.string(), z.array(z.extend(MenuItem, { group: z.optional(z.string()) }))),
    keybindings: z.array(MenuItem),
    views: z.record(z.string(), z.array(z.extend(Shown, { id: z.string() }))),
    viewsWelcome: z.array(Shown),
    walkthroughs: z.array(
      z.object({ steps: z.array(z.object({ completionEvents: z.array(z.string()) })) }),
    ),
    configuration: z.array(
      z.object({
        title: z.string(),
        order: z.number(),
        properties: z.record(z.string(), Setting),
      }),
    ),
    taskDefinitions: z.array(
      z.object({
        type: z.string(),
        required: z.array(z.string()),
        properties: z.record(z.string(), z.object({ enum: z.array(z.string()) })),
      }),
    ),
    problemMatchers: z.array(z.object({ name: z.string() })),
  }),
});

/** What docs/webhooks.md shows of launch.json and tasks.json. */
const Launch = z.object({ configurations: z.array(z.object({ preLaunchTask: z.string() })) });
const Tasks = z.object({ tasks: z.array(z.record(z.string(), z.unknown())) });

/** https://code.visualstudio.com/api/references/when-clause-contexts; variableValue: VS Code's variablesView.ts. */
const KEYS_OF_VSCODE = [
  'activeWebviewPanelId',
  'editorHasSelection',
  'editorIsOpen',
  'editorLangId',
  'explorerResourceIsFolder',
  'focusedView',
  'inputFocus',
  'listFocus',
  'listMultiSelection',
  'resource',
  'resourceFilename',
  'resourceScheme',
  'variableValue',
  'view',
  'viewItem',
];
const OWN_KEYS = [
  'smile.fixApplied',
  'smile.hoverShown',
  'smile.jobLookedUp',
  'smile.ownProfileAdded',
  'smile.active',
  'smile.forwardingWebhooks',
  'smile.receivingWebhooks',
  'smile.requesting',
  'smile.hasDeliveries',
  'smile.hasJobs',
  'smile.hasLostKeys',
  'smile.hasProfile',
  'smile.panel.canCompare',
  'smile.panel.canCopy',
  'smile.panel.canRefresh',
  'smile.panel.canResend',
  'smile.panel.canWatch',
  'smile.panel.document',
  'smile.panel.isWatched',
  'smile.simulatorRunning',
];

/** The keys in a clause: what is left of it without regular expressions, texts, values and operators. */
function contextKeysOf(clause: string): string[] {
  return clause
    .replace(/\/(?:\\.|[^/\\])+\/\w*/g, '')
    .replace(/(?:==|!=)\s*(?:'[^']*'|[\w.]+)/g, '')
    .split(/[^\w.]+/)
    .filter((word) => !['', 'true', 'false', 'in', 'not'].includes(word));
}

describe('The manifest', () => {
  const text = read('package.json');
  const manifest = Manifest.parse(JSON.parse(text));
  const { commands, configuration, menus, keybindings, views, viewsWelcome } = manifest.contributes;
  const settings = configuration.flatMap(({ properties }) => Object.entries(properties));
  const texts = z.record(z.string(), z.string()).parse(JSON.parse(read('package.nls.json')));

  it('contributes the commands that are registered, and no other', () => {
    const registered: readonly string[] = Object.values(COMMAND_IDS).flat();
    assert.deepEqual(
      commands.map(({ command }) => command).sort(),
      registered.filter((id) => !id.startsWith('_')).sort(),
    );
  });

  it('has no command in a menu, or under a key, that it does not contribute', () => {
    const known = commands.map(({ command }) => command);
    const used = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    assert.notEqual(used.length, 0);
    assert.deepEqual(
      used.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('shows things by context keys that VS Code has, or that the extension sets', () => {
    const shown = [
      ...Object.values(menus).flat(),
      ...keybindings,
      ...Object.values(views).flat(),
      ...viewsWelcome,
    ];
    const completing = manifest.contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents))
      .flatMap((event) => /^onContext:(.*)/.exec(event)?.[1] ?? []);
    const clauses = [
      ...shown.map(({ when }) => when),
      ...commands.map((each) => each.enablement),
      ...completing,
    ];
    const used = new Set(clauses.flatMap((clause = 'true') => contextKeysOf(clause)));
    assert.deepEqual([...used].sort(), [...KEYS_OF_VSCODE, ...OWN_KEYS].sort());
  });

  it('offers to import credentials from settings files, whatever they are for', () => {
    const [item] = menus['explorer/context'] ?? [];
    const [, source = ''] = /\/(.+)\//.exec(item?.when ?? '') ?? [];
    const isOffered = (name: string): boolean => new RegExp(source).test(name);
    const names = [
      '.env',
      '.env.local',
      '.env.example',
      'prod.env',
      'env.ts',
      'a.envx',
      'a.env.md',
    ];
    assert.deepEqual(names.filter(isOffered), names.slice(0, 4));
  });

  it('sets the context keys by which it shows things, and no other', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(join('src', file)));
    const set = new Set(
      sources.flatMap((source) =>
        Array.from(source.matchAll(/'setContext',\s*'([\w.]+)'/g), ([, key = '']) => key),
      ),
    );
    assert.deepEqual([...set].sort(), [...OWN_KEYS].sort());
  });

  it('compares a key with values that it can have', () => {
    const clauses = [
      ...Object.values(menus)
        .flat()
        .map(({ when }) => when),
      ...commands.map(({ enablement }) => enablement),
    ];
    const compared = new Set(
      clauses.flatMap((clause = '') =>
        Array.from(
          clause.matchAll(/([\w.]+) (?:==|!=) '?([\w.]+)'?/g),
          ([, key, value]) => `${key} ${value}`,
        ),
      ),
    );
    assert.deepEqual([...compared].sort(), [
      'activeWebviewPanelId smile.job',
      'smile.panel.document json',
      'smile.panel.document text',
      'view smile.recentJobs',
      'view smile.webhooks',
      'viewItem profile.jobs',
    ]);
    assert.deepEqual(
      Object.values(views)
        .flat()
        .map(({ id }) => id),
      ['smile.recentJobs', 'smile.webhooks'],
    );
  });

  it('explains variables of a debugger only if the value is four digits as text', () => {
    assert.deepEqual(menus['debug/variables/context'], [
      {
        command: 'smile.explainVariable',
        when: 'variableValue =~ /["\']\\d{4}["\']/',
        group: '5_smile',
      },
    ]);
    const [, source = ''] = /\/(.+)\//.exec(menus['debug/variables/context'][0]?.when ?? '') ?? [];
    const values = [
      ...[`'0810'`, `"0810"`, `"b'0810'"`, '0810', '810', `'08101'`, `'810'`, `'x0810'`, `'0810`],
      ...['Object {code: "0810"}', `'résumé'`, '{…}'],
    ];
    assert.deepEqual(
      values.filter((value) => new RegExp(source).test(value)),
      [`'0810'`, `"0810"`, `"b'0810'"`, 'Object {code: "0810"}'],
    );
  });

  it('has no key for several rows if the command acts on one', () => {
    const isForOne = (when = ''): boolean => when.includes('!listMultiSelection');
    const forOne = menus['view/item/context']?.filter(({ when }) => isForOne(when)) ?? [];
    assert.deepEqual(
      keybindings.filter(
        ({ command, when }) => forOne.some((item) => item.command === command) && !isForOne(when),
      ),
      [],
    );
  });

  it('puts every command under "Smile ID"', () => {
    assert.deepEqual(
      commands.filter(({ category }) => category !== 'Smile ID'),
      [],
    );
  });

  it('has all texts that a user sees in package.nls.json, except names that are not shown', () => {
    const shown = [
      ...text.matchAll(
        /"(?:title|description|contents|name|displayName|markdownDescription|altText)": "([^"]*)"/gi,
      ),
    ]
      .map(([, shown = '']) => shown)
      .filter((shown) => !/^%[\w.]+%$/.test(shown));
    assert.deepEqual(shown, ['smile-identity', 'smile-webhook-receiver']);
  });

  it('has a string for every %key% and no string without one', () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it('has for every setting a default, and a scope that a workspace can write only for its own problems', () => {
    assert.notEqual(settings.length, 0);
    for (const [name, setting] of settings) {
      assert.notEqual(setting.default, undefined, `${name} has no default`);
      // How severe the problems of its files are is a workspace's own matter, as with other linters.
      const scopes = name.startsWith('smile.diagnostics.')
        ? /^resource$/
        : /^(machine|application)$/;
      assert.match(setting.scope ?? '', scopes, `the scope of ${name}`);
    }
  });

  it('has its settings in four groups, in the order in which it lists them', () => {
    const titles = configuration.map(({ title }) => texts[title.replaceAll('%', '')]);
    assert.deepEqual(titles, ['General', 'Jobs', 'Editor', 'Diagnostics']);
    for (const entries of [
      configuration,
      ...configuration.map(({ properties }) => Object.values(properties)),
    ]) {
      assert.deepEqual(
        entries.map(({ order }) => order),
        entries.map((_, index) => index + 1),
      );
    }
  });

  it('describes each choice of a setting, and links the other settings that it names', () => {
    for (const [name, { enum: choices = [], markdownEnumDescriptions = [] }] of settings) {
      assert.equal(markdownEnumDescriptions.length, choices.length, name);
    }
    const described = settings.map(([, { markdownDescription: key }]) => key.replaceAll('%', ''));
    const named = described.flatMap((key) =>
      Array.from(
        texts[key]?.matchAll(/(.?)\b((?:editor|debug|git|http|smile)\.[\w.]+\w)(.?)/g) ?? [],
      ),
    );
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter(([, before, , after]) => before !== '#' || after !== '#').map(([all]) => all),
      [],
    );
  });

  it('has a setting and a page for every rule, and no other', () => {
    const ofRules = settings.flatMap(([name, setting]) =>
      name.startsWith('smile.diagnostics.') && name !== 'smile.diagnostics.enabled'
        ? [[name, setting.default]]
        : [],
    );
    const settingOf = (id: string): string =>
      `smile.diagnostics.${id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
    assert.deepEqual(
      ofRules,
      RULES.map(({ id, severity }) => [settingOf(id), severity]),
    );
    assert.deepEqual(
      readdirSync(join(ROOT, 'docs/rules')).sort(),
      RULES.map(({ id }) => `${id}.md`).sort(),
    );
  });

  it('has the task and the problem matcher that docs/webhooks.md names in tasks.json and launch.json', () => {
    const { taskDefinitions, problemMatchers } = manifest.contributes;
    const examples = Array.from(
      read('docs/webhooks.md').matchAll(/```json\n([^]*?)```/g),
      ([, json = '']): unknown => JSON.parse(json),
    );
    const tasks = taskDefinitions.flatMap(({ type, required, properties }) =>
      required.flatMap((name) =>
        (properties[name]?.enum ?? []).map((value) => [type, name, value]),
      ),
    );
    const [[type = '', name = '', value = ''] = [], ...others] = tasks;
    assert.deepEqual(others, []);
    assert.deepEqual(
      examples.flatMap((example) => Launch.safeParse(example).data?.configurations ?? []),
      [{ preLaunchTask: `${type}: ${value}` }],
    );
    assert.deepEqual(
      examples.flatMap((example) => Tasks.safeParse(example).data?.tasks ?? []),
      problemMatchers.map((matcher) => ({
        type,
        [name]: value,
        isBackground: true,
        problemMatcher: `$${matcher.name}`,
      })),
    );
  });

  it('does not start the extension before it is needed', () => {
    const eager = manifest.activationEvents.filter((event) =>
      /^(\*|onStartupFinished)$/.test(event),
    );
    assert.deepEqual(eager, []);
  });

  // Its servers serve the app of the user, and its requests use the proxy and the files of that machine.
  it('runs on the machine of the folder only, never on the other side of a remote window', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });

  it('agrees with README and CHANGELOG on the version', () => {
    const inChangelog = /^## v?(\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1];
    const inReadme = /\bversion[: ]+v?(\d+\.\d+\.\d+)/i.exec(read('README.md'))?.[1];
    assert.deepEqual(
      { inChangelog, inReadme },
      { inChangelog: manifest.version, inReadme: manifest.version },
    );
  });

  it('is under the MIT license', () => {
    assert.equal(manifest.license, 'MIT');
    assert.match(read('LICENSE'), /MIT License[\s\S]*Permission is hereby granted, free of charge/);
  });

  it('says in the README that this is not an official Smile ID product', () => {
    assert.match(read('README.md'), /not an official Smile ID product/i);
  });
});
