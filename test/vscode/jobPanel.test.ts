import * as assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../src/core/clock';
import type { JobRequest } from '../../src/core/smile/jobRequest';
import { JobPanelState } from '../../src/vscode/jobPanel/panelState';
import { JobPanel } from '../../src/vscode/jobPanel/jobPanel';
import type {
  PanelDependencies,
  ReceivedWebhooks,
} from '../../src/vscode/jobPanel/panelDependencies';
import { JobDocuments } from '../../src/vscode/jobPanel/jobDocuments';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { Answered, JobStatusOutcome, Refused, Unreadable } from '../../src/core/smile/outcome';
import { keepText } from '../../src/core/smile/responseBody';
import type { Profile } from '../../src/core/smile/profile';
import { SIMULATOR_PROFILE_ID } from '../../src/core/smile/profile';
import type { HostMessage, PanelState } from '../../src/webview/protocol';
import { FakeLookup } from '../support/fakes';
import { collectGarbage } from '../support/garbage';
import { recordScreen } from '../support/screen';
import { until } from '../support/until';

const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const ids = { userId: 'u-1', jobId: 'j-1' };
const request = { ...ids, history: true, imageLinks: true };

const approved = (more: Readonly<Record<string, unknown>> = {}, timestamp = 't'): Answered => {
  const raw = {
    timestamp,
    signature: timestamp,
    code: '2302',
    job_complete: true,
    job_success: true,
    result: {
      ResultCode: '0810',
      ResultText: 'Enroll User',
      PartnerParams: { user_id: 'u-1', job_id: 'j-1', job_type: 1 },
      ...more,
    },
  };
  return { kind: 'answered', job: readJob(raw, request), signature: 'valid', raw };
};
const refused: Refused = {
  kind: 'refused',
  httpStatus: 400,
  code: '2205',
  message: 'You are not authorized to do that',
  requestId: null,
  retryAt: null,
  raw: {},
};
const withHistory = ((): Answered => {
  const { raw, ...rest } = approved();
  const login = {
    ResultCode: '0820',
    ResultText: 'Authenticated',
    FullName: 'Ada',
    PartnerParams: { user_id: 'u-1', job_id: 'login-2', job_type: 2 },
  };
  const all = { ...raw, history: [login] };
  return { ...rest, job: readJob(all, request), raw: all };
})();

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const withLink = ((): Answered => {
  const { raw, ...rest } = approved();
  const all = { ...raw, image_links: { selfie_image: 'https://testapi.smileidentity.com/x' } };
  return { ...rest, job: readJob(all, request), raw: all };
})();

/** No receiver was started. */
const NO_WEBHOOKS: ReceivedWebhooks = {
  deliveries: {
    ...{ all: [], byJob: [], get: () => undefined },
    onDidChange: () => ({ dispose: () => undefined }),
  },
  receiver: { past: { runs: [], reach: 'this machine only' } },
};

const CANCELLED: JobStatusOutcome = { kind: 'cancelled', cause: 'stopped' };

/** Waits until all pending promises are settled; the panel's parts in this test are no slower. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A job panel in the real VS Code, whose page is a list of messages and whose network is a promise. */
class PanelUnderTest {
  readonly messages: HostMessage[] = [];
  profiles: readonly Profile[];
  /** Outcomes of requests, in order. */
  outcomes: Promise<JobStatusOutcome>[] = [];
  /** How long images stay. */
  minutes = 10;
  keyring: Promise<unknown> = Promise.resolve();
  /** The name of the job in the list. */
  jobName: string | null = null;
  /** The bytes of an image. Nothing stops their download. */
  download: Promise<Uint8Array> = Promise.resolve(PNG);
  readonly shown = { title: '', iconPath: undefined as unknown };
  readonly watched: unknown[] = [];
  readonly panel: JobPanel;
  private readonly lookup = new FakeLookup(
    () => this.outcomes.shift() ?? Promise.reject(new Error('no outcome')),
    systemClock,
  );
  private readonly documents = new JobDocuments();
  private readonly disposed = new vscode.EventEmitter<void>();

  constructor(of: Profile = profile) {
    this.profiles = [of];
    const { messages, shown, disposed } = this;
    const webviewPanel = {
      webview: {
        html: '',
        cspSource: '',
        asWebviewUri: (uri: vscode.Uri) => uri,
        onDidReceiveMessage: () => new vscode.Disposable(() => undefined),
        postMessage: (message: HostMessage) => Promise.resolve(messages.push(message) > 0),
      },
      visible: true,
      active: false,
      onDidChangeViewState: () => new vscode.Disposable(() => undefined),
      onDidDispose: disposed.event,
      dispose: () => {
        disposed.fire();
      },
      reveal: () => undefined,
      set title(title: string) {
        shown.title = title;
      },
      set iconPath(path: unknown) {
        shown.iconPath = path;
      },
    };
    const parts = {
      extensionUri: vscode.Uri.file('/extension'),
      version: '0.1.0',
      lookup: this.lookup,
      watches: {
        state: () => undefined,
        start: (...started: unknown[]) => this.watched.push(started),
      },
      profiles: {
        get: (id: string) => Promise.resolve(this.profiles.find((one) => one.id === id)),
        credentials: async () => {
          await this.keyring;
          return { partnerId: '085', apiKey: 'a-key', baseUrl: 'https://h/v1' };
        },
        withKeys: () => Promise.resolve([]),
      },
      recent: { get: () => Promise.resolve({ name: this.jobName }) },
      api: { clockSkewMs: () => 0 },
      http: {
        send: async () => ({
          status: 200,
          headers: new Map(),
          body: await this.download,
          cut: null,
        }),
      },
      documents: this.documents,
      webhooks: NO_WEBHOOKS,
      options: () => ({ history: true, imageLinks: true }),
      timeoutMs: () => 1000,
      imageMinutes: () => this.minutes,
      log: { error: () => undefined, showError: () => Promise.resolve() },
    };
    this.panel = new JobPanel(
      webviewPanel as unknown as vscode.WebviewPanel,
      { profileId: of.id, ...ids },
      of,
      parts as unknown as PanelDependencies,
      {
        open: () => Promise.reject(new Error('not used')),
        lookUpPasted: () => Promise.reject(new Error('not used')),
      },
    );
    this.lookup.onDidChange((event) => {
      this.panel.show(event);
    });
  }

  get state(): PanelState {
    const last = this.messages.findLast(({ type }) => type === 'state');
    assert.ok(last?.type === 'state');
    return last.state;
  }

  async lookUp(outcome: Promise<JobStatusOutcome> | JobStatusOutcome): Promise<void> {
    this.outcomes.push(Promise.resolve(outcome));
    await this.panel.lookUp(request, new AbortController().signal);
    await settled();
  }

  /** When the panel has its next checklist, and has drawn it. A checklist comes a moment after its response. */
  async nextChecklist(): Promise<void> {
    const { state } = this.panel;
    await new Promise<void>((resolve) => {
      state.check = (...checks) => {
        JobPanelState.prototype.check.apply(state, checks);
        resolve();
      };
    });
    await settled();
  }

  /** Another part requested the job, with the profile that the panel had at first. */
  publish(sent: JobRequest, outcome: JobStatusOutcome): void {
    this.lookup.publish(profile, sent, outcome);
  }

  /** What the editor shows that the panel opened last under this name. */
  async text(path: string): Promise<string> {
    const opened = vscode.workspace.textDocuments.findLast(
      ({ uri }) => uri.scheme === 'smile-job' && uri.path === path,
    );
    assert.ok(opened, path);
    // the extension also provides for the scheme, and does not know this panel
    return await this.documents.provideTextDocumentContent(opened.uri);
  }

  end(): void {
    this.panel.dispose();
    this.documents.dispose();
  }
}

/** Separate, so that no variable of the test keeps the body. */
async function lookedUp(test: PanelUnderTest, more: object): Promise<object> {
  const outcome = approved({ ...more });
  await test.lookUp(outcome);
  return outcome.raw;
}

describe('A job panel, whatever arrives at whatever time', () => {
  let test: PanelUnderTest;
  before(async () => {
    // what shows the documents of panels
    await vscode.extensions.getExtension('smile-devtools.smile-identity')?.activate();
  });
  beforeEach(() => {
    test = new PanelUnderTest();
  });
  afterEach(() => {
    test.end();
  });
  const production: Profile = { ...profile, environment: 'production' };

  it('brings no image back that was dropped while a watch goes on with the same response', async () => {
    const photo = btoa('\x89PNG\r\n\x1a\n'.padEnd(400, '\0'));
    test.minutes = 0;
    await test.lookUp(approved({ Photo: photo, FullName: 'Ada' }));
    await until('the end of the images', () => test.state.imagesDropped || undefined);
    await test.panel.on({ type: 'reveal', id: null, on: true });
    const revealed = JSON.stringify(test.state).includes('Ada');
    test.minutes = 10;
    test.publish(request, approved({ Photo: photo, FullName: 'Ada' }, 'later'));
    assert.deepEqual(
      [revealed, test.state.imagesDropped, JSON.stringify(test.state).includes('Ada')],
      [true, true, true],
    );
    await test.panel.on({ type: 'openJson' });
    assert.ok(!(await test.text('/Response.json')).includes(photo.slice(0, 50)));
  });

  const goings: readonly [string, (test: PanelUnderTest) => unknown][] = [
    [
      'the panel is closed',
      ({ panel }) => {
        panel.dispose();
      },
    ],
    [
      'the profile is one of another account',
      ({ panel }) => {
        panel.follow(production);
      },
    ],
    ['a newer response has come', (its) => its.lookUp(approved({ ResultCode: '0811' }))],
    [
      'its time is over',
      async (its) => {
        its.minutes = 0;
        await its.panel.on({ type: 'fetchImages' });
        await until('the end of the images', () => its.state.imagesDropped || undefined);
      },
    ],
  ];
  for (const [what, go] of goings) {
    it(`shows no image that arrives after ${what}`, async () => {
      let arrive: (bytes: Uint8Array) => void = () => undefined;
      test.download = new Promise((resolve) => (arrive = resolve));
      await test.lookUp(withLink);
      const loading = test.panel.on({ type: 'image', name: 'selfie_image' });
      await settled();
      await go(test);
      arrive(PNG);
      await loading;
      assert.deepEqual(
        test.messages.filter(({ type }) => type === 'image'),
        [],
      );
    });

    it(`neither saves nor copies an image if, during its prompt, ${what}`, async () => {
      await test.lookUp(withLink);
      const file = vscode.Uri.joinPath(
        vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
        'late.png',
      );
      const screen = recordScreen({
        press: async (_message, [button]) => {
          if (button === 'Copy Image') await go(test);
          return button;
        },
      });
      const { showSaveDialog } = vscode.window;
      Object.assign(vscode.window, {
        showSaveDialog: async () => {
          await go(test);
          return file;
        },
      });
      try {
        await assert.rejects(test.panel.on({ type: 'copyImage', name: 'selfie_image' }), {
          message: 'The image is no longer in memory, so it was not copied.',
        });
        test.end();
        test = new PanelUnderTest();
        await test.lookUp(withLink);
        await assert.rejects(test.panel.on({ type: 'saveImage', name: 'selfie_image' }), {
          message: 'The image is no longer in memory, so it was not saved.',
        });
      } finally {
        screen.stop();
        Object.assign(vscode.window, { showSaveDialog });
      }
      await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(file)));
      assert.deepEqual(
        test.messages.filter(({ type }) => type === 'copyImage'),
        [],
      );
    });
  }

  it('saves an image that it still shows', async () => {
    await test.lookUp(withLink);
    const file = vscode.Uri.file(join(tmpdir(), `${crypto.randomUUID()}.png`));
    const screen = recordScreen({ press: (_message, [button]) => button });
    const { showSaveDialog } = vscode.window;
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(file) });
    try {
      await test.panel.on({ type: 'saveImage', name: 'selfie_image' });
    } finally {
      screen.stop();
      Object.assign(vscode.window, { showSaveDialog });
    }
    assert.deepEqual(new Uint8Array(await vscode.workspace.fs.readFile(file)), PNG);
    await vscode.workspace.fs.delete(file);
  });

  it('keeps no image that is inside a response after a newer one has come', async () => {
    const photo = btoa('\x89PNG\r\n\x1a\n'.padEnd(400, '\0'));
    const first = new WeakRef(await lookedUp(test, { Photo: photo }));
    await test.lookUp(approved({ ResultCode: '0811' }));
    await collectGarbage();
    assert.equal(first.deref(), undefined);
  });

  it('shows no response of one environment under the banner of another', async () => {
    let arrive: (outcome: JobStatusOutcome) => void = () => undefined;
    const lookup = test.lookUp(new Promise((resolve) => (arrive = resolve)));
    await settled();
    test.panel.follow(production);
    arrive(approved());
    await lookup;
    assert.deepEqual(
      [test.state.profile?.environment, test.state.report, test.shown.title],
      ['production', null, 'PRODUCTION: j-1'],
    );
    assert.match(test.state.problem ?? '', /profile was changed/);
    test.publish(request, approved());
    assert.equal(test.state.report, null);
  });

  it('shows the state of its headline in the icon of its tab, and says in the title that it is production', async () => {
    const tab = (): unknown[] => [
      test.shown.title,
      /[\w-]+\.svg$/.exec(String(test.shown.iconPath))?.[0],
    ];
    const tabs = [tab()];
    await test.lookUp(refused);
    tabs.push(tab());
    await test.lookUp(approved());
    tabs.push(tab());
    test.jobName = 'Ada, first try';
    await test.panel.followName();
    tabs.push(tab());
    test.panel.follow(production);
    tabs.push(tab());
    assert.deepEqual(tabs, [
      ['j-1', 'job.svg'],
      ['j-1', 'no-result.svg'],
      ['j-1', 'approved.svg'],
      ['Ada, first try', 'approved.svg'],
      ['PRODUCTION: Ada, first try', 'job.svg'],
    ]);
    assert.equal(test.state.name, 'Ada, first try');
  });

  it('watches no job whose result is final, wherever that was requested', async () => {
    await test.lookUp(approved());
    await assert.rejects(test.panel.on({ type: 'watch', on: true }), {
      message: 'The result is final, so there is nothing to watch.',
    });
    assert.deepEqual([test.watched, test.state.primary], [[], null]);
  });

  it('forgets its response when its profile becomes one of another account', async () => {
    await test.lookUp(approved());
    assert.equal(test.state.report?.verdict, 'approved');
    test.panel.follow({ ...profile, name: 'renamed' });
    assert.equal(test.state.report.verdict, 'approved');
    test.panel.follow(production);
    assert.deepEqual(
      [test.state.report, test.state.details, test.state.checkedAt],
      [null, null, null],
    );
  });

  it('shows a response that differs only in personal data, and keeps the old one if only times differ', async () => {
    await test.lookUp(approved());
    const { version } = test.state;
    test.publish(request, approved({}, 'later'));
    assert.equal(test.state.version, version);
    const fraud = { summary: { fraud_detected: true, fraud_sources: ['x'] } };
    test.publish(request, approved({ FullName: 'Ada', Antifraud: fraud }));
    assert.equal(test.state.version, version + 1);
    assert.deepEqual(
      [test.state.report?.verdict, test.state.report?.alert],
      ['attention', 'Fraud signals found. Review before you accept.'],
    );
    assert.equal(test.state.details?.masked, true);
  });

  it('keeps a good response if a refresh fails, and removes the alert when another one comes', async () => {
    await test.lookUp(approved());
    await test.lookUp({ kind: 'unreachable', cause: 'dns', message: 'No such host.' });
    assert.deepEqual(
      [test.state.report?.verdict, test.state.failure],
      [
        'approved',
        {
          headline: 'Request failed',
          summary: 'No such host.',
          nextStep:
            'Check the connection of this machine and the server address of the profile. Behind a proxy, check the setting http.proxy.',
          document: null,
        },
      ],
    );
    test.publish(request, approved({}, 'later'));
    assert.equal(test.state.failure, null);
  });

  it('offers to start the simulator only if nothing accepts connections', async () => {
    const simulator = new PanelUnderTest({ ...profile, id: SIMULATOR_PROFILE_ID });
    const offered: [string, readonly string[]][] = [];
    try {
      for (const cause of ['refused', 'reset', 'tls', 'timeout', 'other'] as const) {
        await simulator.lookUp({ kind: 'unreachable', cause, message: `Because: ${cause}.` });
        offered.push([cause, simulator.state.remedies]);
      }
    } finally {
      simulator.end();
    }
    assert.deepEqual(Object.fromEntries(offered), {
      refused: ['startSimulator'],
      reset: ['showLog'],
      tls: ['showLog'],
      timeout: ['showLog'],
      other: ['editProfile', 'showLog'],
    });
  });

  it('says what to do if a refresh is refused, and opens the body beside the older response', async () => {
    await test.lookUp(approved());
    await test.lookUp({ ...refused, raw: { error: 'No', code: '2205' } });
    assert.equal(test.state.failure?.document, 'json');
    await test.panel.on({ type: 'openFailure' });
    assert.deepEqual(JSON.parse(await test.text('/Error response (HTTP 400).json')), {
      error: 'No',
      code: '2205',
    });
    await test.panel.on({ type: 'openJson' });
    assert.match(await test.text('/Response.json'), /"ResultCode": "0810"/);
    // the document of an error never turns into that of a job
    test.publish(request, approved({ ResultCode: '1210' }));
    assert.match(await test.text('/Error response (HTTP 400).json'), /no longer in memory/);
  });

  it('keeps what it shows if a request is canceled, and says that nothing was sent if it was declined', async () => {
    await test.lookUp({ kind: 'cancelled', cause: 'declined' });
    const { headline, summary } = test.state.report ?? {};
    assert.deepEqual(
      [headline, summary, test.state.checkedAt],
      ['Not sent', 'You chose not to send this request to production.', null],
    );
    await test.lookUp(refused);
    await test.lookUp(CANCELLED);
    assert.equal(test.state.report?.code, '2205');
  });

  it('opens no entry that its history does not have', async () => {
    await test.lookUp(withHistory);
    for (const index of [1, -1, 0.5, 1e9]) {
      await test.panel.on({ type: 'openEntry', index });
      assert.equal(test.state.viewing, null);
    }
  });

  it('is not cleared by another request that was canceled, or that requested less', async () => {
    const checked = test.nextChecklist();
    await test.lookUp(refused);
    await checked;
    assert.equal(test.state.checklist.length, 4);
    test.publish(request, CANCELLED);
    test.publish({ ...request, history: false }, approved());
    assert.deepEqual(
      [test.state.report?.headline, test.state.checklist.length],
      ['Not authorized', 4],
    );
  });

  it('puts no checklist of an old refusal on a new response', async () => {
    let open = (): void => undefined;
    test.keyring = new Promise<void>((resolve) => (open = resolve));
    const checked = test.nextChecklist();
    await test.lookUp(refused);
    await test.lookUp(approved());
    open();
    await checked;
    assert.deepEqual([test.state.report?.verdict, test.state.checklist], ['approved', []]);
  });

  it('acts on the entry of the history that it shows, or says that it cannot', async () => {
    await test.lookUp(withHistory);
    assert.equal(test.state.document, 'json');
    await test.panel.on({ type: 'openEntry', index: 0 });
    assert.deepEqual(
      [test.state.jobId, test.state.report?.summary, test.state.viewing?.otherJob],
      ['login-2', 'Authenticated', true],
    );
    const requests = test.outcomes.length;
    for (const type of ['refresh', 'compare', 'copyAs'] as const) {
      await assert.rejects(test.panel.on({ type }), /Go back to the current result first/);
    }
    await assert.rejects(test.panel.on({ type: 'watch', on: true }), /Go back/);
    assert.deepEqual([test.outcomes.length, test.watched], [requests, []]);
    await test.panel.on({ type: 'openJson' });
    const entry = '/History entry 1.json';
    assert.deepEqual(JSON.parse(await test.text(entry)), {
      ResultCode: '0820',
      ResultText: 'Authenticated',
      FullName: '[redacted]',
      PartnerParams: { user_id: 'u-1', job_id: 'login-2', job_type: 2 },
    });

    await test.panel.on({ type: 'openEntry', index: null });
    await test.panel.on({ type: 'openJson' });
    assert.match(await test.text('/Response.json'), /"ResultCode": "0810"/);
    // another response: the editor of the whole one follows, that of the entry is outdated
    test.publish(request, approved({ ResultCode: '1210' }));
    assert.match(await test.text('/Response.json'), /"ResultCode": "1210"/);
    assert.match(await test.text(entry), /no longer in memory/);
  });

  it('opens the body of a refusal as JSON, redacted, and names the HTTP status', async () => {
    await test.lookUp({ ...refused, raw: { error: 'No', code: '2205', email: 'ada@example.com' } });
    assert.equal(test.state.document, 'json');
    await test.panel.on({ type: 'openJson' });
    assert.deepEqual(JSON.parse(await test.text('/Error response (HTTP 400).json')), {
      error: 'No',
      code: '2205',
      email: '[redacted]',
    });
  });

  it('has a text instead of JSON if the response is not JSON, and opens it only after the user confirms', async () => {
    const outcome: Unreadable = {
      kind: 'unreadable',
      httpStatus: 502,
      contentType: 'text/html',
      excerpt: 'HTML page, 20 bytes',
      bodyKind: 'html',
      retryAt: null,
      message: 'The response is a web page, not JSON.',
    };
    await test.lookUp(keepText(outcome, '<html>Ada</html>'));
    assert.equal(test.state.document, 'text');
    const opened = () =>
      vscode.workspace.textDocuments.filter(
        ({ uri }) => uri.scheme === 'smile-job' && uri.path.includes('HTTP 502'),
      ).length;
    const shown: number[] = [];
    for (const button of [undefined, 'Show Response Text']) {
      const screen = recordScreen({ press: () => button });
      await test.panel.on({ type: 'openJson' });
      screen.stop();
      assert.match(screen.texts.map(({ text }) => text).join(), /Show the text of this response/);
      shown.push(opened());
    }
    assert.deepEqual(shown, [0, 1]);
    assert.doesNotMatch(JSON.stringify(test.messages), /Ada/);
  });

  it('is loaded once its request is over: it sends one only if none was sent', async () => {
    let arrive: (outcome: JobStatusOutcome) => void = () => undefined;
    test.outcomes = [new Promise((resolve) => (arrive = resolve))];
    const opened = test.panel.load();
    const row = test.panel.load().then(() => test.state.report?.verdict);
    await settled();
    arrive(approved());
    await opened;
    assert.equal(await row, 'approved');
    await test.panel.load();
    assert.deepEqual(test.outcomes, []);
  });

  it('says why there is nothing to compare or to open, instead of doing nothing', async () => {
    await assert.rejects(test.panel.on({ type: 'compare' }), /There is no result yet/);
    await assert.rejects(test.panel.on({ type: 'openJson' }), /There is no response/);
  });

  it('sends nothing more after it is closed', async () => {
    let arrive: (outcome: JobStatusOutcome) => void = () => undefined;
    const lookup = test.lookUp(new Promise((resolve) => (arrive = resolve)));
    await settled();
    const before = test.messages.length;
    test.panel.dispose();
    arrive(approved());
    await lookup;
    test.publish(request, approved());
    assert.equal(test.messages.length, before);
  });

  it('says that its profile was removed, if it was', async () => {
    test.profiles = [];
    await assert.rejects(test.lookUp(approved()), /This job's profile was removed/);
    assert.match(test.state.problem ?? '', /This job's profile was removed/);
  });
});
