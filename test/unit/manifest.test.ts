import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { RULES } from '../../src/core/lint/lint';
import { ROOT } from '../support/root';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const Command = z.object({ command: z.string(), title: z.string(), category: z.string() });
const Setting = z.object({
  default: z.unknown(),
  description: z.optional(z.string()),
  markdownDescription: z.optional(z.string()),
  scope: z.optional(z.string()),
});
const Manifest = z.object({
  version: z.string(),
  license: z.string(),
  main: z.string(),
  activationEvents: z.array(z.string()),
  contributes: z.object({
    commands: z.array(Command),
    configuration: z.object({ properties: z.record(z.string(), Setting) }),
  }),
});

describe('The manifest', () => {
  const text = read('package.json');
  const manifest = Manifest.parse(JSON.parse(text));
  const { commands, configuration } = manifest.contributes;

  it('contributes the commands that are registered, and no other', () => {
    // a registration is a call with an ID and a function
    const registration = /\(\s*'(smile\.[\w.]+)',\s*(?:async )?\(/g;
    const registered = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(join('src', file)).matchAll(registration)])
      .map((match) => match[1]);
    assert.deepEqual(commands.map(({ command }) => command).sort(), registered.sort());
  });

  it('puts every command under "Smile"', () => {
    assert.deepEqual(
      commands.filter(({ category }) => category !== 'Smile'),
      [],
    );
  });

  it('has a string for every %key% and no string without one', () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    const given = Object.keys(
      z.record(z.string(), z.string()).parse(JSON.parse(read('package.nls.json'))),
    );
    assert.deepEqual([...used].sort(), given.sort());
  });

  it('gives every setting a description, a default, and a scope that a workspace can only write for its own problems', () => {
    const settings = Object.entries(configuration.properties);
    assert.notEqual(settings.length, 0);
    for (const [name, setting] of settings) {
      assert.ok(setting.description ?? setting.markdownDescription, `${name} has no description`);
      assert.notEqual(setting.default, undefined, `${name} has no default`);
      // How severe the problems of its files are is a workspace's own matter, as with other linters.
      const scopes = name.startsWith('smile.diagnostics.')
        ? /^resource$/
        : /^(machine|application)$/;
      assert.match(setting.scope ?? '', scopes, `the scope of ${name}`);
    }
  });

  it('has a setting and a section of the README for every rule, and no other', () => {
    const settings = Object.entries(configuration.properties).flatMap(([name, setting]) =>
      name.startsWith('smile.diagnostics.') && name !== 'smile.diagnostics.enabled'
        ? [[name, setting.default]]
        : [],
    );
    const settingOf = (id: string): string =>
      `smile.diagnostics.${id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
    assert.deepEqual(
      settings,
      RULES.map(({ id, defaultSeverity }) => [settingOf(id), defaultSeverity]),
    );
    assert.deepEqual(
      [...read('README.md').matchAll(/^### ([a-z]+(?:-[a-z]+)+)\n\n[A-Z\x60]/gm)].map(
        (match) => match[1],
      ),
      RULES.map(({ id }) => id),
    );
  });

  it('does not start the extension before it is needed', () => {
    const eager = manifest.activationEvents.filter((event) =>
      /^(\*|onStartupFinished)$/.test(event),
    );
    assert.deepEqual(eager, []);
  });

  it('agrees with README and CHANGELOG on the version', () => {
    const inChangelog = /^## v?(\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1];
    const inReadme = /\bversion[: ]+v?(\d+\.\d+\.\d+)/i.exec(read('README.md'))?.[1];
    assert.deepEqual(
      { inChangelog, inReadme },
      { inChangelog: manifest.version, inReadme: manifest.version },
    );
  });

  it('is under the MIT licence', () => {
    assert.equal(manifest.license, 'MIT');
    assert.match(read('LICENSE'), /MIT License[\s\S]*Permission is hereby granted, free of charge/);
  });

  it('says in the README that this is not an official Smile ID product', () => {
    assert.match(read('README.md'), /not an official Smile ID product/i);
  });
});
