import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { JobWatches, type StoredWatch } from '../../src/core/jobs/jobWatches';
import { jobKey, type RecentJob } from '../../src/core/jobs/recentJobs';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { Environment } from '../../src/core/smile/environment';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { Commands } from '../../src/vscode/commands';
import { ProfileMemory } from '../../src/vscode/credentials/profileMemory';
import { Profiles } from '../../src/vscode/credentials/profiles';
import { JobNode } from '../../src/vscode/jobsView/jobsTree';
import { RowCommands } from '../../src/vscode/jobsView/rowCommands';
import { Log } from '../../src/vscode/log';
import { Watching } from '../../src/vscode/watch/watching';
import { FakeLookup, MemoryLog, MemoryStore, SteppedClock } from '../support/fakes';
import { FakeMemento, FakeSecrets } from '../support/fakeVSCode';
import { recordScreen } from '../support/screen';
import { until } from '../support/until';

const profileIn = (environment: Environment): Profile => ({
  id: environment,
  name: environment,
  environment,
  partnerId: '085',
  url: environment === 'local' ? 'http://127.0.0.1:1/v1' : null,
});

/** All windows of a user, with one job of each profile that the session before watched. */
class Desk {
  readonly stored = new MemoryStore<StoredWatch>();
  private readonly clock = new SteppedClock();
  private readonly profiles = new MemoryStore<Profile>();
  private readonly open: { dispose(): unknown }[] = [];

  static async of(...environments: readonly Environment[]): Promise<Desk> {
    const desk = new Desk();
    for (const environment of environments) await desk.leave(environment);
    return desk;
  }

  /** Leaves a job of a profile as one that is watched no more. */
  async leave(environment: Environment): Promise<void> {
    this.profiles.records.set(environment, profileIn(environment));
    const ids = { userId: 'u-1', jobId: `job-${environment}` };
    this.stored.records.set(await jobKey(environment, ids), {
      profileId: environment,
      ...ids,
      aliveUntil: this.clock.now().toISOString(),
      verdict: 'pending',
    });
  }

  /** @param verdict of every job, by now */
  window(focused: boolean, verdict: 'pending' | 'provisional' | 'approved' = 'pending') {
    const requested: string[] = [];
    const lookup = new FakeLookup(({ jobId }) => {
      requested.push(jobId);
      return RESPONSES[verdict];
    }, this.clock);
    const memory = new ProfileMemory(new FakeMemento(), new FakeMemento());
    const profiles = new Profiles(this.profiles, new FakeSecrets(), memory);
    const options = () => ({ history: false, imageLinks: false });
    const log = new MemoryLog();
    const watches = new JobWatches(lookup, profiles, this.stored, options, this.clock, log);
    const focus = new vscode.EventEmitter<vscode.WindowState>();
    const state = { focused, active: focused };
    const watching = new Watching(
      watches,
      profiles,
      {
        find: () => undefined,
        open: () => Promise.resolve(),
        show: () => {
          throw new Error('no panel is shown');
        },
      },
      {
        error: (error) => {
          log.error(error);
        },
        showError: (error) => {
          throw error;
        },
      },
      { state, onDidChangeWindowState: focus.event },
    );
    this.open.push(watching, watches);
    return {
      watching,
      requested,
      watched: () => watches.all().map(({ ids }) => ids.jobId),
      focus: () => {
        focus.fire({ focused: true, active: true });
      },
    };
  }

  async close(): Promise<void> {
    for (const each of this.open) await each.dispose();
  }
}

const REQUEST = { userId: 'u-1', jobId: 'job', history: false, imageLinks: false };
const responseWith = (raw: Record<string, unknown>): JobStatusOutcome => ({
  kind: 'answered',
  job: readJob(raw, REQUEST),
  signature: 'valid',
  raw,
});
const RESPONSES = {
  pending: responseWith({ job_complete: false, job_success: false }),
  provisional: responseWith({
    job_complete: true,
    job_success: true,
    result: { ResultCode: '0814', PartnerParams: { job_type: 1 } },
  }),
  approved: responseWith({
    job_complete: true,
    job_success: true,
    result: { ResultCode: '0810', IsFinalResult: 'True', PartnerParams: { job_type: 1 } },
  }),
};

describe('Watch on the rows of several jobs', () => {
  let desk: Desk;
  let screen: ReturnType<typeof recordScreen>;
  beforeEach(async () => {
    desk = await Desk.of();
    screen = recordScreen({});
  });
  afterEach(async () => {
    screen.stop();
    await desk.close();
  });
  const row = (jobId: string, noWatch: RecentJob['noWatch']): JobNode =>
    new JobNode(profileIn('sandbox'), {
      ...{ key: jobId, profileId: 'sandbox', userId: 'u-1', jobId, name: null, noWatch },
      ...{ smileJobId: null, jobType: null, product: null, code: null, verdict: 'approved' },
      ...{ signature: 'valid', outcome: 'answered', httpStatus: null, askedAt: '' },
    });

  it('starts where another result can come, and says why if it can nowhere', async () => {
    const { watching, watched } = desk.window(false);
    const log = new Log(vscode.window.createOutputChannel('Smile ID', { log: true }));
    const commands = new Commands(log);
    watching.addCommands(commands, new RowCommands({ selection: [] }, commands));
    const rows = [row('final', 'final'), row('in-review', null), row('refused', 'refused')];
    await commands.run('smile.watchJob', [rows[1], rows]);
    assert.deepEqual(watched(), ['in-review']);
    await commands.run('smile.watchJob', [rows[0]]);
    assert.deepEqual(
      [watched(), screen.texts.map(({ text }) => text)],
      [['in-review'], ['The result is final, so there is nothing to watch.']],
    );
  });
});

describe('What was watched when the window was closed or reloaded', () => {
  let desk: Desk;
  let screen: ReturnType<typeof recordScreen> | undefined;
  let press: string | undefined;
  const messages = (): string[] => (screen?.texts ?? []).map(({ text }) => text);

  beforeEach(() => {
    press = undefined;
    screen = recordScreen({ press: () => press });
  });
  afterEach(async () => {
    screen?.stop();
    await desk.close();
  });

  it('is watched again at once in sandbox and local; for production the user is asked before', async () => {
    desk = await Desk.of('sandbox', 'local', 'production');
    const { requested, watched } = desk.window(true);
    await until('the prompt', () => messages()[0]);
    assert.deepEqual(messages(), [
      'Job job-production was being watched when its window was closed or reloaded (PRODUCTION). Resume watching?',
    ]);
    await until('both requests', () => (requested.length === 2 ? true : undefined));
    assert.deepEqual(watched(), ['job-sandbox', 'job-local']);
    assert.deepEqual(requested, ['job-sandbox', 'job-local']);
  });

  it('is watched in production, too, if the user agrees, and forgotten if not', async () => {
    desk = await Desk.of('production');
    press = 'Resume';
    const { watched } = desk.window(true);
    await until('the watch', () => watched()[0]);
    await desk.close();
    screen?.stop();

    desk = await Desk.of('production');
    press = 'Stop Watching';
    screen = recordScreen({ press: () => press });
    desk.window(true);
    await until('the end', () => (desk.stored.records.size === 0 ? true : undefined));
  });

  it('is left to the window that the user looks at', async () => {
    desk = await Desk.of('sandbox', 'production');
    const [behind, front] = [desk.window(false), desk.window(true)];
    await until('the prompt', () => messages()[0]);
    assert.deepEqual([behind.watched(), front.watched()], [[], ['job-sandbox']]);
    await desk.leave('local'); // as a third window does that is closed
    behind.focus();
    await until('what is left', () => behind.watched()[0]);
    assert.deepEqual([behind.watched(), front.watched()], [['job-local'], ['job-sandbox']]);
    assert.equal(messages().length, 1);
  });

  describe('and has another verdict now, is shown as a notification', () => {
    const settings = vscode.workspace.getConfiguration('smile');
    const set = (value: string | undefined): Thenable<void> =>
      settings.update('watch.notifications', value, vscode.ConfigurationTarget.Global);
    afterEach(() => set(undefined));

    for (const [value, verdict, shown] of [
      ['all', 'provisional', ['job-sandbox: Pending → Provisional (sandbox)']],
      ['final', 'provisional', []],
      ['final', 'approved', ['job-sandbox: Pending → Approved (sandbox)']],
      ['off', 'approved', []],
    ] as const) {
      it(`or not, as the setting says: ${value}, ${verdict}`, async () => {
        desk = await Desk.of('sandbox');
        await set(value);
        const { requested } = desk.window(true, verdict);
        await until('the response', () => requested[0]);
        await until('what follows from it', () => new Promise((done) => setTimeout(done, 0, true)));
        assert.deepEqual(messages(), shown);
      });
    }
  });
});
