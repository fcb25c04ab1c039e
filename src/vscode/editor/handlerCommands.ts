import * as vscode from 'vscode';
import { allProducts, labelsOf, productLabel } from '../../core/catalogue/catalogue';
import type { ProductKey } from '../../core/catalogue/types';
import { HANDLER_LANGUAGES } from '../../core/handlers/handlerStyles';
import { generateHandler } from '../../core/handlers/generateHandler';
import {
  handlerAt,
  LONGEST_WITH_HANDLERS,
  type ResultHandler,
} from '../../core/handlers/handlerAt';
import { handlerLanguageOf, insertMissing, missingCodes } from '../../core/handlers/missingCodes';
import { productsHandled } from '../../core/handlers/products';
import type { ProductCode } from '../../core/handlers/resultCodes';
import { languageOf } from '../../core/text/languages';
import { HumanError } from '../../core/humanError';
import * as notify from '../notify';
import {
  BACK,
  createPick,
  pickOne,
  promptChoice,
  runSteps,
  shownItems,
  type Choice,
} from '../quickInput';
import { stateIcon } from '../stateIcons';

type ProductItem = Choice & { readonly product: ProductKey };

/**
 * Writes a handler of all documented codes of a product at the cursor, in the file's language. Without a file, or in one of
 * another language, the user chooses a language, and a new file is opened.
 */
export async function generateHandlerHere(): Promise<void> {
  const title = vscode.l10n.t('Generate Result Handler');
  const editor = vscode.window.activeTextEditor;
  const languageHere = editor ? handlerLanguageOf(editor.document.languageId) : null;
  let language = languageHere;
  let product: ProductKey | undefined;
  const done = await runSteps([
    {
      when: () => languageHere === null,
      show: async (step) => {
        const placeholder = vscode.l10n.t('Select the language of a new file');
        const input = await promptChoice({ title, ...step }, placeholder, LANGUAGES);
        if (input !== undefined && input !== BACK) ({ language } = input);
        return input;
      },
    },
    {
      show: async (step) => {
        const placeholder = vscode.l10n.t('Select the product whose results are handled');
        const input = await promptChoice({ title, ...step }, placeholder, productItems());
        if (input !== undefined && input !== BACK) ({ product } = input);
        return input;
      },
    },
  ]);
  if (!done || language === null || product === undefined) return;
  const text = generateHandler(product, language);
  if (editor && languageHere !== null) {
    // As a snippet, so that VS Code indents it like the code around it.
    await editor.insertSnippet(new vscode.SnippetString(text.replace(/[\\$}]/g, '\\$&')));
    return;
  }
  const content = language === 'php' ? `<?php\n\n${text}\n` : `${text}\n`;
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
}

/** Lists the documented codes that the handler under the cursor does not handle, and offers to add them. */
export async function showMissingCodes(): Promise<void> {
  const editor = activeEditor();
  const { document, selection } = editor;
  const text = document.getText();
  if (text.length > LONGEST_WITH_HANDLERS) {
    throw new HumanError(
      vscode.l10n.t(
        'This file is too large: handlers are found in files of up to {0} KB.',
        LONGEST_WITH_HANDLERS / 1000,
      ),
    );
  }
  const handler = handlerAt(text, document.offsetAt(selection.active), document.languageId);
  if (!handler) {
    throw new HumanError(
      vscode.l10n.t(
        'There is no handler of result codes here. Put the cursor into a switch, a match, a chain of ifs or a list of codes.',
      ),
    );
  }
  let products: readonly ProductKey[] = productsHandled(text, handler);
  for (;;) {
    if (products.length === 0) {
      const product = await pickProduct(vscode.l10n.t('Select the Product That Is Handled Here'));
      if (product === undefined) return;
      products = [product];
    }
    const missing = missingCodes(handler, products);
    if (missing.length === 0) {
      await notify.info(
        vscode.l10n.t('All documented codes of {0} are handled here.', labelOf(products)),
      );
      return;
    }
    const insertion = insertMissing(text, handler, products, document.languageId);
    const choice = await pickMissing(missing, products, insertion !== null);
    if (choice === 'one product') {
      products = [];
      continue;
    }
    if (choice === 'all') {
      if (insertion) await insert(editor, handler, insertion);
    } else if (choice !== undefined) {
      await vscode.commands.executeCommand('smile.explainCode', choice);
    }
    return;
  }
}

const labelOf = (products: readonly ProductKey[]): string => products.map(productLabel).join(', ');

/**
 * A code to read about, or the wish to add all or to look at one product: only by a button, so that Enter in the list
 * changes no file. Undefined if the user left.
 */
async function pickMissing(
  missing: readonly ProductCode[],
  products: readonly ProductKey[],
  canAdd: boolean,
): Promise<string | undefined> {
  const isOfSeveral = products.length > 1;
  const count = new Set(missing.map(({ code }) => code)).size;
  const items = missing.map((missed): Choice & { readonly code: string } => ({
    icon: missed.outcome === null ? 'info' : stateIcon(missed.outcome).icon,
    label: missed.code,
    description: [...labelsOf(missed), ...(isOfSeveral ? [labelOf(missed.of)] : [])].join('; '),
    detail: missed.meaning,
    code: missed.code,
  }));
  const pick = createPick<(typeof items)[number]>(
    count === 1
      ? vscode.l10n.t('1 Code of {0} Not Handled', labelOf(products))
      : vscode.l10n.t('{0} Codes of {1} Not Handled', count, labelOf(products)),
  );
  pick.matchOnDescription = true;
  pick.placeholder = canAdd
    ? vscode.l10n.t('Select a code to read about it')
    : vscode.l10n.t('Select a code to read about it. Add All needs a switch with a default branch');
  const add = {
    iconPath: new vscode.ThemeIcon('add'),
    tooltip: vscode.l10n.t('Add All: inserts TODO cases before the last branch'),
  };
  const filter = {
    iconPath: new vscode.ThemeIcon('filter'),
    tooltip: vscode.l10n.t('Select One Product'),
  };
  pick.buttons = [...(isOfSeveral ? [filter] : []), ...(canAdd ? [add] : [])];
  pick.items = shownItems(items);
  return await new Promise<string | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) resolve(chosen.code);
    });
    pick.onDidTriggerButton((button) => {
      resolve(button === add ? 'all' : 'one product');
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.show();
  }).finally(() => {
    pick.dispose();
  });
}

async function insert(
  editor: vscode.TextEditor,
  handler: ResultHandler,
  { offset, text }: { readonly offset: number; readonly text: string },
): Promise<void> {
  const { document } = editor;
  const done = await editor.edit((edit) => {
    edit.insert(document.positionAt(offset), text);
  });
  if (!done) throw new HumanError(vscode.l10n.t('The file could not be changed.'));
  editor.revealRange(
    new vscode.Range(document.positionAt(handler.start), document.positionAt(offset)),
  );
}

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new HumanError(vscode.l10n.t('Open a file first.'));
  return editor;
}

async function pickProduct(title: string): Promise<ProductKey | undefined> {
  return (await pickOne(productItems(), { title }))?.product;
}

const productItems = (): ProductItem[] =>
  allProducts().map((product) => ({ label: productLabel(product), product }));

const LANGUAGES = HANDLER_LANGUAGES.map((language) => ({
  label: languageOf(language)?.name ?? language,
  language,
}));
