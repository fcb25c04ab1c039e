import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { englishTexts } from './englishTexts';
import { ROOT } from './root';

/** `npm run l10n`: writes l10n/bundle.l10n.json again, which a translation into another language starts from. */
async function main(): Promise<void> {
  const texts = await englishTexts();
  mkdirSync(join(ROOT, 'l10n'), { recursive: true });
  writeFileSync(join(ROOT, 'l10n/bundle.l10n.json'), `${JSON.stringify(texts, null, 2)}\n`);
  console.log(`${Object.keys(texts).length} texts`);
}

void main();
