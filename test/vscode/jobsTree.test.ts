import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { OUTCOMES } from '../../src/core/catalogue/types';
import type { WatchState } from '../../src/core/jobs/jobWatches';
import type { RecentJob } from '../../src/core/jobs/recentJobs';
import type { Profile } from '../../src/core/smile/profile';
import { Emitter } from '../../src/core/event';
import { JobsTree } from '../../src/vscode/jobsView/jobsTree';
import { MemoryLog } from '../support/fakes';

type Deps = ConstructorParameters<typeof JobsTree>;

const WATCH: WatchState = {
  ...{ profileId: 'p', ids: { userId: 'u', jobId: 'j' }, phase: 'waiting', polls: 1 },
  ...{ nextAt: null, verdict: null, reason: null, slow: false },
};

describe('A row of the recent jobs', () => {
  const acme: Profile = {
    ...{ id: 'p', name: 'Acme', environment: 'sandbox', partnerId: '085', url: null },
  };
  const job: RecentJob = {
    ...{ key: 'k', profileId: 'p', userId: 'u', jobId: 'j', name: null, smileJobId: null },
    ...{ jobType: 1, product: null, code: '0810', verdict: 'approved', signature: 'valid' },
    ...{ outcome: 'answered', httpStatus: null, askedAt: '' },
  };

  /** The rows of a profile and of its job. */
  const itemsOf = async (
    more: Partial<RecentJob>,
    { profile = acme, watched = false } = {},
  ): Promise<readonly [vscode.TreeItem, vscode.TreeItem]> => {
    const onDidChange = new Emitter<void>(new MemoryLog()).event;
    const tree = new JobsTree(
      {
        list: () => Promise.resolve([{ ...job, askedAt: new Date().toISOString(), ...more }]),
        onDidChange,
      } as unknown as Deps[0],
      {
        list: () => Promise.resolve([profile]),
        active: () => Promise.resolve(profile),
        isWindowOnly: () => false,
        onDidChange,
      } as unknown as Deps[1],
      { state: () => (watched ? WATCH : undefined) },
    );
    const [group] = await tree.getChildren();
    const [row] = await tree.getChildren(group);
    assert.ok(group && row);
    tree.dispose();
    return [tree.getTreeItem(group), tree.getTreeItem(row)];
  };
  const describe = async (...args: Parameters<typeof itemsOf>): Promise<unknown[]> => {
    const [, { label, description, accessibilityInformation }] = await itemsOf(...args);
    return [label, description, accessibilityInformation?.label];
  };

  it('says the code, and when it was checked', async () => {
    assert.deepEqual(await describe({}), [
      'j',
      '0810 · now',
      'j, Approved, code 0810, now, profile sandbox · Acme',
    ]);
  });

  it('says the verdict where there is no code', async () => {
    assert.deepEqual(await describe({ userId: null, code: null, verdict: 'rejected' }), [
      'j',
      'Rejected · now',
      'j, Rejected, now, profile sandbox · Acme',
    ]);
  });

  it('says before the code what must be read before it', async () => {
    assert.deepEqual(
      [await describe({ verdict: 'attention' }), await describe({ signature: 'invalid' })],
      [
        [
          'j',
          'Needs attention · 0810 · now',
          'j, Needs attention, code 0810, now, profile sandbox · Acme',
        ],
        [
          'j',
          'Not trusted · 0810 · now',
          'j, Signature invalid, says Approved, code 0810, now, profile sandbox · Acme',
        ],
      ],
    );
  });

  it('says that the last request had no result, if the verdict is of an earlier one', async () => {
    const told = [
      await describe({ outcome: 'unreachable' }),
      await describe({ outcome: 'refused', httpStatus: 400 }),
      await describe({ outcome: 'refused', httpStatus: 429 }),
      await describe({ outcome: 'unreachable', verdict: null, code: null }),
    ];
    assert.deepEqual(
      told.map(([, description]) => description),
      [
        '0810 · Request failed · now',
        '0810 · Request refused · now',
        '0810 · Rate limited · now',
        'Request failed · now',
      ],
    );
  });

  it('says that the job is watched instead of its age, which is never more than some minutes', async () => {
    assert.deepEqual(await describe({ code: null, verdict: 'pending' }, { watched: true }), [
      'j',
      'Pending · watching',
      'j, Pending, now, watching, profile sandbox · Acme',
    ]);
  });

  it('has the name that the user gave to the job, or its shortened ID; the tooltip has all IDs', async () => {
    const jobId = '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55';
    const [, { label, tooltip }] = await itemsOf({ jobId, smileJobId: '0000000123' });
    assert.ok(tooltip instanceof vscode.MarkdownString);
    const text = tooltip.value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    assert.deepEqual(
      [
        label,
        [jobId, 'User ID: u', '0000000123', 'sandbox · Acme'].filter((id) => !text.includes(id)),
      ],
      ['9b2f…3d6a55', []],
    );
    assert.match(String((await describe({ jobId })).at(-1)), new RegExp(`^${jobId}, Approved`));
    const [name] = await describe({ jobId, name: 'Tunde, first try' });
    assert.equal(name, 'Tunde, first try');
  });

  it('offers Watch only while another verdict can come, and Stop Watching only while it is watched', async () => {
    const offered = async (...args: Parameters<typeof itemsOf>) => {
      const [, { contextValue = '' }] = await itemsOf(...args);
      return ['watchable', 'watched'].filter((word) => contextValue.includes(word));
    };
    assert.deepEqual(
      [
        await offered({}),
        await offered({ noWatch: null }), // it says that it is not final
        await offered({ verdict: null, outcome: 'refused', httpStatus: 401, noWatch: 'refused' }),
        await offered({ verdict: 'provisional' }),
        await offered({ verdict: null, outcome: 'unreachable' }),
        await offered({ signature: 'invalid' }),
        await offered({}, { watched: true }),
      ],
      [[], ['watchable'], [], ['watchable'], ['watchable'], ['watchable'], ['watched']],
    );
  });

  it('has an icon of its own for each verdict and each kind of failure', async () => {
    const failed = { verdict: null, code: null } as const;
    const icons = [];
    for (const more of [
      ...OUTCOMES.map((verdict) => ({ verdict })),
      { signature: 'invalid' } as const,
      { ...failed, outcome: 'refused', httpStatus: 401 } as const,
      { ...failed, outcome: 'refused', httpStatus: 429 } as const,
      { ...failed, outcome: 'unreachable' } as const,
      { ...failed, outcome: 'unreadable' } as const,
    ]) {
      const [, { iconPath }] = await itemsOf(more);
      assert.ok(iconPath instanceof vscode.ThemeIcon);
      icons.push(iconPath.id);
    }
    assert.equal(new Set(icons).size, icons.length, icons.join(', '));
  });

  it('of a profile says its environment once, also if that is its name', async () => {
    const told = [];
    for (const [name, environment] of [
      ['Acme', 'sandbox'],
      ['sandbox', 'sandbox'],
      ['production', 'production'],
      ['sandbox', 'production'],
    ] as const) {
      const [{ label, description }] = await itemsOf(
        {},
        { profile: { ...acme, name, environment } },
      );
      told.push([label, description]);
    }
    assert.deepEqual(told, [
      ['Acme', 'sandbox'],
      ['sandbox', ''],
      ['PRODUCTION', ''],
      ['sandbox', 'PRODUCTION'],
    ]);
  });
});
