import * as assert from 'node:assert/strict';
import type { RecentJob } from '../../src/core/jobs/recentJobs';
import type { Profile } from '../../src/core/smile/profile';
import { Emitter } from '../../src/core/event';
import { JobsTree } from '../../src/vscode/jobsView/jobsTree';
import { MemoryLog } from '../support/fakes';

type Deps = ConstructorParameters<typeof JobsTree>;

describe('A row of the recent jobs', () => {
  const profile: Profile = {
    ...{ id: 'p', name: 'Acme', environment: 'sandbox', partnerId: '085', url: null },
  };
  const job: RecentJob = {
    ...{ key: 'k', profileId: 'p', userId: 'u', jobId: 'j', name: null, smileJobId: null },
    ...{ jobType: 1, product: null, code: '0810', verdict: 'approved', signature: 'valid' },
    ...{ outcome: 'answered', httpStatus: null, askedAt: '' },
  };
  const describe = async (more: Partial<RecentJob>): Promise<unknown[]> => {
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
      { state: () => undefined },
    );
    const [group] = await tree.getChildren();
    const [row] = await tree.getChildren(group);
    assert.ok(row);
    const { description, accessibilityInformation } = tree.getTreeItem(row);
    tree.dispose();
    return [description, accessibilityInformation?.label];
  };

  it('says which user it is for, and when it was checked', async () => {
    assert.deepEqual(await describe({}), ['u · now', 'j, Approved, user u, now']);
  });

  it('says that the last request had no result, if the verdict is of an earlier one', async () => {
    assert.deepEqual(await describe({ outcome: 'unreachable' }), [
      'u · No response, now',
      'j, Approved, user u, No response, now',
    ]);
    assert.deepEqual(await describe({ outcome: 'refused', httpStatus: 400 }), [
      'u · Refused, now',
      'j, Approved, user u, Refused, now',
    ]);
    assert.deepEqual(await describe({ outcome: 'unreachable', verdict: null, code: null }), [
      'u · now',
      'j, No response, user u, now',
    ]);
  });
});
