import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { languageOfFile } from '../support/languageOfFile';

const KEY = '3f7c1b52-90de-4a68-b1c4-7e02d95fa836';

const FILES: Readonly<Record<string, string>> = {
  'server/verify.ts': [
    "import { WebApi } from 'smile-identity-core';",
    `const api = new WebApi('085', 'https://example.com', '${KEY}', '0');`,
    'export async function check(result: { ResultCode: string }) {',
    "  await api.get_job_status({ user_id: 'user-1', job_id: 'job-1' }, {});",
    '  switch (result.ResultCode) {',
    "    case '0810':",
    "    case '0000':",
    '      return true;',
    '  }',
    '  return result.ResultCode === 1012;',
    '}',
    '',
  ].join('\n'),
  '.env': `# of Smile ID\r\nSMILE_ID_PARTNER_ID=085\r\nSMILE_ID_API_KEY=${KEY}\r\n`,
  'job.json': '{"partner_params": {"job_id": "job-2", "user_id": "user-2"}}\n',
  'other.ts': "if (data.code === '1012') retry({ job_id: 'a', user_id: 'b' });\n",
  'node_modules/sdk/index.js': "if (ResultCode === '0810') pass();\n",
  'app.min.js': "if (ResultCode==='0810')pass()\n",
  'bundle.js': `if (ResultCode === '0810') pass();${'pass();'.repeat(1000)}\n`,
  'binary.txt': "\0ResultCode: '0810'\n",
  'long.log': `ResultCode: '0810'\n${'.'.repeat(1_000_000)}\n`,
};

const FINDINGS = [
  'lint\t.env:3:18\tapi-key-in-source',
  'lint\tserver/verify.ts:2:55\tapi-key-in-source',
  'lint\tserver/verify.ts:10:32\tcode-as-number',
  'codes\tserver/verify.ts:6:11\t0810',
  'codes\tserver/verify.ts:7:11\t0000 (unknown)',
  'codes\tserver/verify.ts:10:32\t1012',
  'credentials\t.env:3:18\tpartner 085, key found, environment missing',
  'credentials\tserver/verify.ts:2:55\tpartner 085, key found, environment sandbox',
  'jobs\tjob.json:1:20\tjob job-2 of user user-2',
  'jobs\tserver/verify.ts:4:28\tjob job-1 of user user-1',
  'sdk\tserver/verify.ts:1:10\tWebApi',
  'sdk\tserver/verify.ts:2:17\tWebApi',
  'sdk\tserver/verify.ts:3:39\tResultCode',
  'sdk\tserver/verify.ts:4:13\tget_job_status',
  'sdk\tserver/verify.ts:5:18\tResultCode',
  'sdk\tserver/verify.ts:10:17\tResultCode',
  'handlers\tserver/verify.ts:5:3\t0810 0000 (any product)',
];

function measure(...args: readonly string[]): { status: number | null; lines: string[] } {
  const command = ['--import', 'tsx', 'test/support/measure.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, lines: (stdout + stderr).split('\n').filter((line) => line !== '') };
}

describe('npm run measure', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'measure-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('prints a sorted line for each finding in what users read, and no key', () => {
    const { status, lines } = measure(folder);
    assert.deepEqual({ status, lines }, { status: 0, lines: FINDINGS });
    assert.ok(!lines.join('\n').includes(KEY));
  });

  it('prints one feature, and puts the names of several folders first', () => {
    const { status, lines } = measure(join(folder, 'server'), folder, '--feature', 'jobs');
    const names = lines.map((line) =>
      line.split('\t')[1]?.replace(folder.replace(/.*\//, ''), '*'),
    );
    assert.deepEqual(
      { status, names },
      {
        status: 0,
        names: ['*/job.json:1:20', '*/server/verify.ts:4:28', 'server/verify.ts:4:28'],
      },
    );
  });

  it('fails without a folder, and for a feature that does not exist', () => {
    for (const args of [[], [folder, '--feature', 'hover']]) {
      const { status, lines } = measure(...args);
      assert.deepEqual({ status, lines: lines.length }, { status: 1, lines: 1 });
    }
  });
});

describe('The language of a file', () => {
  it('is told by its name, as in VS Code', () => {
    const languages = {
      'src/a.test.TSX': 'typescriptreact',
      'a.mjs': 'javascript',
      'a.d.ts': 'typescript',
      'app/Job.kt': 'kotlin',
      Gemfile: 'ruby',
      '.env': 'dotenv',
      '.env.example': 'dotenv',
      'config/live.env': 'dotenv',
      'package.json': 'json',
      'tsconfig.build.json': 'jsonc',
      'README.md': 'markdown',
      'my-gemfile': 'plaintext',
      'job.ex': 'plaintext',
    };
    assert.deepEqual(
      Object.fromEntries(Object.keys(languages).map((path) => [path, languageOfFile(path)])),
      languages,
    );
  });
});
