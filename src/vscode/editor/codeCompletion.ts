import * as vscode from 'vscode';
import { allCodes, explain } from '../../core/catalogue/catalogue';
import { outcomeLabel } from '../../core/catalogue/outcomeLabel';
import { codePlaceAt } from '../../core/codes/codePlace';
import type { CodeMeaning, ProductKey } from '../../core/catalogue/types';
import { shortMeaning } from '../../core/catalogue/shortMeaning';
import { languageOf } from '../../core/text/languages';
import { codeText } from './codeText';
import { textAround } from './linesNear';
import { productsAt } from './productOfCode';
import { isForCode } from './relevance';

/** In characters to each side: what is read. */
const NEARBY = 20_000;
/** In characters: leaves room for the outcome in the list. */
const LONGEST = 34;

class CodeItem extends vscode.CompletionItem {
  constructor(
    readonly code: string,
    readonly product: ProductKey | null,
  ) {
    const meaning = shortMeaning(code, product) ?? '';
    const detail = meaning.length > LONGEST ? `${meaning.slice(0, LONGEST - 1)}…` : meaning;
    super(
      { label: code, detail: `  ${detail}`, description: outcomesOf(code, product) },
      vscode.CompletionItemKind.EnumMember,
    );
    // Typing words finds the code by its text.
    this.filterText = `${code} ${meaning}`;
    // Those of the product that is handled here come first.
    const isOfProduct = product === null || explain(code, product).length > 0;
    this.sortText = `${isOfProduct ? 0 : 1}${code}`;
    if (meaningsFor(code, product).every(({ lifecycle }) => lifecycle === 'deprecated')) {
      this.tags = [vscode.CompletionItemTag.Deprecated];
    }
  }
}

/** Result codes where one is expected: compared with a result code, in a `case`, in a list of codes. */
export class CodeCompletion implements vscode.CompletionItemProvider<CodeItem> {
  constructor(private readonly enabled: () => boolean) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): CodeItem[] {
    if (!this.enabled()) return [];
    const { languageId } = document;
    const { text, position: offset } = textAround(document, position, NEARBY);
    const place = codePlaceAt(text, offset, languageId);
    if (!place || !isForCode(document, position)) return [];
    const range = new vscode.Range(
      position.translate(0, place.start - offset),
      position.translate(0, place.end - offset),
    );
    const quote = place.quoted ? '' : quoteOf(languageId);
    const productOf = productsAt(document, position);
    return codes().map((code) => {
      const item = new CodeItem(code, productOf(code));
      item.range = range;
      item.insertText = `${quote}${code}${quote}`;
      return item;
    });
  }

  resolveCompletionItem(item: CodeItem): CodeItem {
    const [first, ...others] = codeText(item.code, item.product);
    if (!first) return item;
    for (const { value } of others) first.appendMarkdown(`\n\n---\n\n${value}`);
    item.documentation = first;
    return item;
  }
}

/** Those of jobs: the ResultCode of a response is never an error of the call. */
function codes(): readonly string[] {
  const ofResults = allCodes().filter(({ kind }) => kind === 'result');
  return [...new Set(ofResults.map(({ code }) => code))].sort();
}

function outcomesOf(code: string, product: ProductKey | null): string {
  const outcomes = new Set(meaningsFor(code, product).map(({ outcome }) => outcome));
  return [...outcomes].map((outcome) => (outcome === null ? '' : outcomeLabel(outcome))).join(', ');
}

function meaningsFor(code: string, product: ProductKey | null): readonly CodeMeaning[] {
  const ofProduct = product === null ? [] : explain(code, product);
  return ofProduct.length > 0 ? ofProduct : explain(code);
}

const quoteOf = (languageId: string): string => languageOf(languageId)?.quote ?? '"';
