import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ROOT } from '../support/root';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const { contributes } = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string() })),
      viewsWelcome: z.array(z.object({ contents: z.string() })),
      walkthroughs: z.array(
        z.object({
          id: z.string(),
          steps: z.array(
            z.object({
              id: z.string(),
              description: z.string(),
              media: z.object({ svg: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
  })
  .parse(JSON.parse(read('package.json')));
const texts = z.record(z.string(), z.string()).parse(JSON.parse(read('package.nls.json')));
const textOf = (key: string): string => texts[key.replaceAll('%', '')] ?? '';

const known = contributes.commands.map(({ command }) => command);
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const completionEvents = steps.flatMap((step) => step.completionEvents);
const descriptions = [
  ...contributes.viewsWelcome.map(({ contents }) => textOf(contents)),
  ...steps.map(({ description }) => textOf(description)),
];

/** As VS Code reads it in both. */
const BUTTON = /^\[[^\]]*\]\([^)]*\)$/gm;

describe('The walkthrough and the welcome views', () => {
  it('lead to commands that there are', () => {
    const linked = descriptions.flatMap((text) =>
      Array.from(text.matchAll(/\]\(command:([\w.]+)/g), ([, command = '']) => command),
    );
    const completing = completionEvents.flatMap(
      (event) => /^onCommand:(.*)/.exec(event)?.[1] ?? [],
    );
    assert.deepEqual(
      [...linked, ...completing].filter((command) => !known.includes(command)),
      ['workbench.action.openWalkthrough'],
    );
    assert.ok(
      descriptions.some((text) =>
        text.includes(
          `openWalkthrough?%22smile-devtools.smile-identity%23${contributes.walkthroughs[0]?.id}%22`,
        ),
      ),
    );
  });

  it('have one button each, a line that is a link, and no more than one in a view', () => {
    const buttons = ({ contents }: { contents: string }): number =>
      textOf(contents).match(BUTTON)?.length ?? 0;
    assert.deepEqual(
      contributes.viewsWelcome.map((view) => [view.contents, buttons(view)]),
      [
        ['%welcome.noProfile%', 1],
        // beside the one before
        ['%welcome.lostKeys%', 0],
        ['%welcome.noJobs%', 1],
        ['%welcome.webhooks%', 1],
        ['%welcome.receiving%', 1],
      ],
    );
    assert.deepEqual(
      steps.map(({ description }) => buttons({ contents: description })),
      steps.map(() => 1),
    );
  });

  it('have five steps, each of which completes by itself', () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['simulator', 'profile', 'job', 'hover', 'fix'],
    );
    for (const { id, completionEvents: events } of steps) {
      assert.ok(
        events.length > 0 && events.every((event) => /^on(?:Command|Context):/.test(event)),
        id,
      );
    }
  });

  it('have images in colors of the theme, without sentences that would need a translation', () => {
    for (const { media } of steps) {
      const image = read(media.svg);
      const colors = Array.from(
        image.matchAll(/(?:fill|stroke)="([^"]*)"/g),
        ([, color = '']) => color,
      );
      assert.deepEqual(
        colors.filter((color) => color !== 'none' && !color.startsWith('var(--vscode-')),
        [],
        media.svg,
      );
      // the page of VS Code that shows it allows no styles but its own
      assert.doesNotMatch(image, /<style|style=|<script|href=/);
      assert.doesNotMatch(image.replace(/<[^>]*>/g, '\n'), /[a-z]{2,} [a-z]{2,}/i);
    }
  });
});
