import assert from 'node:assert/strict';
import { Disposable } from '../../src/vscode/disposable';

class Owner extends Disposable {
  readonly ended: string[] = [];

  own(...names: readonly [string, ...string[]]): void {
    const part = (name: string) => ({ dispose: () => this.ended.push(name) });
    const [first, ...more] = names;
    this.register(part(first), ...more.map(part));
  }
}

describe('An owner of disposables', () => {
  it('disposes of them once, the last one first', () => {
    const owner = new Owner();
    owner.own('emitter');
    owner.own('first', 'second');
    owner.dispose();
    owner.dispose();
    assert.deepEqual(owner.ended, ['second', 'first', 'emitter']);
  });

  it('disposes at once of what is registered after its end', () => {
    const owner = new Owner();
    owner.dispose();
    owner.own('late');
    assert.deepEqual(owner.ended, ['late']);
  });

  it('disposes of all others although one fails, and says so', () => {
    class Failing extends Owner {
      fail(): void {
        this.register({
          dispose: () => {
            throw new Error('not now');
          },
        });
      }
    }
    const owner = new Failing();
    owner.own('first');
    owner.fail();
    owner.own('last');
    assert.throws(() => owner.dispose(), { errors: [new Error('not now')] });
    assert.deepEqual(owner.ended, ['last', 'first']);
  });
});
