import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HumanError } from '../../src/core/humanError';
import type { RecentJob } from '../../src/core/jobs/recentJobs';
import type { Profile } from '../../src/core/smile/profile';
import type { CommandId } from '../../src/vscode/commandIds';
import { Commands } from '../../src/vscode/commands';
import { JobNode, ProfileNode } from '../../src/vscode/jobsView/jobsTree';
import { RowCommands } from '../../src/vscode/jobsView/rowCommands';
import { Log } from '../../src/vscode/log';

const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const job = (jobId: string): JobNode => new JobNode(profile, { jobId } as RecentJob);

describe('A command', () => {
  const commands = new Commands(
    new Log(vscode.window.createOutputChannel('Smile ID', { log: true })),
  );
  const shown: string[] = [];
  // The channel stays open: VS Code gives the extension the same one, by its name.
  const showErrorMessage = Object.getOwnPropertyDescriptor(vscode.window, 'showErrorMessage');
  const run = (id: CommandId, ...args: unknown[]): Promise<unknown> => commands.run(id, args);

  before(() => {
    Object.defineProperty(vscode.window, 'showErrorMessage', {
      ...showErrorMessage,
      value: (message: string) => {
        shown.push(message);
        return new Promise(() => undefined); // a message stays until the user closes it
      },
    });
  });
  after(() => {
    Object.defineProperty(vscode.window, 'showErrorMessage', showErrorMessage ?? {});
  });
  beforeEach(() => {
    shown.length = 0;
  });

  describe('of a menu, a lens or a link', () => {
    before(() => {
      commands.add('smile.findJobs', () => {
        throw new HumanError('This cannot be done.');
      });
    });

    it('shows its error to the user, whatever it was started with', async () => {
      for (const args of [[], [undefined], [job('a')], ['0810'], [{ variable: {} }]]) {
        assert.equal(await run('smile.findJobs', ...args), undefined);
      }
      assert.deepEqual(shown, Array(5).fill('This cannot be done.'));
    });
  });

  describe('that programs also call', () => {
    const taken: unknown[] = [];
    before(() => {
      commands.addForPrograms('smile.editProfile', (argument) => {
        taken.push(argument);
        throw new HumanError('This cannot be done.');
      });
    });

    it('passes their argument on and throws its error to them', async () => {
      for (const argument of [{ userId: 'u' }, 'name', null, []]) {
        await assert.rejects(run('smile.editProfile', argument), {
          message: 'This cannot be done.',
        });
      }
      assert.deepEqual([taken.splice(0), shown], [[{ userId: 'u' }, 'name', null, []], []]);
    });

    it('ignores the focused row that a button of the view passes as an argument', async () => {
      await run('smile.editProfile', job('focused'), [job('selected')]);
      await run('smile.editProfile');
      assert.deepEqual(taken.splice(0), [undefined, undefined]);
      assert.deepEqual(shown, Array(2).fill('This cannot be done.'));
    });
  });

  describe('of a row', () => {
    const selection: (JobNode | ProfileNode)[] = [];
    const done: string[][] = [];
    let focused: JobNode | null = null;
    before(() => {
      const view = {
        get selection() {
          return [...selection];
        },
      };
      const rows = new RowCommands(view, commands, () => {
        const at = focused === null ? -1 : selection.indexOf(focused);
        if (at >= 0) selection.splice(at, 1);
        else if (focused !== null) selection.push(focused);
        return Promise.resolve();
      });
      rows.jobs('smile.openJob', (jobs) => {
        done.push(jobs.map((node) => node.job.jobId));
      });
      rows.profile('smile.row.signOut', (row) => {
        done.push([row.profile.name]);
      });
    });
    beforeEach(() => {
      done.length = 0;
      selection.splice(0, Infinity, job('selected'), new ProfileNode(profile, []));
    });

    it('acts on the row of its menu, on all that are selected with it, and by a key on the selection', async () => {
      await run('smile.openJob', job('clicked'), undefined);
      await run('smile.openJob', job('clicked'), [job('clicked'), job('second')]);
      await run('smile.openJob');
      await run('smile.row.signOut', new ProfileNode({ ...profile, name: 'clicked' }, []));
      await run('smile.row.signOut');
      assert.deepEqual(done, [
        ['clicked'],
        ['clicked', 'second'],
        ['selected'],
        ['clicked'],
        ['acme'],
      ]);
    });

    it('acts by a key on the row that has the focus, and on all selected ones only if it is one of them', async () => {
      const [first, second, other] = [job('first'), job('second'), job('other')];
      selection.splice(0, Infinity, first, second);
      focused = first;
      await run('smile.openJob');
      focused = other;
      await run('smile.openJob');
      focused = null;
      await run('smile.openJob');
      assert.deepEqual(
        [done.map((ids) => ids.sort()), selection.length],
        [[['first', 'second'], ['other'], ['first', 'second']], 2],
      );
    });

    it('does nothing, and says so, if its row is gone: the selected row is another one', async () => {
      await run('smile.openJob', undefined, undefined);
      await run('smile.openJob', new ProfileNode(profile, []));
      await run('smile.row.signOut', undefined);
      const gone = 'The list has changed, and this row is gone. Nothing was done.';
      assert.deepEqual([done, shown], [[], [gone, gone, gone]]);
    });

    it('does nothing if a key finds no selected row of its kind', async () => {
      selection.length = 0;
      await run('smile.openJob');
      assert.deepEqual([done, shown], [[], []]);
    });
  });
});
