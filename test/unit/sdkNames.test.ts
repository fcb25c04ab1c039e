import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as official from 'smile-identity-core';
import { getWebToken } from '../../node_modules/smile-identity-core/dist/src/web-token.js';
import { mayBeSdkName } from '../../src/core/sdk/mayBeSdkName';
import { describeSdkName } from '../../src/core/sdk/describeSdkName';
import { sdkFileOf, type SdkFile } from '../../src/core/sdk/sdkFile';
import { sdkNameAt } from '../../src/core/sdk/sdkNameAt';
import { SDK_NAMES, type SdkName } from '../../src/core/sdk/sdkNames';
import { SDK_LANGUAGES } from '../../src/core/sdk/sdkLanguage';
import { assertLinear } from '../support/growth';

interface Snippet {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  /** Lines and columns of the marked names. */
  readonly marked: ReadonlySet<string>;
}

const corpus: readonly Snippet[] = readFileSync(join(import.meta.dirname, 'corpus/sdk.txt'), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((block) => {
    const [name = '', ...lines] = block.split('\n');
    const marked = new Set<string>();
    const text = lines.map((line, number) => {
      const parts = line.split(/«(\w+)»/);
      let plain = '';
      parts.forEach((part, index) => {
        if (index % 2 === 1) marked.add(`${number}:${plain.length} ${part}`);
        plain += part;
      });
      return plain;
    });
    return { name, languageId: /^\w+/.exec(name)?.[0] ?? '', text: text.join('\n'), marked };
  });

/** All names that a hover finds in a text, as it would: word by word, line by line. */
function namesIn(text: string, languageId: string): Set<string> {
  const file = sdkFileOf(text, languageId);
  let next = 0;
  return new Set(
    text.split('\n').flatMap((line, number) => {
      const start = next;
      next += line.length + 1;
      return [...line.matchAll(/\w+/g)].flatMap(({ index }) => {
        const found = sdkNameAt(line, index, languageId, () => file, start);
        return found === null
          ? []
          : [`${number}:${found.start} ${line.slice(found.start, found.end)}`];
      });
    }),
  );
}

function measure(snippets: readonly Snippet[]): {
  precision: number;
  recall: number;
  wrong: string[];
} {
  const wrong: string[] = [];
  let right = 0;
  let missed = 0;
  let invented = 0;
  for (const { name, languageId, text, marked } of snippets) {
    const found = namesIn(text, languageId);
    for (const one of marked) {
      if (found.has(one)) right += 1;
      else missed += wrong.push(`missed ${one} in ${name}`) && 1;
    }
    for (const one of found) {
      if (!marked.has(one)) invented += wrong.push(`invented ${one} in ${name}`) && 1;
    }
  }
  return { precision: right / (right + invented), recall: right / (right + missed), wrong };
}

/** All spellings of an entry. */
const namesOf = ({ names, variants }: SdkName): string[] => [
  ...names,
  ...Object.values(variants).flatMap((variant) => variant.names ?? []),
];
const isHeldOut = ({ name }: Snippet): boolean => name.includes('(held out)');
const words = (text: string): string[] => text.match(/\w+/g) ?? [];
const fileWith = (sdk: SdkFile['sdk'], namesSmile: boolean): SdkFile => ({
  sdk,
  namesSmile,
  imports: { ours: new Set(), own: new Set(), others: new Set() },
  isSilent: () => false,
});
const inSdk = (language: (typeof SDK_LANGUAGES)[number]) => () => fileWith(language, true);

const SPECIFICATION = 'smileidentity/api-reference: specs/v3/openapi.yaml (v3.952.0, 2026-09-29)';

describe('Names of the SDKs in the corpus', () => {
  for (const [title, snippets] of [
    ['written to build on', corpus.filter((one) => !isHeldOut(one))],
    ['held out', corpus.filter(isHeldOut)],
  ] as const) {
    it(`${title}, are found with a precision of 99 % and a recall of 97 % at least`, () => {
      const { precision, recall, wrong } = measure(snippets);
      console.log(
        `      ${snippets.length} snippets: precision ${(precision * 100).toFixed(2)} %, recall ${(recall * 100).toFixed(2)} %`,
      );
      assert.ok(precision >= 0.99 && recall >= 0.97, wrong.join('\n'));
    });
  }

  it('are in at least 80 snippets of the five languages, with as many traps as names', () => {
    const known = new Set(SDK_NAMES.flatMap(namesOf));
    const names = corpus.reduce((sum, { marked }) => sum + marked.size, 0);
    const all = corpus.flatMap(({ text }) => words(text).filter((word) => known.has(word))).length;
    const languages = new Set(corpus.map(({ languageId }) => languageId));
    assert.ok(corpus.length >= 80 && all - names >= names, `${corpus.length}, ${names}, ${all}`);
    for (const language of SDK_LANGUAGES) assert.ok(languages.has(language), language);
  });

  it('are found at each of their characters, and right after them', () => {
    for (const { languageId, text } of corpus) {
      const file = sdkFileOf(text, languageId);
      for (const line of text.split('\n')) {
        for (let at = 0; at <= line.length; at += 1) {
          const found = sdkNameAt(line, at, languageId, () => file);
          if (found === null) continue;
          const { start, end } = found;
          assert.ok(start <= at && at <= end, line);
          assert.deepEqual(
            sdkNameAt(line, start, languageId, () => file),
            found,
          );
        }
      }
    }
  });
});

describe('sdkNameAt', () => {
  const line = 'utilities.get_job_status(userId, jobId, { return_images: true });';

  it('knows what is a string, a regular expression or a comment in its line', () => {
    const names = (line: string, languageId = 'javascript') =>
      [...line.matchAll(/get_job_status/g)].map(
        ({ index }) => sdkNameAt(line, index, languageId, inSdk('javascript')) !== null,
      );
    assert.deepEqual(names(`if (/["']/.test(id)) utilities.get_job_status(id);`), [true]);
    assert.deepEqual(names('const kind = /utilities.get_job_status()/.exec(text);'), [false]);
    assert.deepEqual(names('`${utilities.get_job_status(`a`)} utilities.get_job_status()`;'), [
      true,
      false,
    ]);
    const python = 'x = f"{utilities.get_job_status(a)} {{u.get_job_status()}}"';
    assert.deepEqual(names(python, 'python'), [true, false]);
    assert.deepEqual(names('a = b / 2 # utilities.get_job_status(a / 1)', 'ruby'), [false]);
  });

  it('reads the file only if the line has a name', () => {
    let reads = 0;
    const file = () => {
      reads += 1;
      return fileWith(null, false);
    };
    sdkNameAt(line, 3, 'javascript', file);
    sdkNameAt('// get_job_status()', 6, 'javascript', file);
    assert.equal(reads, 0);
    sdkNameAt(line, 12, 'javascript', file);
    assert.equal(reads, 1);
  });

  it('finds nothing if no SDK is used, except what is plainly of Smile ID if the file names it', () => {
    const found = (sdk: 'javascript' | null, namesSmile: boolean) =>
      [12, 42].map((at) => {
        const { entry } = sdkNameAt(line, at, 'javascript', () => fileWith(sdk, namesSmile)) ?? {};
        return entry?.names[0] ?? null;
      });
    assert.deepEqual(found(null, false), [null, null]);
    assert.deepEqual(found(null, true), [null, 'return_images']);
    assert.deepEqual(found('javascript', true), ['get_job_status', 'return_images']);
  });

  it('finds nothing in other languages, outside the line, and in generated lines', () => {
    for (const languageId of ['json', 'yaml', 'log', 'plaintext', 'go', 'kotlin', '']) {
      assert.equal(sdkNameAt(line, 12, languageId, inSdk('javascript')), null, languageId);
    }
    for (const at of [-1, 500, Infinity, NaN]) {
      assert.equal(sdkNameAt(line, at, 'javascript', inSdk('javascript')), null);
    }
    const long = line.repeat(1000);
    assert.equal(sdkNameAt(long, 12, 'javascript', inSdk('javascript')), null);
  });

  /** The names that are found, each with the number of its line. */
  const found = (languageId: string, text: string): string[] =>
    [...namesIn(text, languageId)].map((each) => each.replace(/:\d+/, ''));

  it("leaves names to the library that they were imported from, in a file with Smile ID's", () => {
    for (const [languageId, ...lines] of [
      [
        'typescript',
        `import { WebApi } from 'smile-identity-core';`,
        `import * as jose from 'jose';`,
        `const result = await jose.flattenedSign(timestamp);`,
        `save(result.signature, jose.signature, result['signature']);`,
      ],
      [
        'javascript',
        `const { WebApi } = require('smile-identity-core');`,
        `const { Signature } = require('@ethersproject/bytes');`,
        `const made = new Signature(one, other);`,
      ],
      [
        'python',
        'from smile_id_core import WebApi',
        'import jsonrpc as rpc',
        'reply = rpc.sign(partner_id)',
        'keep(reply["signature"], reply.get("signature"))',
      ],
      [
        'java',
        'import smile.identity.core.Utilities;',
        'import java.security.Signature;',
        'Signature made = new Signature(provider);',
      ],
    ] as const) {
      const [own] = found(languageId, lines.join('\n'));
      assert.match(own ?? '', /^0 (?:WebApi|Utilities)$/);
      assert.equal(found(languageId, lines.join('\n')).length, 1, lines[1]);
    }
  });

  it('knows an SDK by the name that a file gives it', () => {
    const text = `import * as kyc from 'smile-identity-core';
const api = new kyc.WebApi(partner, url, key, 0);
const check = new kyc.Signature(partner, key);`;
    assert.deepEqual(found('typescript', text), ['1 WebApi', '2 Signature']);
    assert.deepEqual(found('python', 'import smile_id_core as kyc\nkyc.WebApi(a, b, c, 0)'), [
      '1 WebApi',
    ]);
    const others = text.replaceAll('smile-identity-core', 'other-core');
    assert.deepEqual(found('typescript', `import 'smile-identity-core';\n${others}`), []);
  });

  it('takes the response of a client for HTTP for one of Smile ID', () => {
    const text = `import axios from 'axios';
import { Signature } from 'smile-identity-core';
const response = await axios.post(url, { ...body });
check(response.data.signature);`;
    assert.deepEqual(found('typescript', text), ['1 Signature', '3 signature']);
  });

  it('finds nothing in comments and strings of several lines', () => {
    const use = 'utilities.get_job_status(user, job)';
    for (const [languageId, before, after] of [
      ['typescript', '/*', '*/'],
      ['typescript', 'const text = `', '`;'],
      ['python', 'text = """', '"""'],
      ['ruby', '=begin', '=end'],
      ['php', "$text = <<<'EOT'", 'EOT;'],
      ['java', 'String text = """', '""";'],
    ] as const) {
      const name = languageId === 'java' ? use.replace('get_job_status', 'getJobStatus') : use;
      const sdk = {
        typescript: `import 'smile-identity-core';`,
        python: 'import smile_id_core',
        ruby: `require 'smile-identity-core'`,
        php: 'use SmileIdentity\\SmileIdentityCore;',
        java: 'import smile.identity.core.*;',
      }[languageId];
      const call = languageId === 'php' ? name.replace('utilities.', '$utilities->') : name;
      const text = `${sdk}\n${before}\n${call}\n${after}\n`;
      assert.deepEqual(
        found(languageId, text).filter((each) => each.startsWith('2 ')),
        [],
        text,
      );
      assert.equal(found(languageId, `${sdk}\n${call}\n`).length > 0, true, call);
    }
  });

  it('never fails, whatever the line', () => {
    const pieces = ['return_images', 'signature', 'JOB_TYPE', '.', '->', '::', ':', '=>', '=', ' '];
    const marks = ['"', "'", '`', '${', '#{', '}', '{', '[', ']', '(', ')', '\\', '//', '#', '/*'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces, ...marks, '*/', 'f"', ','), { maxLength: 30 }),
        fc.constantFrom(...SDK_LANGUAGES),
        fc.nat(200),
        (parts, language, at) => {
          const text = parts.join('');
          const found = sdkNameAt(text, at, language, inSdk(language));
          assert.ok(found === null || (found.start <= at && at <= found.end));
        },
      ),
    );
  });

  it('takes linear time up to the longest lines that are read', () => {
    for (const piece of ['x.', '(', '{a,', '"x",', '`${', "f'{", '$a->', ' ', '/* */']) {
      for (const language of SDK_LANGUAGES) {
        assertLinear({
          what: `${piece} ${language}`,
          size: 19_900,
          input: (length) => `${piece.repeat(length / piece.length)}.signature`,
          run: (text) => sdkNameAt(text, text.length - 2, language, inSdk(language)),
        });
      }
    }
  });
});

describe('The SDK that a file uses', () => {
  const uses: readonly (readonly [languageId: string, text: string])[] = [
    ['javascript', `const { WebApi } = require('smile-identity-core');`],
    ['typescriptreact', `import {\n  WebApi,\n} from "smile-identity-core";`],
    ['typescript', `const smile = await import('smile-identity-core/dist/index.js');`],
    ['python', 'import os, smile_id_core'],
    ['python', 'from smile_id_core.Signature import Signature'],
    ['ruby', `require 'smile-identity-core'`],
    ['ruby', '  api = SmileIdentityCore::Utilities.new(a, b, 0)'],
    ['php', 'use SmileIdentity\\SmileIdentityCore;'],
    ['php', '$sid = new \\SmileIdentity\\SmileIdentityCore($a);'],
    ['java', 'import smile.identity.core.Utilities;'],
  ];
  const others: readonly (readonly [languageId: string, text: string])[] = [
    ['javascript', `// import { WebApi } from 'smile-identity-core';`],
    ['javascript', `import smile from './smile-identity-core-mock';`],
    ['json', `"smile-identity-core": "3.2.1"`],
    ['python', '# import smile_id_core'],
    ['python', 'see smile_id_core for more'],
    ['ruby', '# SmileIdentityCore::Utilities'],
    ['php', 'namespace SmileIdentity\\Jobs;'],
    ['php', 'use App\\SmileIdentity\\Client;'],
    ['java', ' * smile.identity.core.Utilities'],
    ['kotlin', 'import smile.identity.core.Utilities'],
  ];

  it('finds an SDK where it is imported or plainly used, and nowhere else', () => {
    for (const [languageId, text] of uses) {
      const language = languageId.startsWith('typescript') ? 'javascript' : languageId;
      assert.equal(sdkFileOf(`first\n${text}\nlast`, languageId).sdk, language, text);
    }
    for (const [languageId, text] of others) {
      assert.equal(sdkFileOf(`first\n${text}\nlast`, languageId).sdk, null, text);
    }
  });

  it('takes linear time', () => {
    const names = [
      'smile-identity-core ',
      'smile_id_core, ',
      '# SmileIdentityCore ',
      'A\\SmileIdentity\\ ',
    ];
    for (const name of [...names, '"smile.identity.core ']) {
      assertLinear({
        what: name,
        size: 100_000,
        input: (times) => name.repeat(times),
        run: (text) => {
          for (const language of SDK_LANGUAGES) sdkFileOf(text, language);
        },
      });
    }
  });
});

describe('What is known about the SDKs', () => {
  const described = SDK_NAMES.flatMap((entry) =>
    SDK_LANGUAGES.filter((language) => entry.variants[language]).map((language) => ({
      language,
      ...describeSdkName(entry, language),
    })),
  );

  it('has a source and a certainty each, and is short and plain', () => {
    for (const { title, what, trap, sources, certainty } of described) {
      assert.ok(title.length > 0 && sources.length > 0, title);
      assert.ok(['documented', 'seen in SDK code'].includes(certainty), title);
      for (const source of sources) {
        assert.match(
          source,
          /^smileidentity\/smile-identity-core-\w+ [0-9a-f]{7} \(\d|^docs\.|: specs\/v3\/openapi\.yaml/,
        );
      }
      assert.ok(what.length <= 160 && (trap?.length ?? 0) <= 220, title);
      assert.doesNotMatch(what + (trap ?? ''), /!/, title);
      assert.match(what, /^[A-Z0-9].*\.$/, title);
      assert.match(trap ?? 'None.', /\.$/, title);
    }
  });

  it('has each name once for each language', () => {
    const names = SDK_NAMES.flatMap((entry) =>
      SDK_LANGUAGES.flatMap((language) =>
        (entry.variants[language]?.names ?? (entry.variants[language] && entry.names) ?? []).map(
          (name) => `${language} ${name}`,
        ),
      ),
    );
    assert.equal(new Set(names).size, names.length);
  });

  it('matches the official SDK for JavaScript', () => {
    const constants = { JOB_TYPE: official.JOB_TYPE, IMAGE_TYPE: official.IMAGE_TYPE };
    const expected = Object.entries(constants).flatMap(([name, members]) =>
      Object.entries(members).map(([member, value]) => `${name}.${member} = ${value}`),
    );
    const ofJs = described.filter(({ language }) => language === 'javascript');
    const found = ofJs
      .filter(({ kind, calls }) => kind === 'constant' && calls.length > 0)
      .flatMap(({ calls }) => calls);
    assert.deepEqual([...found].sort(), expected.sort());

    const { WebApi, IDApi, Utilities, Signature } = official;
    const classes = [WebApi, IDApi, Utilities, Signature];
    for (const { calls, kind } of ofJs) {
      if (kind !== 'call' && kind !== 'class') continue;
      assert.ok(calls.length > 0);
      for (const call of calls) {
        const [, name, method = 'constructor', parameters = ''] =
          /^(?:new )?(\w+)(?:\.(\w+))?\((.*)\)$/.exec(call) ?? [];
        const theirs = classes.find((one) => one.name === name);
        assert.equal(typeof Reflect.get(theirs?.prototype ?? {}, method), 'function', call);
        // a token's parameters are one object, whose keys are read elsewhere
        const source = String(method === 'get_web_token' ? getWebToken : theirs);
        for (const word of words(parameters)) assert.ok(source.includes(word), `${call}: ${word}`);
      }
    }
  });

  it('says what each SDK does with one name', () => {
    const entry = SDK_NAMES.find(({ names }) => names.includes('return_image_links'));
    assert.ok(entry);
    assert.deepEqual(describeSdkName(entry, 'javascript'), {
      title: 'return_image_links',
      kind: 'option',
      calls: [],
      what: "The documentation's name for links to the images; here it does nothing.",
      trap: 'This SDK reads return_images and silently ignores return_image_links, although its types allow it: no images, no warning.',
      v3: 'API v3 has instead: nothing. The response with the status has no images.',
      sources: ['smileidentity/smile-identity-core-js aef10c7 (3.2.1)', SPECIFICATION],
      certainty: 'seen in SDK code',
    });
    assert.deepEqual(describeSdkName(entry, 'java'), {
      title: 'isReturnImageLinks',
      kind: 'option',
      calls: [],
      what: "Requests links to the job's images; sent as image_links.",
      trap: null,
      v3: 'API v3 has instead: nothing. The response with the status has no images.',
      sources: ['smileidentity/smile-identity-core-java adff4f2 (2.1.8)', SPECIFICATION],
      certainty: 'seen in SDK code',
    });
  });

  it('names what API v3 has in its place only where the specification of v3 says so', () => {
    const said = new Map(
      SDK_NAMES.filter(({ v3 }) => v3 !== undefined).map(({ names: [name = ''], v3 }) => [
        name,
        v3,
      ]),
    );
    assert.deepEqual(
      {
        status: said.get('get_job_status'),
        // job type 10 is AML Check in v1; the specification of v3 gives One-Time AML the number 15
        ...{ aml: said.get('AML'), basic: said.get('BASIC_KYC'), kyc: said.get('ENHANCED_KYC') },
        ...{ business: said.get('BUSINESS_VERIFICATION'), photo: said.get('UPDATE_PHOTO') },
        // nothing official says what takes their place
        ...{ token: said.get('get_web_token'), confidence: said.get('ConfidenceValue') },
        ...{ final: said.get('IsFinalResult'), number: said.get('SmileJobID') },
      },
      {
        status:
          'GET /v3/status with the job ID alone. The response has the status, but no result, images or history.',
        ...{ aml: undefined, basic: undefined },
        kyc: 'POST /v3/enhanced_kyc, /v3/enhanced_kyc/sync.',
        ...{ business: undefined, photo: undefined, token: undefined, confidence: undefined },
        ...{ final: undefined, number: undefined },
      },
    );
  });

  it('is looked up only for words that may be a name', () => {
    for (const name of SDK_NAMES.flatMap(namesOf)) assert.ok(mayBeSdkName(name), name);
    const source = words(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8'));
    const candidates = source.filter(mayBeSdkName).length;
    assert.ok(candidates < source.length / 50, `${candidates} of ${source.length}`);
  });
});
