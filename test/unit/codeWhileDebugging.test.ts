import assert from 'node:assert/strict';
import { codeVariables } from '../../src/core/codes/codeVariables';
import { StackFrame } from '../../src/vscode/editor/stackFrame';

/** The variables of a paused program: their values, or what they contain. */
interface Variables {
  readonly [name: string]: string | Variables;
}

/** A debugger that is paused, with these variables in scope. It evaluates nothing. */
class FakeDebugger {
  private readonly objects: Variables[] = [];

  constructor(...scopes: readonly Variables[]) {
    this.objects.push(...scopes);
    this.scopes = scopes.length;
  }
  private readonly scopes: number;

  customRequest(
    command: string,
    { variablesReference = 0, filter }: { variablesReference?: number; filter?: string },
  ): Promise<unknown> {
    if (command === 'scopes') {
      const scopes = this.objects.slice(0, this.scopes);
      return Promise.resolve({
        scopes: scopes.map((_, index) => ({ variablesReference: index + 1 })),
      });
    }
    assert.equal(command, 'variables');
    // As Delve does: it has named variables only for maps and lists, and they are their lengths.
    const object = filter === 'named' ? {} : (this.objects[variablesReference - 1] ?? {});
    const variables = Object.entries(object).map(([name, value]) =>
      typeof value === 'string'
        ? { name, value, variablesReference: 0 }
        : { name, value: '{…}', variablesReference: this.objects.push(value) },
    );
    return Promise.resolve({ variables });
  }
}

/** What is shown for a line: the variables that are found, and their values. */
async function shown(
  language: string,
  line: string,
  ...scopes: readonly Variables[]
): Promise<Record<string, string | null>> {
  const frame = new StackFrame(new FakeDebugger(...scopes), 1);
  const values: Record<string, string | null> = {};
  for (const { start, text, paths } of codeVariables(line, language)) {
    assert.equal(line.slice(start, start + text.length), text);
    values[text] = await frame.valueOf(paths);
  }
  return values;
}

describe('Variables that contain a result code, while a program is paused', () => {
  for (const language of ['javascript', 'typescript']) {
    it(`are found in ${language}: variables, fields, private ones, by key`, async () => {
      const self = { resultCode: "'0811'", '#resultCode': "'0812'", _resultCode: "'0813'" };
      const scope = {
        resultCode: "'0810'",
        $resultCode: "'0814'",
        this: self,
        job: { ResultCode: "'0815'", result: { smile_code: "'0816'" } },
      };
      assert.deepEqual(
        await shown(
          language,
          `f(resultCode, this.resultCode, this.#resultCode, this._resultCode, $resultCode, job['ResultCode'], job?.result!.smile_code.trim(), job?.["ResultCode"])`,
          scope,
        ),
        {
          resultCode: "'0810'",
          'this.resultCode': "'0811'",
          'this.#resultCode': "'0812'",
          'this._resultCode': "'0813'",
          $resultCode: "'0814'",
          "job['ResultCode']": "'0815'",
          'job?.result!.smile_code': "'0816'",
          'job?.["ResultCode"]': "'0815'",
        },
      );
    });
  }

  it('are found in Python: variables, fields, keys of dictionaries', async () => {
    const scope = {
      result_code: "'0810'",
      self: { result_code: "'0811'", _result_code: "'0812'" },
      job: { "'ResultCode'": "'0813'" },
    };
    assert.deepEqual(
      await shown(
        'python',
        `f"{result_code} {self.result_code}" + self._result_code + job["ResultCode"]`,
        scope,
      ),
      {
        result_code: "'0810'",
        'self.result_code': "'0811'",
        'self._result_code': "'0812'",
        'job["ResultCode"]': "'0813'",
      },
    );
  });

  it('are found in PHP: variables, fields, keys of arrays, in strings', async () => {
    const scope = {
      $resultCode: '"0810"',
      $this: { resultCode: '"0811"', job: { result_code: '"0812"' } },
      $job: { ResultCode: '"0813"' },
    };
    assert.deepEqual(
      await shown(
        'php',
        `echo "$resultCode", $this->resultCode, $this->job?->result_code, $job['ResultCode'];`,
        scope,
      ),
      {
        $resultCode: '"0810"',
        '$this->resultCode': '"0811"',
        '$this->job?->result_code': '"0812"',
        "$job['ResultCode']": '"0813"',
      },
    );
  });

  it('are found in Ruby: variables of methods, instances and the program, keys of hashes', async () => {
    const scope = {
      '%self': { '#class': 'Job', '@result_code': '"0811"' },
      result_code: '"0810"',
      job: { ':result_code': '"0813"', '"ResultCode"': '"0814"' },
    };
    const globals = { $result_code: '"0812"' };
    assert.deepEqual(
      await shown(
        'ruby',
        `puts result_code, @result_code, $result_code, job[:result_code], job&.fetch(:result_code), job['ResultCode']`,
        scope,
        globals,
      ),
      {
        result_code: '"0810"',
        '@result_code': '"0811"',
        $result_code: '"0812"',
        'job[:result_code]': '"0813"',
        "job['ResultCode']": '"0814"',
      },
    );
  });

  for (const language of ['java', 'kotlin', 'csharp']) {
    it(`are found in ${language}: fields without "this", too, and a variable before a field`, async () => {
      const scope = {
        this: { resultCode: '"0811"', _smileCode: '"0812"', job: { ResultCode: '"0813"' } },
        smileCode: '"0814"',
      };
      const line = 'f(resultCode, this.resultCode, _smileCode, job.ResultCode, smileCode)';
      assert.deepEqual(await shown(language, line, scope), {
        resultCode: '"0811"',
        'this.resultCode': '"0811"',
        _smileCode: '"0812"',
        'job.ResultCode': '"0813"',
        smileCode: '"0814"',
      });
      const local = { ...scope, resultCode: '"0810"' };
      assert.deepEqual(await shown(language, 'log(resultCode)', local), { resultCode: '"0810"' });
    });
  }

  it('are found in Kotlin after "!!" and in strings', async () => {
    const scope = { job: { resultCode: '"0810"' }, resultCode: '"0811"' };
    assert.deepEqual(await shown('kotlin', 'job!!.resultCode + "code: $resultCode"', scope), {
      'job!!.resultCode': '"0810"',
      $resultCode: '"0811"',
    });
  });

  it('are found in Go: fields of structs, and of what a pointer points to', async () => {
    const job = { ResultCode: '"0810"' };
    const scope = {
      job,
      pointer: { '': job },
      resultCode: '"0811"',
      body: { '"ResultCode"': '"0812"' },
    };
    assert.deepEqual(
      await shown(
        'go',
        'f(job.ResultCode, pointer.ResultCode, resultCode, body["ResultCode"])',
        scope,
      ),
      {
        'job.ResultCode': '"0810"',
        'pointer.ResultCode': '"0810"',
        resultCode: '"0811"',
        'body["ResultCode"]': '"0812"',
      },
    );
  });

  it('are not methods, keys, symbols, texts, or parts of other names', () => {
    const lines: readonly (readonly [string, string])[] = [
      ['javascript', `({ resultCode: 1, 'resultCode': 2 }, resultCode(), job.resultCode ())`],
      ['javascript', 'myResultCode + resultCodes + job.resultCodeOf'],
      ['python', `job.get('result_code')`],
      ['ruby', 'job.fetch(:result_code)'],
      ['java', 'Job::resultCode'],
      ['php', 'self::$resultCode'],
    ];
    for (const [language, line] of lines) assert.deepEqual(codeVariables(line, language), [], line);
  });

  it('have no value if their name is unknown, and no long list is read to find it', async () => {
    assert.deepEqual(await shown('java', 'job.resultCode', { job: {} }), {
      'job.resultCode': null,
    });
    const requests: string[] = [];
    const session = {
      customRequest(command: string, body: unknown): Promise<unknown> {
        requests.push(`${command} ${JSON.stringify(body)}`);
        return Promise.resolve({
          scopes: [{ variablesReference: 1 }],
          variables: [{ name: 'all', value: '', variablesReference: 2, indexedVariables: 5000 }],
        });
      },
    };
    assert.equal(await new StackFrame(session, 7).valueOf([['all', 'resultCode']]), null);
    assert.deepEqual(requests, ['scopes {"frameId":7}', 'variables {"variablesReference":1}']);
  });
});
