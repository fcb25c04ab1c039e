import * as assert from 'node:assert/strict';
import type { Profile } from '../../src/core/smile/profile';
import { ProductionGate } from '../../src/vscode/productionGate';

const live: Profile = {
  id: 'p-1',
  name: 'acme-live',
  environment: 'production',
  partnerId: '085',
  url: null,
};

/** The gate with a user whose answers are prepared, in order. */
class AnsweredGate extends ProductionGate {
  readonly asked: string[] = [];
  constructor(private readonly answers: boolean[]) {
    super();
  }
  protected override confirm({ name }: Profile): Promise<boolean> {
    this.asked.push(name);
    return Promise.resolve(this.answers.shift() ?? false);
  }
}

describe('The question before production', () => {
  it('comes once for an account, and not at all for another environment', async () => {
    const gate = new AnsweredGate([true]);
    const sandbox: Profile = { ...live, environment: 'sandbox' };
    const renamed: Profile = { ...live, name: 'acme' };
    const allowed = [await gate.allow(sandbox), ...(await both(gate)), await gate.allow(renamed)];
    assert.deepEqual([allowed, gate.asked], [[true, true, true, true], ['acme-live']]);
  });

  it('comes again where the profile was changed to another partner, and after a no', async () => {
    const gate = new AnsweredGate([true, false, true]);
    const other: Profile = { ...live, name: 'other-live', partnerId: '2045' };
    const allowed = [await gate.allow(live), await gate.allow(other), await gate.allow(other)];
    assert.deepEqual(
      [allowed, gate.asked],
      [
        [true, false, true],
        ['acme-live', 'other-live', 'other-live'],
      ],
    );
  });

  const both = (gate: ProductionGate): Promise<boolean[]> =>
    Promise.all([gate.allow(live), gate.allow(live)]);
});
