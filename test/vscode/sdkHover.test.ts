import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSmile } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';

/** A call of each official SDK; the marked name, and what its hover says in the end. */
const CALLS: readonly {
  readonly language: string;
  readonly text: string;
  readonly says: readonly RegExp[];
}[] = [
  {
    language: 'javascript',
    text: "const { Utilities } = require('smile-identity-core');\nnew Utilities(id, key, 0).«get_job_status»(userId, jobId, {});",
    says: [/^\*\*get_job_status\*\* · call/, /Utilities\.get_job_status\(userId/, /\$\(warning\)/],
  },
  {
    language: 'javascript',
    text: "const { Utilities } = require('smile-identity-core');\nconst options = { «return_images»: true };",
    says: [/^\*\*return_images\*\* · option/],
  },
  {
    language: 'python',
    text: 'from smile_id_core import Utilities\noptions = {"«return_images»": True}',
    says: [/^\*\*return_images\*\* · option/],
  },
  {
    language: 'ruby',
    text: "require 'smile-identity-core'\nutilities.«get_job_status»(user_id, job_id, { return_image_links: true })",
    says: [/^\*\*get_job_status\*\* · call/, /Unable to confirm validity/],
  },
  {
    language: 'php',
    text: "<?php\nuse SmileIdentity\\SmileIdentityCore;\n$options = ['«return_image_links»' => true];",
    says: [/^\*\*return_image_links\*\* · option/],
  },
  {
    language: 'java',
    text: 'import smile.identity.core.Utilities;\nclass A { void a() { utilities.«getJobStatus»(userId, jobId, options); } }',
    says: [/^\*\*getJobStatus\*\* · call/, /Utilities\.getJobStatus\(userId/],
  },
  {
    language: 'typescript',
    text: "import { JOB_TYPE } from 'smile-identity-core';\nconst type = «JOB_TYPE».BIOMETRIC_KYC;",
    says: [/^\*\*JOB_TYPE\*\*/],
  },
];

const plain = (markdown: string): string =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^a-z\d\s])/gi, '$1');

async function hoverOn(language: string, marked: string): Promise<unknown[]> {
  const content = marked.replace(/[«»]/g, '');
  const document = await openText(language, content);
  const start = document.positionAt(marked.indexOf('«'));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    start.translate(0, 2),
  );
  return hovers.flatMap(({ contents, range }) =>
    contents.flatMap((text) =>
      text instanceof vscode.MarkdownString && plain(text.value).includes('Source: official')
        ? [
            {
              text: plain(text.value),
              trusted: text.isTrusted ?? false,
              marked: range && document.getText(range),
            },
          ]
        : [],
    ),
  );
}

describe('Hovering over a name of an official SDK', () => {
  before(async () => {
    await activateSmile();
  });
  afterEach(closeTexts);

  for (const { language, text, says } of CALLS) {
    const name = /«(.*)»/.exec(text)?.[1] ?? '';
    it(`says what ${name} does in ${language}, its trap, and the source`, async () => {
      const [shown, ...others] = await hoverOn(language, text);
      assert.deepEqual(others, []);
      assert.ok(typeof shown === 'object' && shown !== null && 'text' in shown);
      const { text: said, ...rest } = shown as { text: string };
      assert.deepEqual(rest, { trusted: false, marked: name });
      for (const part of says) assert.match(said, part);
      assert.match(said, /Source: official (SDK code|docs) · \S/);
    });
  }

  it('says nothing of the same names elsewhere', async () => {
    for (const [language, text] of [
      ['javascript', "import jobs from 'queue';\njobs.«get_job_status»(id);"],
      ['javascript', 'const «signature» = jwt.sign(payload, key);'],
      ['javascript', "import 'smile-identity-core';\n// «get_job_status» is called below"],
      ['python', 'import requests\nrequests.get(url, params={"«return_images»": True})'],
      ['json', '{ "smile": true, "«return_images»": true }'],
    ] as const) {
      assert.deepEqual(await hoverOn(language, text), [], text);
    }
  });
});
