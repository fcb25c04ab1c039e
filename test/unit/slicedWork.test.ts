import assert from 'node:assert/strict';
import { comparedDocumentsSteps } from '../../src/core/report/jobComparison';
import { jsonTextSteps, sortedKeys } from '../../src/core/jsonText';
import { redactSteps } from '../../src/core/redact';
import { findCredentialsSteps } from '../../src/core/credentials/findCredentials';
import { withoutEmbeddedImagesSteps } from '../../src/core/smile/embeddedImages';
import { READING_LIMITS } from '../../src/core/smile/readingLimits';
import { inSlices, type Steps } from '../../src/core/slicedWork';
import { fixtureSteps } from '../../src/core/report/fixture';
import { typedModelSteps } from '../../src/core/export/typedModel';
import { assertLinear } from '../support/growth';
import { resultOf } from '../support/steps';

function* count(steps: number): Steps<number> {
  for (let step = 0; step < steps; step += 1) yield;
  return steps;
}

const times = <T>(number: number, make: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, index) => make(index));

describe('Long work', () => {
  it('lets other work run after each 5,000 steps', async () => {
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses += 1;
      return Promise.resolve();
    };
    assert.deepEqual([await inSlices(count(12_000), pause), pauses], [12_000, 2]);
    assert.deepEqual([await inSlices(count(10), pause), pauses], [10, 2]);
  });

  it('really lets timers run in between', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('timer'));
    await inSlices(count(12_000)).then(() => order.push('end'));
    assert.deepEqual(order, ['timer', 'end']);
  });

  it('fails as the work does', async () => {
    function* failing(): Steps<never> {
      throw new Error('no');
    }
    await assert.rejects(inSlices(failing()), { message: 'no' });
  });

  it('ends if a pause says so, which is how it is canceled', async () => {
    const stop = (): Promise<never> => Promise.reject(new Error('canceled'));
    await assert.rejects(inSlices(count(12_000), stop), { message: 'canceled' });
  });

  it('on a file that may contain credentials has a step for each token', () => {
    const text = 'apiKey = "x"; '.repeat(1000);
    assert.ok([...findCredentialsSteps(text, 'app.ts')].length >= 4000);
  });

  it('on a response has a step for each field', () => {
    const body = { history: times(100, () => ({ ResultCode: '0810', Actions: { a: 'Passed' } })) };
    for (const steps of [
      redactSteps(body),
      fixtureSteps(body),
      typedModelSteps([body]),
      jsonTextSteps(body),
      comparedDocumentsSteps(body, {}),
      withoutEmbeddedImagesSteps(body),
    ]) {
      assert.ok([...steps].length >= 300);
    }
  });

  it('has steps for each part of a long text, and for sorting many keys', () => {
    const many = Object.fromEntries(times(10_000, (index) => [`k${index % 7}-${index}`, 1]));
    assert.ok([...jsonTextSteps('a'.repeat(100_000))].length >= 400);
    assert.ok([...sortedKeys(many)].length >= 50_000);
    assert.deepEqual(resultOf(sortedKeys(many)), Object.keys(many).sort());
  });

  it('pauses often over as many values as are read, whatever contains them', async () => {
    const { values, levels } = READING_LIMITS;
    let deep: unknown = times(values - levels, () => 1);
    for (let level = 2; level < levels; level += 1) deep = { a: deep };
    const flat = { result: Object.fromEntries(times(values, (index) => [`k${index}`, index])) };
    const history = {
      history: times(Math.floor(values / 3), (index) => ({ ResultCode: '0810', a: index })),
    };
    const works: readonly (() => Steps<unknown>)[] = [
      ...[flat, history, { deep }].flatMap((body) => [
        () => jsonTextSteps(body),
        () => jsonTextSteps(body, sortedKeys),
        () => withoutEmbeddedImagesSteps(body),
      ]),
      () => comparedDocumentsSteps(flat, history),
    ];
    for (const work of works) {
      let pauses = 0;
      await inSlices(work(), () => Promise.resolve((pauses += 1)));
      assert.ok(pauses >= values / 5000 - 1, `${pauses} pauses`);
    }
  });
});

describe('The forms in which a response is copied', () => {
  const fields = (size: number, value: (index: number) => unknown) =>
    Object.fromEntries(times(size, (index) => [`f${index}`, value(index)]));
  const shapes: Readonly<Record<string, (size: number) => Record<string, unknown>>> = {
    'a history': (size: number) => ({ history: times(size, (index) => ({ a: index })) }),
    fields: (size: number) => ({ result: fields(size, String) }),
    'objects of one name': (size: number) => ({ result: fields(size, () => ({ a: { b: 1 } })) }),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`are made in time that grows with ${name}, and no faster`, () => {
      assertLinear({
        size: 20_000,
        input: shape,
        run: (raw) => resultOf(fixtureSteps(raw)),
        what: 'the fixture',
      });
      assertLinear({
        size: 20_000,
        input: shape,
        run: (raw) => resultOf(typedModelSteps([raw])),
        what: 'the model',
      });
      assertLinear({
        size: 20_000,
        input: shape,
        run: (raw) => resultOf(redactSteps(raw)),
        what: 'the redacted response',
      });
    });
  }

  it('are made of a response that is nested deeper than any that is read', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 4000; level += 1) deep = { a: deep };
    const body = { deep };
    assert.match(resultOf(typedModelSteps([body])), /^export interface JobStatusResponse/m);
    assert.ok(JSON.stringify(resultOf(fixtureSteps(body))).length > 0);
    assert.equal(JSON.stringify(resultOf(redactSteps(body))), '{"field_1":"[redacted]"}');
  });
});
