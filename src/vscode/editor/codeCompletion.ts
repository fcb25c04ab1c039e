import * as vscode from 'vscode';
import { allCodes, explain } from '../../core/catalogue/catalogue';
import { codePlaceAt } from '../../core/catalogue/scan/codePlace';
import { fileMentionsSmile } from '../../core/catalogue/scan/mention';
import { shortMeaning } from '../../core/catalogue/shortMeaning';
import { codeText, outcomeWord } from './codeText';
import { CODE_LANGUAGES, DATA_LANGUAGES, inLanguages } from './languages';
import { linesAbove } from './linesAbove';
import { perVersion } from './perVersion';

/** What leaves room for the outcome in the list. */
const LONGEST = 34;

class CodeItem extends vscode.CompletionItem {
  constructor(readonly code: string) {
    const meaning = shortMeaning(code) ?? '';
    const detail = meaning.length > LONGEST ? `${meaning.slice(0, LONGEST - 1)}…` : meaning;
    super(
      { label: code, detail: `  ${detail}`, description: outcomesOf(code) },
      vscode.CompletionItemKind.EnumMember,
    );
    // Who types words finds the code by its text.
    this.filterText = `${code} ${meaning}`;
    this.sortText = code;
  }
}

/** Result codes where one may stand: compared with a result code, in a `case`, in a list of codes. */
export function registerCodeCompletion(enabled: () => boolean): vscode.Disposable {
  const mentionsSmile = perVersion((document) => fileMentionsSmile(document.getText()));
  return vscode.languages.registerCompletionItemProvider(
    inLanguages(...CODE_LANGUAGES, ...DATA_LANGUAGES),
    {
      provideCompletionItems(document, position) {
        if (!enabled()) return [];
        const { languageId } = document;
        const { line, character } = position;
        const place = codePlaceAt(
          document.lineAt(line).text,
          character,
          () => linesAbove(document, line),
          languageId,
        );
        if (!place || !mentionsSmile(document)) return [];
        const range = new vscode.Range(line, place.start, line, place.end);
        const quote = place.quoted ? '' : quoteOf(languageId);
        return codes().map((code) => {
          const item = new CodeItem(code);
          item.range = range;
          item.insertText = `${quote}${code}${quote}`;
          return item;
        });
      },
      resolveCompletionItem(item: CodeItem) {
        const [first, ...others] = codeText(item.code);
        if (!first) return item;
        for (const { value } of others) first.appendMarkdown(`\n\n---\n\n${value}`);
        item.documentation = first;
        return item;
      },
    },
    ...['"', "'"],
  );
}

/** Those of jobs: an answer's ResultCode is never an error of the call. */
function codes(): readonly string[] {
  const ofResults = allCodes().filter(({ kind, api }) => kind === 'result' && api === 'v1');
  return [...new Set(ofResults.map(({ code }) => code))].sort();
}

function outcomesOf(code: string): string {
  const outcomes = new Set(explain(code).map(({ outcome }) => outcome));
  return [...outcomes].map((outcome) => (outcome === null ? '' : outcomeWord(outcome))).join(', ');
}

const quoteOf = (languageId: string): string => (/script|ruby|php/.test(languageId) ? "'" : '"');
