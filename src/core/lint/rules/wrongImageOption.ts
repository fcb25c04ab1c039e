import * as l10n from '../../l10n';
import type { Fix } from '../finding';
import { anyOf, inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';

const SCRIPT = {
  import: /(?:require\(\s*|from\s+|import\s+)["']smile-identity-core["']/,
  option: 'return_images',
};
/** How an SDK is imported, and which of the two options it reads. */
const SDKS: Readonly<Record<string, typeof SCRIPT>> = {
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  python: { import: /^[ \t]*(?:import|from) smile_id_core\b/m, option: 'return_images' },
  ruby: {
    import: anyOf('', /require\s*\(?\s*["']smile-identity-core["']/, /\bSmileIdentityCore::/),
    option: 'return_image_links',
  },
  php: { import: /\bSmileIdentityCore\b|\bSmileIdentity\\/, option: 'return_image_links' },
};
/** False changes nothing, whatever the option is called. */
const IS_FALSE = /^\s*false\s*(?:[,;)}\]\n#/]|$)/i;
const IMAGE_OPTION = inOrder(
  'g',
  /\b(return_image(?:s|_links))\b["']?\]?\s*/,
  /(?:=>|=(?![=>])|:(?!:))(?!\s*bool)/,
);

/** `return_images` and `return_image_links`: each SDK reads one of the two, and ignores the other. */
function* check(source: Source): Generator<Problem<string>> {
  const sdk = SDKS[source.languageId];
  if (sdk === undefined || !source.says(sdk.import)) return;
  const right = sdk.option;
  for (const { 0: whole, 1: name = '', index: start } of source.matches(IMAGE_OPTION)) {
    const end = start + name.length;
    const group = source.groupAt(start);
    const around = group ? source.slice(group) : source.near(start, 3);
    // In quotes it is a key; in a longer text it is prose.
    const isProse =
      source.isInString(start) && !/^["']\w+["']/.test(source.code.slice(start - 1, end + 1));
    const isFalse = IS_FALSE.test(
      source.code.slice(start + whole.length, start + whole.length + 40),
    );
    if (name === right || isFalse || isProse || new RegExp(`\\b${right}\\b`).test(around)) continue;
    const message = l10n.t('This SDK ignores {0} without a warning; use {1}.', name, right);
    yield { start, end, message, detail: right };
  }
}

const fix = (_source: Source, range: Stretch, right: string): Fix[] => [
  { title: l10n.t('Rename to {0}', right), edits: [{ ...range, text: right }] },
];

export const rule = defineRule({
  id: 'wrong-image-option',
  title: 'Image option of another SDK',
  languages: Object.keys(SDKS),
  check,
  fix,
});

export const documentation: RuleDocumentation = {
  summary: 'an image option that this SDK ignores',
  setting: 'The image option of another SDK is used; it is ignored by the imported SDK.',
  text: `
The SDKs for JavaScript and Python read \`return_images\`, those for Ruby and PHP
\`return_image_links\`. Each passes over the other name without a warning, and the response comes
without images. The fix renames the option.
`,
  wrong: `
import { WebApi } from 'smile-identity-core';
const options = { return_image_links: true, return_job_status: true };
`,
  right: `
import { WebApi } from 'smile-identity-core';
const options = { return_images: true, return_job_status: true };
`,
};
