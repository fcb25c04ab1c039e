import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  findCredentialsSteps,
  type FoundCredentials,
} from '../../src/core/credentials/findCredentials';
import { compareSettingsFiles, isExample } from '../../src/core/credentials/settingsFileNames';
import { assertLinear } from '../support/growth';
import { resultOf } from '../support/steps';

const KEY = '3b9c1f7e-52d4-4a80-9e16-7d0c4b8a2f35';
const LIVE_KEY = '9e61d0c4-0b8a-4f35-a11c-c4b8a2f351d7';

type Set = Omit<FoundCredentials, 'start'>;
const SET: Set = { partnerId: '085', apiKey: KEY, environment: 'sandbox', url: null };
const ANYWHERE: Set = { ...SET, environment: null };
const LIVE: Set = { partnerId: '085', apiKey: LIVE_KEY, environment: 'production', url: null };
const NO_KEY: Set = { ...ANYWHERE, apiKey: null };

/** What is found in a text of a file with this path. */
type Case = readonly [what: string, path: string, text: string, ...expected: Set[]];

function check(...cases: readonly Case[]): void {
  for (const [what, path, text, ...expected] of cases) {
    it(what, () => {
      const found = resultOf(findCredentialsSteps(text, path));
      const bare = found.map(({ partnerId, apiKey, environment, url }) => {
        return { partnerId, apiKey, environment, url };
      });
      assert.deepEqual(bare, expected);
      for (const { apiKey, partnerId, start } of found) {
        assert.ok(text.startsWith(apiKey ?? partnerId ?? '', start), 'where it is');
      }
    });
  }
}

describe('Credentials are read from', () => {
  check(
    [
      'a .env file',
      '.env',
      `SMILE_PARTNER_ID=085\nSMILE_API_KEY="${KEY}" # sandbox\nSID_SERVER=0\n`,
      SET,
    ],
    [
      'names without a service, next to each other',
      '',
      `export PARTNER_ID='085'\nexport API_KEY=${KEY}\nexport SID_SERVER=0`,
      SET,
    ],
    [
      'lines that end as on Windows',
      '.env',
      `PARTNER_ID=085\r\nAPI_KEY=${KEY}\r\nSID_SERVER=0\r\n`,
      SET,
    ],
    ['one line of a shell', '', `PARTNER_ID=085 API_KEY=${KEY} SID_SERVER=0 node server.js`, SET],
    [
      'properties',
      'application.properties',
      `smile.partner-id = 085\nsmile.api-key = ${KEY}\nsmile.base-url = https://testapi.smileidentity.com/v1`,
      SET,
    ],
    [
      'a section of an ini file',
      'settings.ini',
      `[maps]\napi_key = ${LIVE_KEY}\n\n[smile]\npartner_id = 085\n\napi_key = ${KEY}\nsandbox = true\n`,
      SET,
    ],
    [
      'YAML',
      'config.yml',
      `maps:\n  api_key: ${LIVE_KEY}\nsmile_id:\n  # from the portal\n  partner_id: "085"\n  api_key: ${KEY} # of March\n  environment: sandbox\n`,
      SET,
    ],
    [
      'a deployment',
      'deployment.yaml',
      `env:\n  - name: SMILE_PARTNER_ID\n    value: "085"\n  - name: SMILE_API_KEY\n    value: ${KEY}\n  - name: SMILE_SID_SERVER\n    value: "0"\n`,
      SET,
    ],
    [
      'variables of docker-compose',
      'docker-compose.yml',
      `services:\n  api:\n    environment:\n      - SMILE_PARTNER_ID=085\n      - SMILE_API_KEY=${KEY}\n`,
      ANYWHERE,
    ],
    ['JSON', 'config.json', `{"partner_id": "085", "api_key": "${KEY}", "sid_server": 0}`, SET],
    [
      'XML',
      'Web.config',
      `<add key="SmileIdPartnerId" value="085" />\n<add key="SmileIdApiKey" value="${KEY}" />`,
      ANYWHERE,
    ],
    [
      'a block of JSON that names Smile ID',
      'appsettings.json',
      `{"Maps": {"ApiKey": "${LIVE_KEY}"}, "SmileId": {"ApiKey": "${KEY}", "BaseUrl": "https://testapi.smileidentity.com/v2/"}}`,
      { ...SET, partnerId: null },
    ],
    [
      'a hash in Ruby',
      'smile.rb',
      `{ :partner_id => '085', :api_key => '${KEY}', :sid_server => '0' }`,
      SET,
    ],
    [
      'constants in Ruby',
      'kyc.rb',
      `PARTNER_ID = '085'.freeze\nAPI_KEY = '${KEY}'.freeze`,
      ANYWHERE,
    ],
    [
      'an array in PHP',
      'config/services.php',
      `<?php\nreturn ['smile' => ['partner_id' => '085', 'key' => env('X'), 'api_key' => '${KEY}', 'sandbox' => true]];`,
      SET,
    ],
    [
      'properties in PHP',
      'Kyc.php',
      `$this->partnerId = "085"; // of the portal\n$this->apiKey = "${KEY}";`,
      ANYWHERE,
    ],
    [
      'variables with types',
      'kyc.ts',
      `const partnerId: string = '085';\nconst apiKey: string = '${KEY}';\nconst sidServer: 0 | 1 = 0;`,
      SET,
    ],
    [
      'properties of C#',
      'Options.cs',
      `public string PartnerId { get; set; } = "085";\npublic string ApiKey { get; set; } = @"${KEY}";`,
      ANYWHERE,
    ],
    [
      'a struct of Go',
      'main.go',
      `client := smile.New(Config{\n\tPartnerID: "085",\n\tAPIKey:    "${KEY}",\n})`,
      ANYWHERE,
    ],
    [
      'variables that a test sets',
      'setup.js',
      `process.env.SMILE_PARTNER_ID = '085';\nprocess.env['SMILE_API_KEY'] = '${KEY}';`,
      ANYWHERE,
    ],
    [
      'an address on this machine, where a key may be any word',
      '.env',
      'PARTNER_ID=085\nAPI_KEY=local-simulator\nSID_SERVER=http://127.0.0.1:8080',
      {
        partnerId: '085',
        apiKey: 'local-simulator',
        environment: 'local',
        url: 'http://127.0.0.1:8080/v1',
      },
    ],
    [
      'a key in the base64 of before 2022',
      '.env',
      `SMILE_API_KEY=${'aB3/my+Put/9'.repeat(80)}==`,
      {
        ...NO_KEY,
        partnerId: null,
        apiKey: `${'aB3/my+Put/9'.repeat(80)}==`,
      },
    ],
    [
      'a code block of a README',
      'README.md',
      `**For payments:**\n\`\`\`\nPAY_API_KEY=${LIVE_KEY}\n\`\`\`\n**For KYC:**\n\`\`\`\nSMILE_PARTNER_ID=085\nSMILE_API_KEY=${KEY}\nSMILE_SANDBOX=true\n\`\`\`\n`,
      SET,
    ],
    [
      'constants that are defined by a call',
      'kyc.php',
      `<?php\ndefine("PARTNER_ID", "085");\ndefine('API_KEY', '${KEY}');\n$mine = sign($time . PARTNER_ID . "sid_request", API_KEY);`,
      ANYWHERE,
    ],
    [
      'variables of the environment that a call sets',
      'main_test.go',
      `os.Setenv("SMILE_PARTNER_ID", "085")\nos.Setenv("SMILE_API_KEY", "${KEY}")`,
      ANYWHERE,
    ],
    [
      'properties that a call sets',
      'Setup.java',
      `System.setProperty("smile.partnerId", "085");\nSystem.setProperty("smile.apiKey", "${KEY}");`,
      ANYWHERE,
    ],
    [
      'entries that a call adds',
      'Setup.kt',
      `smileSettings.put("partner_id", "085")\nsmileSettings.put("smile_api_key", "${KEY}")`,
      ANYWHERE,
    ],
    [
      'a secret key among the settings of Smile ID',
      'appsettings.json',
      `{"SmileId": {"PartnerId": "085", "SecretKey": "${KEY}", "BaseUrl": "https://testapi.smileidentity.com/v2/"}}`,
      SET,
    ],
    [
      'a secret key in YAML',
      'application.yml',
      `smile-id:\n  partner-id: "085"\n  secret-key: ${KEY}\n`,
      ANYWHERE,
    ],
    [
      'a secret key that names Smile ID',
      '.env',
      `SMILE_SECRET_KEY=${KEY}\n`,
      { ...ANYWHERE, partnerId: null },
    ],
    [
      'an object with the address of Smile ID, and what is in it',
      'client.ts',
      `const http = axios.create({ baseURL: 'https://testapi.smileidentity.com/v2', params: { api_key: '${KEY}' } });`,
      { ...SET, partnerId: null },
    ],
    [
      'members of an index',
      'kyc.php',
      `$config['smile']['partner_id'] = '085';\n$config['smile']['api_key'] = '${KEY}';`,
      ANYWHERE,
    ],
    [
      'attributes of an element',
      'Widget.tsx',
      `export const Kyc = () => <SmileWidget partnerId="085" apiKey="${KEY}" />;`,
      ANYWHERE,
    ],
    [
      'several variables of one statement',
      'smile.js',
      `const partnerId = '085', apiKey = '${KEY}', sandbox = true;`,
      SET,
    ],
    ['a partner ID alone', 'a.js', 'const options = { partner_id: "085" };', NO_KEY],
  );
});

describe('The arguments of an SDK class are identified by its parameters:', () => {
  check(
    ['WebApi', 'a.js', `new WebApi('085', 'https://example.com/cb', '${KEY}', '0')`, SET],
    ['WebApi without a callback', 'a.js', `new WebApi('085', null, '${KEY}', 0)`, SET],
    [
      'WebApi over several lines, with comments and a last comma',
      'a.ts',
      `new WebApi(\n  '085', // as in the portal, with '0'\n  \`https://example.com/\${id}\`,\n  '${KEY}',\n  0,\n)`,
      SET,
    ],
    ['WebApi of Java', 'A.java', `new WebApi("085", "${KEY}", "https://example.com/cb", "0")`, SET],
    ['WebApi of older Java', 'A.java', `new WebApi("085", "", "${KEY}", 0)`, SET],
    ['IDApi, whose server is text', 'a.js', `new IDApi('085', '${KEY}', '0')`, SET],
    ['IdApi of Python', 'a.py', `smile_id_core.IdApi("085", "${KEY}", 0)`, SET],
    ['IdApi of PHP', 'a.php', `new IdApi('085', 'https://example.com', '${KEY}', '0')`, SET],
    ['Utilities', 'smile.js', `new Utilities("085", "${KEY}", "0")`, SET],
    ['Signature', 'smile.js', `new Signature('085', '${KEY}')`, ANYWHERE],
    [
      'Ruby, with its modules',
      'a.rb',
      `SmileIdentityCore::BusinessVerification.new('085', '${KEY}', '0')`,
      SET,
    ],
    [
      'PHP, with its namespaces',
      'a.php',
      `new \\SmileIdentity\\SmileIdentityCore('085', 'https://example.com', '${KEY}', '0')`,
      SET,
    ],
    [
      'arguments with names, in any order',
      'a.py',
      `WebApi(\n    sid_server=0,\n    api_key='${KEY}',\n    call_back_url="",\n    partner_id='085',\n)`,
      SET,
    ],
    [
      'variables, and a server that is written in the call',
      'a.js',
      `const partner_id = '085';\nconst api_key = '${KEY}';\nconst api = new IDApi(partner_id, api_key, 0);`,
      SET,
    ],
    [
      'two calls are two sets',
      'a.js',
      `const a = new IDApi('085', '${KEY}', 0); const b = new IDApi('085', '${LIVE_KEY}', 1);`,
      SET,
      LIVE,
    ],
    ['the server is never a key', 'a.js', `new IDApi(partnerId, apiKey, '1')`],
    [
      'a callback is never a key',
      'a.js',
      `new WebApi('085', 'https://example.com/a1', key, 0)`,
      {
        ...NO_KEY,
        environment: 'sandbox',
      },
    ],
    ['another number of arguments', 'a.js', `new IDApi('085', '${KEY}')`],
    ['a class of the same name outside an SDK', 'a.js', `new Signature('085', '${KEY}')`],
  );
});

describe('What does not count is', () => {
  check(
    [
      'a comment in a .env file',
      '.env',
      `# before March\n# SMILE_API_KEY=${LIVE_KEY}\nSMILE_PARTNER_ID=085\nSMILE_API_KEY=${KEY}\nSMILE_ENV=sandbox`,
      SET,
    ],
    [
      'a comment in code',
      'a.js',
      `// const api_key = '${LIVE_KEY}';\n/* new IDApi('085', '${LIVE_KEY}', 1) */ const partner_id = '085';`,
      NO_KEY,
    ],
    [
      'a docstring',
      'a.py',
      `def f():\n    """\n    api_key = "${LIVE_KEY}"\n    """\n    partner_id = "085"`,
      NO_KEY,
    ],
    ['an HTML comment', 'Web.config', `<!-- <add key="SmileApiKey" value="${KEY}" /> -->`],
    [
      "another service's key",
      '.env',
      `MAPS_API_KEY=${LIVE_KEY}\nSMILE_ID_PARTNER_ID=085\nSMILE_ID_API_KEY=\n`,
      NO_KEY,
    ],
    [
      'a key without a name of its own, next to one that has it',
      '.env',
      `API_KEY=${LIVE_KEY}\nSMILE_ID_PARTNER_ID=085\nSMILE_ID_API_KEY=\${FROM_VAULT}\n`,
      NO_KEY,
    ],
    [
      'a key without a name of its own, among those of others',
      '.env',
      `PARTNER_ID=085\nAPI_KEY=${LIVE_KEY}\nMAPS_KEY=x\n`,
      NO_KEY,
    ],
    ['a key without a name of its own, alone', '.env', `API_KEY=${KEY}\nPORT=3000\n`],
    [
      'a key in another paragraph',
      '.env',
      `PARTNER_ID=085\nSID_SERVER=0\n\nAPI_KEY=${KEY}\n`,
      { ...NO_KEY, environment: 'sandbox' },
    ],
    [
      'a key in another object',
      'a.js',
      `const all = { maps: { apiKey: '${KEY}' }, smile: { partnerId: '085' } };`,
      NO_KEY,
    ],
    [
      "another service's key inside Smile ID's file",
      'smile.json',
      `{ "partnerId": "085", "maps": { "apiKey": "${KEY}" } }`,
      NO_KEY,
    ],
    ['a key that says whose it is', '.env', `SMILE_API_KEY=sk_live_51HxA2bC3dE4fG5hI6jK`],
    ['a token', '.env', `SMILE_API_KEY=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl1234`],
    ['types', 'a.ts', 'constructor(partnerId: string, apiKey: string)'],
    ['what is read from elsewhere', 'a.ts', 'const apiKey = process.env.SMILE_API_KEY;'],
    ['a value that is put together', 'a.js', `const smileApiKey = '${KEY}' + suffix;`],
    ['a value on the next line that goes on', 'a.js', `const smileApiKey = '${KEY}'\n  .trim();`],
    ['a value among several', 'a.py', `smile_api_key = "${KEY}" if live else "${LIVE_KEY}"`],
    [
      'an address among several',
      'a.js',
      `const smileUrl = live ? 'https://api.smileidentity.com' : 'https://testapi.smileidentity.com';\nconst smileApiKey = '${KEY}';`,
      { ...ANYWHERE, partnerId: null },
    ],
    [
      'constants for the numbers of servers',
      'Constants.java',
      `class Constants {\n  static final String PARTNER_ID = "085";\n  static final int TEST_SERVER_ID = 0;\n  static final int PRODUCTION_SERVER_ID = 1;\n}`,
      NO_KEY,
    ],
    ['a comparison', 'a.js', `if (smileApiKey === '${KEY}') fail();`],
    ['a template', '.env', `SMILE_API_KEY=a1b2c3d4e5f6a7b8{{suffix}}`],
    [
      'a text with an escape',
      'a.js',
      String.raw`const smileApiKey = '3b9c1f7e-52d4-4a80-9e16-7d0c4b8a2f35\n';`,
    ],
    ['partner IDs that are none', '.env', `SMILE_PARTNER_ID=acme\nSMILE_ID_PARTNER_ID=000`],
    [
      'one of two partner IDs',
      'a.js',
      `const o = { partner_id: '1', smile: { partner_id: '2', api_key: '${KEY}' } };`,
      {
        ...ANYWHERE,
        partnerId: '2',
      },
    ],
    [
      "the secret key of a framework, beside Smile ID's partner ID",
      'settings.py',
      `SECRET_KEY = "${LIVE_KEY}"\nSMILE_PARTNER_ID = "085"`,
      NO_KEY,
    ],
    [
      'the secret key of a framework, in a file of Smile ID',
      'smile-server.env',
      `SECRET_KEY=${LIVE_KEY}\nSMILE_API_KEY=${KEY}\n`,
      { ...ANYWHERE, partnerId: null },
    ],
    [
      'a constant that is put together',
      'a.php',
      `define('PARTNER_ID', '085');\ndefine('API_KEY', '${KEY}' . SUFFIX); // sid_request`,
      NO_KEY,
    ],
    [
      'what stands in for a variable that is not set',
      'smile.php',
      `return ['partner_id' => env('SMILE_PARTNER_ID', '085'), 'api_key' => env('SMILE_API_KEY') ?: '${KEY}'];`,
    ],
    ['an element of a joined list', 'a.rb', `smile_api_key = ['${KEY}', suffix].join`],
    [
      "another service's constant",
      'a.php',
      `define('MAPS_API_KEY', '${LIVE_KEY}');\ndefine('SMILE_PARTNER_ID', '085');`,
      NO_KEY,
    ],
    [
      'a value of a test that has no form of a key',
      'smile_test.go',
      'cfg := smile.Config{APIKey: "test", PartnerID: "pid", Env: "sandbox"}',
    ],
    ['nothing of the kind', '', 'hello'],
  );

  for (const placeholder of [
    '<your-api-key>',
    'your_api_key_here',
    'your-sandbox-api-key-1234',
    'YOUR_SMILE_ID_API_KEY_2024',
    'put-your-api-key-here',
    'insert-key-1234567',
    'xxxxxxxx-xxxx-4xxx-9xxx-xxxxxxxx1234',
    'changeme',
    'change_me_1234567890',
    'replace-me-1234567890',
    'test-api-key-123456',
    'sandbox_key_123456789',
    '00000000-0000-0000-0000-000000000000',
    '12345678-1234-1234-1234-123456789abc',
    'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    'abcdef1234567890abcdef',
    'aaaaaaaa-1111-aaaa-1111-aaaaaaaaaaaa',
    '${OTHER}',
    '$SMILE_KEY_2',
    '{{ smile_api_key }}',
    '%SMILE_KEY%',
    '[SMILE_API_KEY]',
    '***************1',
    '...',
    'null',
    'key',
    '',
  ]) {
    it(`the placeholder "${placeholder}"`, () => {
      assert.deepEqual(
        resultOf(findCredentialsSteps(`SMILE_API_KEY=${placeholder}\n`, '.env')),
        [],
      );
      assert.deepEqual(
        resultOf(findCredentialsSteps(`const smileApiKey = "${placeholder}";\n`, 'a.js')),
        [],
      );
    });
  }

  it('never a key of the form that keys have', () => {
    const hex = fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'.split('')),
      minLength: 32,
      maxLength: 32,
    });
    fc.assert(
      fc.property(fc.oneof(fc.uuid({ version: 4 }), hex), (key) => {
        fc.pre(
          /[a-f]/.test(key) &&
            new Set(key).size > 8 &&
            !/1234567|765432|abcde/.test(key.replaceAll('-', '')),
        );
        const found = resultOf(findCredentialsSteps(`SMILE_API_KEY=${key}\n`, '.env'));
        assert.deepEqual(
          found.map(({ apiKey }) => apiKey),
          [key],
        );
      }),
    );
  });
});

describe('The environment is read from', () => {
  const env = (lines: string): string =>
    `SMILE_ID_PARTNER_ID=085\nSMILE_ID_API_KEY=${KEY}\n${lines}\n`;
  for (const [line, environment] of [
    ['SMILE_ID_SANDBOX=true', 'sandbox'],
    ['SMILE_ID_SANDBOX=false', 'production'],
    ['SMILE_IS_PRODUCTION=1', 'production'],
    ['SMILE_ID_TEST_MODE=yes', 'sandbox'],
    ['SMILE_ID_ENV=sandbox', 'sandbox'],
    ['SMILE_ENVIRONMENT=live', 'production'],
    ['SMILE_ID_MODE="production"', 'production'],
    ['SMILE_SID_SERVER=1', 'production'],
    ['SID_SERVER=https://testapi.smileidentity.com/v1', 'sandbox'],
    ['SMILE_ID_BASE_URL=https://api.smileidentity.com', 'production'],
    ['SMILE_UPLOAD=https://testapi.smileidentity.com/v1/upload', 'sandbox'],
    ['SMILE_URL=https://3eydmgh10d.execute-api.us-west-2.amazonaws.com/test', 'sandbox'],
    ['SMILE_ENV=development', null],
    ['SID_SERVER=https://evil.example', null],
    ['SMILE_CALLBACK_URL=http://localhost:3000/callback', null],
    ['NODE_ENV=production', null],
    ['SANDBOX=true', null],
    ['SMILE_ID_SANDBOX=maybe', null],
    ['SMILE_ENV=sandbox\nSID_SERVER=1', null],
    ['# SMILE_ENV=sandbox', null],
    ['', null],
  ] as const) {
    it(`${JSON.stringify(line)}: ${environment ?? 'not known'}`, () => {
      const found = resultOf(findCredentialsSteps(env(line), '.env.production'));
      assert.deepEqual(
        found.map((set) => [set.partnerId, set.apiKey, set.environment]),
        [['085', KEY, environment]],
      );
    });
  }
});

describe('Two environments in one file are two sets:', () => {
  check(
    [
      'by the names',
      '.env',
      `SMILE_PARTNER_ID=085\nSMILE_SANDBOX_API_KEY=${KEY}\nSMILE_PROD_API_KEY=${LIVE_KEY}\nSID_SERVER=0\n`,
      SET,
      LIVE,
    ],
    [
      'each with its partner ID',
      '.env',
      `SMILE_PARTNER_ID_TEST=085\nSMILE_API_KEY_TEST=${KEY}\n\nSMILE_PARTNER_ID_LIVE=2045\nSMILE_API_KEY_LIVE=${LIVE_KEY}\n`,
      SET,
      { ...LIVE, partnerId: '2045' },
    ],
    [
      'by the object that contains them',
      'config.js',
      `module.exports = {\n  sandbox: { partnerId: '085', apiKey: '${KEY}' },\n  production: { partnerId: '2045', apiKey: '${LIVE_KEY}' },\n};`,
      SET,
      { ...LIVE, partnerId: '2045' },
    ],
    [
      'in YAML',
      'smile.yml',
      `sandbox:\n  api_key: ${KEY}\nproduction:\n  api_key: ${LIVE_KEY}\npartner_id: 085\n`,
      SET,
      LIVE,
    ],
    [
      'but not if one of them is not known',
      '.env',
      `SMILE_SANDBOX_PARTNER_ID=085\nSMILE_SANDBOX_API_KEY=${KEY}\nSMILE_PROD_PARTNER_ID=2045\nSMILE_PROD_API_KEY=your-key\n`,
      SET,
    ],
    [
      'and two keys of one environment',
      '.env',
      `SMILE_DEV_API_KEY=${KEY}\nSMILE_STAGING_API_KEY=${LIVE_KEY}\nSMILE_PARTNER_ID=085\nSMILE_ENV=sandbox\n`,
      SET,
      { ...SET, apiKey: LIVE_KEY },
    ],
    [
      'while the same set, found again, is one',
      'a.js',
      `new IDApi('085', '${KEY}', 0);\nnew Utilities('085', '${KEY}', 0); // of smile-identity-core`,
      SET,
    ],
  );
});

describe('Settings files', () => {
  it('are offered in the order in which developers fill them in, and examples last', () => {
    const order = [
      '.env',
      'api/.env',
      '.env.local',
      '.env.development',
      '.env.development.local',
      '.env.staging',
      'sandbox.env',
      '.env.production',
      '.env.production.local',
      '.env.dist',
      '.env.example',
      'sample.env',
      'api/.env.template',
    ];
    const shuffled = fc.shuffledSubarray(order, { minLength: order.length });
    fc.assert(
      fc.property(shuffled, (files) => {
        assert.deepEqual([...files].sort(compareSettingsFiles), order);
      }),
    );
    assert.deepEqual(order.filter(isExample), order.slice(-4));
  });
});

describe('Reading credentials takes time in proportion to the text', () => {
  for (const path of ['.env', 'a.js', 'a.py', 'a.yml', 'a.ini', 'README.md']) {
    for (const piece of [
      'a.',
      '-a',
      'a=',
      'a:',
      'a:|',
      '"',
      '\\"',
      "'",
      '`',
      '"""',
      '/*',
      '//',
      '<!--',
      '(',
      '[',
      '{',
      '- ',
      '[a]\n',
      '\n',
      ' ',
      '? ',
      '"a" ',
      ' #',
      '\n  ;',
      'WebApi(',
      `new IDApi('085','${KEY}',0);`,
      'partner_id=1\n',
      `smile_api_key='${KEY}'\n`,
      `api_key=${KEY}\npartner_id=1\n`,
      '\u2028',
      '1',
      'a?b ',
      'a=$',
      '<<A\n',
      '<<A\nA\n',
      '<<A',
      '://#',
    ]) {
      it(`of ${JSON.stringify(piece)} in ${path}`, () => {
        assertLinear({
          size: 40_000,
          // The end prevents a match of what began before.
          input: (size) => `a=${piece.repeat(Math.ceil(size / piece.length))}{x`,
          run: (text) => resultOf(findCredentialsSteps(text, path)),
          what: piece,
        });
      });
    }
  }
});

describe('A key is taken', () => {
  const taken = (text: string, path: string): void => {
    const keys = resultOf(findCredentialsSteps(text, path)).flatMap(({ apiKey }) => apiKey ?? []);
    assert.deepEqual(keys, [KEY], `${path}: ${text}`);
  };

  it('after a heredoc, on the line where it begins, and if its end is missing', () => {
    for (const path of ['a.sh', 'Dockerfile', '']) {
      taken(`cat <<EOF\nSMILE_API_KEY=x\nEOF\nSMILE_API_KEY=${KEY}\n`, path);
      taken(`SMILE_API_KEY=${KEY} cat <<EOF\n text\nEOF\n`, path);
      taken(`cat <<EOF; SMILE_API_KEY=${KEY}\n text\nEOF\n`, path);
      taken(`echo $((1 <<EOF))\nSMILE_API_KEY=${KEY}\n`, path);
    }
  });

  it('after a shift or an append, which looks like the start of a heredoc', () => {
    taken(`keys << key\nSMILE_API_KEY = "${KEY}"\nkey\n`, 'a.rb');
    taken(`const a = 1 <<N;\nconst smileApiKey = "${KEY}";\nN\n`, 'a.js');
  });

  it('after a URL', () => {
    for (const path of ['.env', 'a.sh'])
      taken(`A=https://x.example/#b\nSMILE_API_KEY=${KEY}\n`, path);
    taken(`A=https://x.example/?b=\${C} SMILE_API_KEY=${KEY}\n`, 'a.sh');
    taken(`a: https://x.example/#b\nsmile_api_key: ${KEY}\n`, 'a.yml');
  });
});

describe('A key is not taken', () => {
  const none = (text: string, path: string): void => {
    const keys = resultOf(findCredentialsSteps(text, path)).flatMap(({ apiKey }) => apiKey ?? []);
    assert.deepEqual(keys, [], `${path}: ${text}`);
  };

  it('from the settings of another service that has a partner ID, too', () => {
    none(
      `export default { smile: { partnerId: '001', apiKey: env.K }, uber: { partnerId: '77', apiKey: '${KEY}' } };`,
      'a.js',
    );
    none(
      `SMILE = {"partner_id": "001", "api_key": os.environ["K"]}\nMTN = {"partner_id": "77", "api_key": "${KEY}"}`,
      'a.py',
    );
    none(`smile:\n  partner_id: "001"\nmtn:\n  partner_id: "77"\n  api_key: ${KEY}`, 'a.yaml');
    none(`[smile]\npartner_id = "001"\n[mtn]\npartner_id = "77"\napi_key = "${KEY}"`, 'a.toml');
    none(`{"smileUrl":"https://x","mtn":{"partner_id":"77","api_key":"${KEY}"}}`, 'a.json');
    none(`{"mtn":{"partner_id":"77","api_key":"${KEY}"}}`, 'a.json');
  });

  it('from a heredoc of a shell, Ruby, PHP, Terraform or Docker', () => {
    const env = `SMILE_PARTNER_ID="085"\nSMILE_API_KEY="${KEY}"\n`;
    for (const path of ['a.sh', '.envrc', 'a.yml', 'Dockerfile', 'a.tf', 'README.md', '']) {
      for (const text of [env, env.replaceAll('"', '')]) {
        none(`cat > .env <<EOF\n${text}EOF\n`, path);
        none(`cat <<'EOF' > .env\n${text}EOF`, path);
        none(`cat <<-"END"\r\n\t${text.replaceAll('\n', '\r\n\t')}END\r\n`, path);
        none(`cat << \\EOF && cat <<OTHER\nEOF\n${text}OTHER\n`, path);
      }
    }
    none(`text = <<~EOS\n  ${env}  EOS\n`, 'a.rb');
    none(`$text = f(<<<"EOT"\n${env}EOT);\n`, 'a.php');
  });

  it('from the URL of a page', () => {
    for (const path of ['.env', 'a.sh', 'a.yml', 'a.properties', 'Dockerfile', 'README.md', '']) {
      for (const begin of ['SMILE_URL=', 'smile_url: ', 'Smile: see ', 'curl ']) {
        for (const address of [
          'https://x.example/',
          'www.x.example/a?b=\${C}',
          'https://$HOST/?a=',
        ]) {
          none(`PARTNER_ID=085\n${begin}${address}#api_key=${KEY}\n`, path);
          none(`PARTNER_ID=085\n${begin}${address}#a&smile_api_key=${KEY}&b=c\n`, path);
        }
        none(`PARTNER_ID=085\n${begin}https://x.example/?a=\${B}&smile_api_key=${KEY}\n`, path);
      }
    }
  });

  it('from a comment, wherever it begins', () => {
    for (const path of ['a.py', 'a.rb', 'a.php', 'a.sh'])
      none(`foo();#SMILE_API_KEY="${KEY}"`, path);
    for (const path of ['a.js', 'a.ts', 'a.php']) {
      none(`const a = b//SMILE_API_KEY = '${KEY}'`, path);
      none(`case 1://SMILE_API_KEY = '${KEY}'`, path);
      none(`/* x *///SMILE_API_KEY = '${KEY}'`, path);
    }
    none(`!smile.api_key=${KEY}`, 'smile.properties');
    none(`-- smile_api_key = '${KEY}'`, 'seed.sql');
    none(`;; SMILE_API_KEY="${KEY}"`, 'a.clj');
    none(`REM SMILE_API_KEY=${KEY}`, 'a.bat');
  });
});
