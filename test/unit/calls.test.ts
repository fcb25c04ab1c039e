import * as assert from 'node:assert/strict';
import { argumentsOf, callAround, callAt } from '../../src/core/text/calls';
import { markedCode } from '../support/markedCode';

/** Language, a text with a mark before an argument, the path of the call, all of it, and its arguments. */
const CALLS: readonly (readonly [string, string, ...(readonly string[])])[] = [
  [
    'typescript',
    'client.jobs.get(¦id, 2,)',
    'client jobs get',
    'client.jobs.get(id, 2,)',
    'id',
    '2',
  ],
  [
    'typescript',
    'new WebApi(¦partnerId, callback, key, 0)',
    'new WebApi',
    'new WebApi(partnerId, callback, key, 0)',
    'partnerId',
    'callback',
    'key',
    '0',
  ],
  [
    'typescript',
    "crypto.subtle.sign('HMAC', key, ¦data)",
    'crypto subtle sign',
    "crypto.subtle.sign('HMAC', key, data)",
    "'HMAC'",
    'key',
    'data',
  ],
  [
    'typescript',
    "createHmac('sha256', k).update(¦ts + 'sid_request').digest('hex')",
    'createHmac update',
    "createHmac('sha256', k).update(ts + 'sid_request')",
    "ts + 'sid_request'",
  ],
  [
    'typescript',
    "createHmac('sha256', k)\n  .update(x)\n  .digest(¦'hex')",
    'createHmac update digest',
    "createHmac('sha256', k) .update(x) .digest('hex')",
    "'hex'",
  ],
  ['typescript', "config.get<string>(¦'KEY')", 'config get', "config.get<string>('KEY')", "'KEY'"],
  ['typescript', "app.post('/x', async (req, res) => { ¦foo })"],
  ['typescript', 'if (¦x) {}'],
  ['typescript', 'class A { foo(¦x: string): void { } }'],
  ['typescript', 'function foo(¦a) {}'],
  ['typescript', 'a?.b?.(¦c)', 'a b', 'a?.b?.(c)', 'c'],
  ['typescript', "x['a'].get(¦c)", 'x a get', "x['a'].get(c)", 'c'],
  ['typescript', 'foo({ a: [¦1] })', 'foo', 'foo({ a: [1] })', '{ a: [1] }'],
  ['typescript', "await import(¦'x')", 'import', "import('x')", "'x'"],
  ['typescript', 'foo(`a ${bar(¦x)}`)', 'bar', 'bar(x)', 'x'],
  [
    'python',
    'hmac.new(key, ¦msg, digestmod=sha256)',
    'hmac new',
    'hmac.new(key, msg, digestmod=sha256)',
    'key',
    'msg',
    'digestmod=sha256',
  ],
  ['python', 'foo(a, b=¦2, **kw)', 'foo', 'foo(a, b=2, **kw)', 'a', 'b=2', '**kw'],
  ['python', 'if foo(¦x): pass', 'foo', 'foo(x)', 'x'],
  ['python', 'def f(¦a=1): pass'],
  ['python', 'class A(¦B): pass'],
  ['php', "<?php define('X', ¦'abc');", 'define', "define('X', 'abc')", "'X'", "'abc'"],
  [
    'php',
    '<?php $this->smile->submit(¦$a, b: 2);',
    'this smile submit',
    '$this->smile->submit($a, b: 2)',
    '$a',
    'b=2',
  ],
  [
    'php',
    '<?php Http::timeout(5)->post($url, ¦$body);',
    'Http timeout post',
    'Http::timeout(5)->post($url, $body)',
    '$url',
    '$body',
  ],
  ['php', '<?php public function f(¦$a) {}'],
  ['php', '<?php new WebApi(¦$a, $b)', 'new WebApi', 'new WebApi($a, $b)', '$a', '$b'],
  [
    'php',
    '<?php (new Signature($k))->generate(¦$x)',
    'generate',
    '(new Signature($k))->generate($x)',
    '$x',
  ],
  [
    'ruby',
    'get_job_status ¦user_id, job_id',
    'get_job_status',
    'get_job_status user_id, job_id',
    'user_id',
    'job_id',
  ],
  [
    'ruby',
    'x = client.get_job_status ¦user_id, job_id, a: 1 if ok',
    'client get_job_status',
    'client.get_job_status user_id, job_id, a: 1',
    'user_id',
    'job_id',
    'a=1',
  ],
  [
    'ruby',
    'SmileIdentityCore::WebApi.new(¦a, b)',
    'SmileIdentityCore WebApi new',
    'SmileIdentityCore::WebApi.new(a, b)',
    'a',
    'b',
  ],
  ['ruby', "raise Foo, ¦'x' unless y", 'raise', "raise Foo, 'x'", 'Foo', "'x'"],
  ['ruby', '@client.submit ¦job', 'client submit', '@client.submit job', 'job'],
  ['ruby', 'render json: { a: ¦1 }', 'render', 'render json: { a: 1 }', 'json={ a: 1 }'],
  ['ruby', 'foo = bar - ¦1'],
  ['ruby', 'return ¦x'],
  ['ruby', 'puts foo(¦1)', 'foo', 'foo(1)', '1'],
  ['ruby', 'foo -¦1'],
  ['ruby', 'def foo(¦a)\nend'],
  [
    'ruby',
    'validates ¦:a, presence: true',
    'validates',
    'validates :a, presence: true',
    ':a',
    'presence=true',
  ],
  ['ruby', "expect(x).to eq ¦'0810'", 'eq', "eq '0810'", "'0810'"],
  ['go', 'hmac.New(sha256.New, []byte(¦key))', 'byte', 'byte(key)', 'key'],
  ['go', 'if foo(¦x) { }', 'foo', 'foo(x)', 'x'],
  ['go', 'func (c *Client) Foo(¦a string) error { }'],
  ['go', 'return f(¦a), nil', 'f', 'f(a)', 'a'],
  ['java', 'public void foo(¦String a) { }'],
  [
    'java',
    'new SIDConfig.Builder(this).setJobType(¦4).build();',
    'new SIDConfig Builder setJobType',
    'new SIDConfig.Builder(this).setJobType(4)',
    '4',
  ],
  ['java', 'return foo(¦a);', 'foo', 'foo(a)', 'a'],
  ['java', 'String x = foo(¦a);', 'foo', 'foo(a)', 'a'],
  ['java', 'List<String> foo(¦String a) { }'],
  ['java', 'Map.<String, String>of(¦a)'],
  ['kotlin', 'fun f(¦a: String) { }'],
  ['kotlin', 'foo(job = ¦1)', 'foo', 'foo(job = 1)', 'job=1'],
  ['kotlin', 'list.map { foo(¦it) }', 'foo', 'foo(it)', 'it'],
  ['csharp', 'var x = new Foo<Bar>(¦a) { B = 1 };', 'new Foo', 'new Foo<Bar>(a)', 'a'],
  ['csharp', 'public async Task<string> F(¦string a) { }'],
  ['csharp', 'await _http.SendAsync(¦r);', '_http SendAsync', '_http.SendAsync(r)', 'r'],
  [
    'dart',
    "SmileID.api.doEnhancedKycAsync(Req(country: ¦'NG'))",
    'Req',
    "Req(country: 'NG')",
    "country='NG'",
  ],
  [
    'swift',
    'SmileID.api.run(userId: ¦"x")',
    'SmileID api run',
    'SmileID.api.run(userId: "x")',
    'userId="x"',
  ],
  ['swift', 'func f(a: ¦String) {}'],
  ['ruby', "expect(x).to eq ¦'0810'", 'eq', "eq '0810'", "'0810'"],
  ['typescriptreact', '<Foo onClick={() => run(¦a)} />', 'run', 'run(a)', 'a'],
  ['shellscript', 'x=$(foo ¦a)'],
  [
    'kotlin',
    'client.jobs.get(id = ¦"a")',
    'client jobs get',
    'client.jobs.get(id = "a")',
    'id="a"',
  ],
  ['typescript', 'foo(\n  // first\n  a,\n  ¦b,\n)', 'foo', 'foo( // first a, b, )', 'a', 'b'],
];

describe('A call', () => {
  for (const [language, text, path, range, ...values] of CALLS) {
    it(`is ${path ?? 'none'} around the mark in ${language}: ${text}`, () => {
      const { code, at, show } = markedCode(language, text);
      const call = callAround(code, at);
      if (call === null || path === undefined) {
        assert.deepEqual([call, path], [null, undefined]);
        return;
      }
      assert.deepEqual(
        {
          path: (call.isNew ? 'new ' : '') + call.path.join(' '),
          range: show(call.range),
          values: argumentsOf(code, call).map(
            ({ name, range: value }) => `${name === null ? '' : `${name}=`}${show(value)}`,
          ),
        },
        { path, range, values },
      );
      assert.deepEqual(callAt(code, call.at), call, 'found by its name, too');
      if (call.open >= 0) assert.deepEqual(callAt(code, call.open), call, 'and by its bracket');
    });
  }
});
