import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { Editor } from '../../src/lazyParts/editor';
import { Jobs } from '../../src/lazyParts/jobs';
import type { SmileApi } from '../../src/vscode/smileApi';
import { COMMAND_IDS } from '../../src/vscode/commandIds';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { ProfileStatus } from '../../src/vscode/credentials/statusBar';
import { fakeHostStorage, FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { recordConnections } from '../support/connections';
import { storedRecords } from '../support/dataFolder';
import { closeAllTabs, jobTabs } from '../support/panelPages';
import {
  activateSmile,
  addProfile,
  fresh,
  manifest,
  startOwnSimulator,
  type StartedSimulator,
} from '../support/smileExtension';
import { freeAddress } from '../support/stubServer';
import { until } from '../support/until';

const profileNames = () => [...storedRecords('profiles').values()].map(({ name }) => name).sort();

describe('Commands that a program calls', () => {
  let api: SmileApi;
  let simulator: StartedSimulator;

  before(async () => {
    api = await activateSmile();
    simulator = await startOwnSimulator();
  });

  const local = (more: object = {}) => ({
    name: fresh('Profile'),
    environment: 'local' as const,
    partnerId: '085',
    apiKey: 'local-simulator',
    url: simulator.url,
    ...more,
  });

  describe('smile.addProfile', () => {
    it('adds a profile that its server accepts, and makes it the active one', async () => {
      const profile = local({ name: 'Accepted' });
      const added = await addProfile(profile);
      assert.match(added.id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(added, { id: added.id, name: 'Accepted', probe: 'accepted' });
      assert.deepEqual(storedRecords('profiles').get(`${added.id}.json`), {
        version: 1,
        id: added.id,
        name: 'Accepted',
        environment: 'local',
        partnerId: '085',
        url: simulator.url,
      });
      const userId = fresh('user');
      await api.getJobStatus({ userId, jobId: 'approved' });
      assert.deepEqual(
        [...storedRecords('jobs').values()]
          .filter((job) => job.userId === userId)
          .map(({ profileId }) => profileId),
        [added.id],
      );
    });

    it('keeps the leading zeros of the partner ID: without them no request is authorized', async () => {
      const { probe } = await addProfile(local({ partnerId: '85' }));
      assert.equal(probe, 'unauthorized');
    });

    it('distinguishes a wrong key from an unreachable server, and adds the profile in both cases', async () => {
      const wrong = local({ apiKey: 'not-the-key' });
      const absent = local({ url: await freeAddress() });
      assert.deepEqual(
        [(await addProfile(wrong)).probe, (await addProfile(absent)).probe],
        ['unauthorized', 'no network'],
      );
      const names = profileNames();
      assert.ok(names.includes(wrong.name) && names.includes(absent.name), names.join());
    });

    it('never sends a request to production by itself', async () => {
      const recorded = recordConnections();
      try {
        const added = await addProfile({
          name: 'Production of a program',
          environment: 'production',
          partnerId: '085',
          apiKey: 'a-key-of-production',
        });
        assert.deepEqual(added, {
          id: added.id,
          name: 'Production of a program',
          probe: 'skipped',
        });
        assert.deepEqual(recorded.attempts, []);
      } finally {
        recorded.stop();
        await startOwnSimulator(); // so that another profile is active again
      }
    });

    it('sends no request to production that the user has not allowed', async () => {
      const { id } = await addProfile({
        name: fresh('Production'),
        environment: 'production',
        partnerId: '085',
        apiKey: 'a-key-of-production',
      });
      const recorded = recordConnections();
      try {
        // in tests VS Code refuses to show the prompt, so no user can have confirmed it
        const sent = api.getJobStatus({ profile: id, userId: 'user-1', jobId: 'approved' });
        const [settled] = await Promise.allSettled([sent]);
        if (settled.status === 'fulfilled')
          assert.deepEqual(settled.value, { kind: 'cancelled', cause: 'stopped' });
        assert.deepEqual(recorded.attempts, []);
      } finally {
        recorded.stop();
        await startOwnSimulator();
      }
    });

    it('refuses what is missing or of the wrong kind, names it, and adds nothing', async () => {
      const before = profileNames();
      const cases: [unknown, string][] = [
        ['085', 'the argument'],
        [null, 'the argument'],
        [[], 'the argument'],
        [{}, 'name'],
        [{ ...local(), name: undefined }, 'name'],
        [{ ...local(), partnerId: 85 }, 'partnerId'],
        [{ ...local(), environment: 'staging' }, 'environment'],
        [{ ...local(), apiKey: undefined }, 'apiKey'],
        [{ ...local(), url: 8080 }, 'url'],
      ];
      for (const [argument, field] of cases) {
        await assert.rejects(
          Promise.resolve(vscode.commands.executeCommand('smile.addProfile', argument)),
          {
            message: `smile.addProfile needs { name, environment, partnerId, apiKey, url? }; ${field} is missing or has the wrong type.`,
          },
        );
      }
      assert.deepEqual(profileNames(), before);
    });

    it('refuses what cannot be right with a sentence, and adds nothing', async () => {
      await addProfile(local({ name: 'Taken' }));
      const before = profileNames();
      const cases: [object, string][] = [
        [{ name: '' }, 'Enter a name for this profile.'],
        [{ name: ' tAKEN ' }, 'There is already a profile named "tAKEN".'],
        [{ name: 'n'.repeat(61) }, 'A profile name has at most 60 characters.'],
        [{ partnerId: '' }, 'Enter the partner ID that the portal shows.'],
        [{ partnerId: '0 85' }, 'A partner ID has no spaces or line breaks.'],
        [{ partnerId: '085 ' }, 'A partner ID has no spaces or line breaks.'],
        [{ apiKey: '' }, 'Enter the API key of this environment.'],
        [{ apiKey: 'abc\ndef' }, 'The API key contains a line break. Copy it again as one line.'],
        [{ apiKey: 'abc\r\n' }, 'The API key contains a line break. Copy it again as one line.'],
        [{ url: undefined }, 'This local profile has no address.'],
        [{ url: 'ftp://127.0.0.1' }, 'Enter an address that starts with http:// or https://.'],
        [
          { url: 'https://testapi.smileidentity.com/v1' },
          'A local profile can only use this machine: 127.0.0.1, [::1] or localhost. Requests to any other address may go through a proxy.',
        ],
        [
          { url: 'http://127.0.0.1.example.com/v1' },
          'A local profile can only use this machine: 127.0.0.1, [::1] or localhost. Requests to any other address may go through a proxy.',
        ],
        [
          { url: 'http://user:pass@127.0.0.1/v1' },
          'The address must not contain a user name, a query or a fragment.',
        ],
      ];
      for (const [more, message] of cases) {
        await assert.rejects(addProfile(local(more)), { name: 'Error', message });
      }
      assert.deepEqual(profileNames(), before);
    });

    it('never repeats the API key in what it says', async () => {
      const apiKey = 'a-secret-key\nin-two-lines';
      await assert.rejects(addProfile(local({ apiKey })), (error) => {
        assert.doesNotMatch(String(error), /a-secret-key|in-two-lines/);
        return true;
      });
    });
  });

  it('smile.switchProfile makes a profile active by its ID or name, without a prompt', async () => {
    const first = await addProfile(local());
    const second = await addProfile(local());
    const requestedAs = async (): Promise<unknown> => {
      const userId = fresh('user');
      await api.getJobStatus({ userId, jobId: 'approved' });
      return [...storedRecords('jobs').values()].find((job) => job.userId === userId)?.profileId;
    };
    assert.equal(await requestedAs(), second.id);
    await vscode.commands.executeCommand('smile.switchProfile', first.id);
    assert.equal(await requestedAs(), first.id);
    await vscode.commands.executeCommand('smile.switchProfile', second.name);
    assert.equal(await requestedAs(), second.id);
    await assert.rejects(
      Promise.resolve(vscode.commands.executeCommand('smile.switchProfile', 'missing')),
      { message: 'There is no profile "missing".' },
    );
  });

  describe('smile.getJobStatus', () => {
    const run = async (request: object): Promise<JobStatusOutcome> =>
      await vscode.commands.executeCommand<JobStatusOutcome>('smile.getJobStatus', {
        profile: simulator.profile,
        ...request,
      });

    before(async () => {
      simulator = await startOwnSimulator();
    });
    beforeEach(closeAllTabs);
    after(closeAllTabs);

    it('opens one tab for a job, however often it is looked up, and returns the outcome', async () => {
      const request = { userId: fresh('user'), jobId: 'rejected-spoof' };
      const outcome = await run(request);
      assert.equal(outcome.kind, 'answered');
      assert.equal(outcome.job.verdict, 'rejected');
      assert.equal((await run(request)).kind, 'answered');
      await until('the tab', () => jobTabs()[0]);
      assert.deepEqual(
        jobTabs().map(({ label }) => label),
        ['rejected-spoof'],
      );
    });

    it('opens a tab for each job: the same job ID of two users is two jobs', async () => {
      const jobId = 'approved';
      const users = [fresh('user'), fresh('user')];
      for (const userId of users) await run({ userId, jobId });
      await run({ userId: users[0], jobId: 'provisional' });
      await run({ userId: users[0], jobId });
      await until('three tabs', () => jobTabs()[2]);
      assert.deepEqual(
        jobTabs().map(({ label }) => label),
        ['approved', 'approved', 'provisional'],
      );
      assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'approved');
    });

    it('opens a tab and returns an outcome even if there is no response', async () => {
      const absent = await addProfile(local({ url: await freeAddress() }));
      const outcome = await run({ profile: absent.id, userId: 'user-1', jobId: 'approved' });
      assert.equal(outcome.kind === 'unreachable' && outcome.cause, 'refused');
      await until('the tab', () => jobTabs()[0]);
    });

    it('accepts the options by every name that documentation and SDKs have for them', async () => {
      const returned = async (options: object): Promise<unknown> => {
        const outcome = await run({ userId: 'user-names', jobId: 'biometric-kyc', ...options });
        assert.equal(outcome.kind, 'answered');
        return [outcome.job.history.length > 0, outcome.job.images.length > 0];
      };
      assert.deepEqual(await returned({}), [false, false]);
      for (const name of ['imageLinks', 'image_links', 'return_images', 'return_image_links']) {
        assert.deepEqual(await returned({ [name]: true }), [false, true], name);
      }
      for (const name of ['history', 'return_history']) {
        assert.deepEqual(await returned({ [name]: true }), [true, false], name);
      }
      const snakeCase = await vscode.commands.executeCommand<JobStatusOutcome>(
        'smile.getJobStatus',
        { profile: simulator.profile, user_id: 'user-names', job_id: 'biometric-kyc' },
      );
      assert.equal(snakeCase.kind, 'answered');
    });

    it('rejects bad input with a sentence, and opens no tab', async () => {
      const cases: [object, string][] = [
        [{ userId: 'user-1' }, 'A job status request needs both userId and jobId, as text.'],
        [{ userId: 'user-1', jobId: 'a\nb' }, 'The job ID contains a line break.'],
        [
          { userId: 'user-1', jobId: 'j'.repeat(300) },
          'The job ID has 300 characters; at most 255 are sent.',
        ],
        [
          { userId: 'user-1', jobId: 'approved', profile: 'missing' },
          'There is no Smile ID profile "missing".',
        ],
      ];
      for (const [request, message] of cases) await assert.rejects(run(request), { message });
      assert.deepEqual(jobTabs(), []);
    });

    it('records the job by IDs, code and times, and a second lookup changes only those', async () => {
      const userId = fresh('user');
      const jobId = 'provisional-then-approved';
      const recordOf = () => {
        const found = [...storedRecords('jobs')].filter(([, job]) => job.userId === userId);
        assert.equal(found.length, 1);
        return found[0]?.[1] ?? {};
      };
      const begun = new Date().toISOString();
      const first = await run({ userId, jobId, history: true, imageLinks: true });
      assert.equal(first.kind, 'answered');
      const { profileId, askedAt } = recordOf();
      const expected = {
        version: 1,
        profileId,
        userId,
        jobId,
        smileJobId: first.job.smileJobId,
        jobType: 1,
        product: 'biometric_kyc',
        code: '0814',
        verdict: 'provisional',
        signature: 'valid',
        outcome: 'answered',
        httpStatus: null,
        noWatch: null,
        askedAt,
        order: Date.parse(String(askedAt)),
      };
      assert.deepEqual(recordOf(), expected);
      const isNow = (time: unknown) =>
        typeof time === 'string' && begun <= time && time <= new Date().toISOString();
      assert.ok(isNow(askedAt), String(askedAt));
      await run({ userId, jobId });
      const second = recordOf();
      assert.deepEqual(second, {
        ...expected,
        noWatch: 'final',
        code: '1210',
        verdict: 'approved',
        askedAt: second.askedAt,
        order: Date.parse(String(second.askedAt)),
      });
      assert.ok(String(second.askedAt) > String(askedAt));
    });
  });

  it('are all there: every contributed command is registered, and no other', async () => {
    const contributed = idsIn(manifest());
    assert.ok(contributed.length > 10);
    const registered = (await vscode.commands.getCommands(true)).filter(
      // commands for its views are VS Code's own
      (id) => /^smile\.((panel|row|editor|explorer)\.)?\w+$/.test(id),
    );
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it('are each run by the part that is loaded for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'smile-parts-'));
    const storage = vscode.Uri.file(folder);
    const channel = vscode.window.createOutputChannel('Smile ID', { log: true });
    const state = new FakeMemento();
    const context = {
      extensionUri: storage,
      globalStorageUri: storage,
      storageUri: storage,
      workspaceState: state,
    } as unknown as vscode.ExtensionContext;
    const memory = new ProfileMemory(state, state);
    const status = new ProfileStatus();
    const jobs = new Jobs({
      context,
      storage: fakeHostStorage(new FakeSecrets(), state),
      channel,
      version: '0',
      memory,
      status,
    });
    const editor = new Editor({
      ...{ channel, version: '0', extensionUri: storage },
      jobs: { get: () => Promise.resolve(jobs) },
    });
    assert.deepEqual(
      { jobs: [...jobs.commands.ids].sort(), editor: [...editor.commands.ids].sort() },
      { jobs: [...COMMAND_IDS.jobs].sort(), editor: [...COMMAND_IDS.editor].sort() },
    );
    editor.dispose();
    status.dispose();
    await jobs.dispose();
    rmSync(folder, { recursive: true });
  });
});

function idsIn(packageJson: unknown): string[] {
  const { contributes } = packageJson as {
    contributes: { commands: readonly { command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}
