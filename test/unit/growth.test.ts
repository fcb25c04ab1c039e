import assert from 'node:assert/strict';
import { assertConstant, assertLinear } from '../support/growth';

describe('An assertion on growth', () => {
  let steps = 0;
  /** Work that takes so many steps for a size, which are counted instead of timed. */
  const work = (stepsFor: (size: number) => number, disturb = (cost: number): number => cost) => ({
    size: 256,
    input: (size: number) => size,
    run: (size: number) => {
      for (let step = 0; step < stepsFor(size); step += 1) steps += 1;
    },
    cost: (run: () => unknown) => {
      steps = 0;
      run();
      return disturb(steps);
    },
  });

  it('accepts what grows as it should', () => {
    assertLinear(work(() => 100));
    assertLinear(work((size) => size));
    assertLinear(work((size) => size * Math.log2(size)));
    assertConstant(work(() => 100));
    assertConstant(work((size) => Math.log2(size)));
  });

  it('fails if it grows faster', () => {
    assert.throws(() => {
      assertLinear(work((size) => size ** 2));
    }, /^AssertionError.*2 times as large, it costs 65536 for a size of 256 instead of 16384/);
    assert.throws(() => {
      assertConstant(work((size) => size));
    }, /^AssertionError.*16 times as large, it costs 256 for a size of 256 instead of 16/);
  });

  it('fails because of the time that is used, too', () => {
    assert.throws(() => {
      assertConstant({
        size: 20_000_000,
        input: (size) => size,
        run: (size) => {
          let sum = 0;
          for (let step = size; step > 0; step -= 1) sum = (sum + step) | 0;
          return sum;
        },
      });
    }, assert.AssertionError);
  });

  it('tolerates disturbed runs, a step, and work that is too little to be measured', () => {
    let runs = 0;
    const first = (cost: number): number => ((runs += 1) <= 2 ? cost * 100 * runs : cost);
    assertLinear(work((size) => size, first));
    assertLinear(work((size) => (size < 200 ? size : 3 * size)));
    assertLinear(work((size) => (size / 120) ** 2));
  });
});
