import * as vscode from 'vscode';
import { allProducts, labelsOf, productLabel } from '../../core/catalogue/catalogue';
import type { ProductKey } from '../../core/catalogue/types';
import { generateHandler } from '../../core/handlers/generateHandler';
import {
  handlerAt,
  LONGEST_WITH_HANDLERS,
  type ResultHandler,
} from '../../core/handlers/handlerAt';
import { handlerLanguageOf, insertMissing, missingCodes } from '../../core/handlers/missingCodes';
import { HumanError } from '../../core/humanError';
import * as notify from '../notify';
import { pickOne, type Choice } from '../quickInput';
import { stateIcon } from '../stateIcons';

type ProductItem = Choice & { readonly product: ProductKey };

/** Writes a handler of all documented codes of a product at the cursor, in the file's language. */
export async function generateHandlerHere(): Promise<void> {
  const editor = activeEditor();
  const language = handlerLanguageOf(editor.document.languageId);
  if (!language) {
    throw new HumanError(
      vscode.l10n.t(
        'Handlers can be generated in JavaScript, TypeScript, Python, Ruby, PHP, Java, Kotlin, C# and Go.',
      ),
    );
  }
  const product = await pickProduct(vscode.l10n.t('Generate Result Handler'));
  if (product === undefined) return;
  // As a snippet, so that VS Code indents it like the code around it.
  const text = generateHandler(product, language).replace(/[\\$}]/g, '\\$&');
  await editor.insertSnippet(new vscode.SnippetString(text));
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
  const product =
    handler.product ??
    (await pickProduct(vscode.l10n.t('Select the Product That Is Handled Here')));
  if (product === undefined) return;
  const missing = missingCodes(handler, product);
  if (missing.length === 0) {
    await notify.info(
      vscode.l10n.t('All documented codes of {0} are handled here.', productLabel(product)),
    );
    return;
  }
  const insertion = insertMissing(text, handler, product, document.languageId);
  const pick = await pickOne(
    [
      ...(insertion
        ? [
            {
              icon: 'add',
              label: vscode.l10n.t('Add All'),
              description: vscode.l10n.t('inserts TODO cases before the last branch'),
            },
          ]
        : []),
      ...missing.map((missed) => ({
        icon: missed.outcome === null ? 'info' : stateIcon(missed.outcome).icon,
        label: missed.code,
        description: labelsOf(missed).join('; '),
        detail: missed.meaning,
        code: missed.code,
      })),
    ],
    {
      title:
        missing.length === 1
          ? vscode.l10n.t('1 Code of {0} Not Handled', productLabel(product))
          : vscode.l10n.t('{0} Codes of {1} Not Handled', missing.length, productLabel(product)),
      matchOnDescription: true,
      placeHolder: insertion
        ? vscode.l10n.t('Select a code to read about it')
        : vscode.l10n.t(
            'Select a code to read about it. Add All needs a switch with a default branch',
          ),
    },
  );
  if (!pick) return;
  if ('code' in pick) {
    await vscode.commands.executeCommand('smile.explainCode', pick.code);
    return;
  }
  if (insertion) await insert(editor, handler, insertion);
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
  const items: ProductItem[] = allProducts().map((product) => ({
    label: productLabel(product),
    product,
  }));
  return (await pickOne(items, { title }))?.product;
}
