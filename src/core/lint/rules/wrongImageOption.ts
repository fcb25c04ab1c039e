import * as l10n from '../../l10n';
import { sdkFileOf } from '../../sdk/sdkFile';
import type { SdkLanguage } from '../../sdk/sdkLanguage';
import type { Fix } from '../finding';
import { inOrder } from '../patterns';
import { defineRule, type Problem, type RuleDocumentation } from '../rule';
import type { Stretch } from '../search';
import type { Source } from '../source';

/** The option for links to images that an SDK reads; Java's has none. */
const OPTIONS: Readonly<Record<SdkLanguage, string | null>> = {
  javascript: 'return_images',
  python: 'return_images',
  ruby: 'return_image_links',
  php: 'return_image_links',
  java: null,
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
  const sdk = source.fact('sdk', ({ code, languageId }) => sdkFileOf(code, languageId).sdk);
  const right = sdk === null ? null : OPTIONS[sdk];
  if (right === null) return;
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
