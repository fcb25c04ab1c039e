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

/** The gate with a user whose choices are prepared, in order. */
class PreparedGate extends ProductionGate {
  readonly prompts: string[] = [];
  constructor(private readonly choices: boolean[]) {
    super();
  }
  protected override confirm({ name }: Profile): Promise<boolean> {
    return this.choose(name);
  }
  protected override confirmKeyCheck(): Promise<boolean> {
    return this.choose('key check');
  }
  private choose(prompt: string): Promise<boolean> {
    this.prompts.push(prompt);
    return Promise.resolve(this.choices.shift() ?? false);
  }
}

describe('The prompt before production', () => {
  it('appears once for an account, and never for another environment', async () => {
    const gate = new PreparedGate([true]);
    const sandbox: Profile = { ...live, environment: 'sandbox' };
    const renamed: Profile = { ...live, name: 'acme' };
    const allowed = [await gate.allow(sandbox), ...(await both(gate)), await gate.allow(renamed)];
    assert.deepEqual([allowed, gate.prompts], [[true, true, true, true], ['acme-live']]);
  });

  it('appears again if the profile was changed to another partner, and after it was declined', async () => {
    const gate = new PreparedGate([true, false, true]);
    const other: Profile = { ...live, name: 'other-live', partnerId: '2045' };
    const allowed = [await gate.allow(live), await gate.allow(other), await gate.allow(other)];
    assert.deepEqual(
      [allowed, gate.prompts],
      [
        [true, false, true],
        ['acme-live', 'other-live', 'other-live'],
      ],
    );
  });

  it('is another one for a key check, which allows nothing else and needs none after a lookup was allowed', async () => {
    const gate = new PreparedGate([true, true]);
    const sandbox: Profile = { ...live, environment: 'sandbox' };
    const allowed = [
      await gate.allowKeyCheck(sandbox),
      await gate.allowKeyCheck(live),
      await gate.allow(live),
      await gate.allowKeyCheck(live),
    ];
    assert.deepEqual(
      [allowed, gate.prompts],
      [
        [true, true, true, true],
        ['key check', 'acme-live'],
      ],
    );
  });

  const both = (gate: ProductionGate): Promise<boolean[]> =>
    Promise.all([gate.allow(live), gate.allow(live)]);
});
