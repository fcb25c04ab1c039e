import * as assert from 'node:assert/strict';
import type { QuickPickItem } from 'vscode';
import type { JobName, StoredJob } from '../../src/core/jobs/recentJobs';
import { RecentJobs } from '../../src/core/jobs/recentJobs';
import { SmileClient } from '../../src/core/smile/client';
import type { Profile } from '../../src/core/smile/profile';
import type { Log } from '../../src/vscode/log';
import type { ProductionGate } from '../../src/vscode/productionGate';
import { ProfileCommands } from '../../src/vscode/credentials/profileCommands';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { Profiles } from '../../src/vscode/credentials/profiles';
import {
  FakeClock,
  FakeHttp,
  MemoryLog,
  MemoryStore,
  response,
  signedResponse,
} from '../support/fakes';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { recordScreen, type Hands } from '../support/screen';

const acme: Profile = {
  id: 'p-1',
  name: 'acme-test',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const live: Profile = { ...acme, environment: 'production' };
const local: Profile = { ...acme, environment: 'local', url: 'http://127.0.0.1:8080/v1' };
const HAS_CHANGED = 'The profile "acme-test" has changed meanwhile. Nothing was done.';

/** The commands of a window, and the profiles of another one. Sandbox refuses each key, production accepts it. */
function build() {
  const store = new MemoryStore<Profile>();
  const secrets = new FakeSecrets();
  const state = new FakeMemento();
  const open = (): Profiles => new Profiles(store, secrets, new ProfileMemory(state, state));
  const [profiles, elsewhere] = [open(), open()];
  const log = new MemoryLog();
  const http = new FakeHttp([
    ({ url, body = '' }) => {
      const { partner_id: partnerId } = JSON.parse(body) as { partner_id: string };
      return url.includes('testapi')
        ? response({ error: 'You are not authorized to do that', code: '2205' }, 400)
        : signedResponse(
            { job_complete: true, result: { ResultCode: '0810' } },
            'key-1',
            partnerId,
          );
    },
  ]);
  const errors: string[] = [];
  const commands = new ProfileCommands(
    profiles,
    new RecentJobs(new MemoryStore<StoredJob>(), new MemoryStore<JobName>(), () => 9, log),
    new SmileClient(http, new FakeClock(), () => 60_000),
    { allowKeyCheck: () => Promise.resolve(true) } as unknown as ProductionGate,
    { stopProfile: () => undefined },
    {
      showError: (error: unknown) => Promise.resolve(errors.push(String(error))),
    } as unknown as Log,
  );
  const kept = (): unknown => [[...store.records.values()], [...secrets.kept.values()]];
  return { profiles, elsewhere, commands, errors, kept };
}
type Window = ReturnType<typeof build>;

async function withHands(hands: Hands, run: () => Promise<unknown>): Promise<void> {
  const screen = recordScreen(hands);
  try {
    await run();
  } finally {
    screen.stop();
  }
}

/** What happens to a profile while a message or a dialog is open. */
const MEANWHILE: readonly [string, (window: Window) => Promise<void>, unknown][] = [
  ['it was signed out', ({ profiles }) => profiles.remove(acme), [[], []]],
  ['another window signed out of it', ({ elsewhere }) => elsewhere.remove(acme), [[], []]],
  [
    'another window gave it another partner',
    ({ elsewhere }) => elsewhere.change(acme, { partnerId: '2045' }),
    [[{ ...acme, partnerId: '2045' }], ['key-1']],
  ],
];

describe('Move Profile', () => {
  /** Replaces the key by one that sandbox refuses, and presses what is offered then. */
  async function move(
    window: Window,
    meanwhile = () => Promise.resolve(),
    profile = acme,
  ): Promise<void> {
    const { commands, profiles } = window;
    await profiles.save(profile, 'a-key');
    const steps: string[] = [];
    await withHands(
      {
        pick: (items: readonly QuickPickItem[]) =>
          items.find(({ label }) => label === 'Replace API Key'),
        type: () => 'key-1',
        press: async (_message, [button = '']) => {
          steps.push(button);
          if (button.startsWith('Move Profile')) await meanwhile();
          return button;
        },
      },
      () => commands.edit(acme.id),
    );
    assert.deepEqual(steps, ['Try Production', 'Move Profile to Production']);
  }

  it('moves the profile to the environment that accepts its key, which stays as it is', async () => {
    const window = build();
    await move(window);
    assert.deepEqual([window.kept(), window.errors], [[[live], ['key-1']], []]);
  });

  it('renames a profile that only says its old environment', async () => {
    const proposed = { ...acme, name: 'Sandbox 085' };
    const window = build();
    await move(window, undefined, proposed);
    assert.deepEqual(window.kept(), [[{ ...live, name: 'Production 085' }], ['key-1']]);
  });

  for (const [what, meanwhile, left] of MEANWHILE) {
    it(`brings no key back and leaves no record if ${what} while its message is open`, async () => {
      const window = build();
      await assert.rejects(
        move(window, () => meanwhile(window)),
        { message: HAS_CHANGED },
      );
      assert.deepEqual(window.kept(), left);
    });
  }
});

describe('Edit Profile', () => {
  const edits: readonly [string, string][] = [
    ['Replace API Key', 'key-2'],
    ['Partner ID', '3000'],
    ['Name', 'acme'],
    ['Address', 'http://127.0.0.1:9090/v1'],
  ];
  for (const [label, text] of edits) {
    for (const [what, meanwhile] of MEANWHILE.slice(0, 2)) {
      it(`(${label}) brings no key back and leaves no record if ${what} while it prompts`, async () => {
        const window = build();
        await window.profiles.save(local, 'key-1');
        let over: Promise<void> = Promise.resolve();
        await withHands(
          {
            pick: (items) => items.find((item) => item.label === label),
            type: () => {
              over = meanwhile(window);
              return text;
            },
          },
          () => assert.rejects(window.commands.edit(local.id), /has changed|not in the keyring/),
        );
        await over;
        assert.deepEqual([window.kept(), await window.profiles.list()], [[[], []], []]);
      });
    }
  }
});
