import * as vscode from 'vscode';
import { allProducts, isKnownCode, productLabel } from '../../core/catalogue/catalogue';
import { codeChoices, codePage, unknownCodeReport } from '../../core/catalogue/codePage';
import type { ProductKey } from '../../core/catalogue/types';
import { HumanError } from '../../core/humanError';
import type { Commands } from '../commands';
import * as notify from '../notify';
import { createPick, pickOne, shownItems, type Choice } from '../quickInput';
import { codesNear } from './codesNear';
import { stateIcon } from '../stateIcons';

const CODE_SCHEME = 'smile-code';

const CODE = /^\d{4}$/;

type Item = Choice & { readonly code?: string };
type ProductItem = Choice & { readonly product?: ProductKey };

/** **Smile ID: Explain Result Code…**: search, and a page with everything that is known. */
export class ExplainCode implements vscode.TextDocumentContentProvider {
  constructor(private readonly version: string) {}

  addCommands(commands: Commands): void {
    commands.add('smile.explainCode', async (argument) => {
      const code =
        typeof argument === 'string'
          ? argument
          : (codeAtMenu(argument) ?? (await this.promptCode()));
      if (code !== undefined) await this.show(code);
    });
    commands.add('smile.copyCodeReport', async (argument) => {
      if (typeof argument !== 'string' || !CODE.test(argument)) {
        throw new HumanError('smile.copyCodeReport needs a code of four digits.');
      }
      await vscode.env.clipboard.writeText(unknownCodeReport(argument, null, this.version));
      notify.flash(vscode.l10n.t('Report copied'));
    });
  }

  readonly provideTextDocumentContent = ({ path }: vscode.Uri): string =>
    codePage(path.replace(/^\/|\.md$/g, ''));

  /** VS Code's own Markdown preview shows the page: it follows the theme, zooms and is searched as usual. */
  async show(code: string): Promise<void> {
    if (!isKnownCode(code)) {
      const copy = vscode.l10n.t('Copy a Report');
      const choice = await notify.info(
        vscode.l10n.t(
          'This extension does not know the code {0}. Go by ResultText, and do not treat it as a pass.',
          code.slice(0, 40),
        ),
        ...(CODE.test(code) ? [copy] : []),
      );
      if (choice === copy) await vscode.commands.executeCommand('smile.copyCodeReport', code);
      return;
    }
    const uri = vscode.Uri.from({ scheme: CODE_SCHEME, path: `/${code}.md` });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  private async promptCode(): Promise<string | undefined> {
    let product: ProductKey | undefined;
    for (;;) {
      const picked = await this.pick(product);
      if (picked !== 'filter') return picked;
      product = await pickProduct();
    }
  }

  /** A code, the wish to filter, or undefined if the user left. */
  private async pick(product: ProductKey | undefined): Promise<string | undefined> {
    const pick = createPick<Item>(
      product === undefined
        ? vscode.l10n.t('Explain Result Code')
        : vscode.l10n.t('Explain Result Code: {0}', productLabel(product)),
    );
    pick.placeholder = vscode.l10n.t('Search by code, text or meaning');
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    const items: Item[] = codeChoices(product).map(({ code, label, about, meaning, outcome }) => ({
      icon: outcome === null ? 'info' : stateIcon(outcome).icon,
      label: code,
      description: `${label} · ${about}`,
      detail: meaning,
      code,
    }));
    // an empty list would not say that the catalogue does not know the code
    let added: string | null = null;
    const list = (value: string): void => {
      const code = value.trim();
      const wanted = CODE.test(code) && !items.some((item) => item.code === code) ? code : '';
      if (wanted === added) return;
      added = wanted;
      const description = isKnownCode(code)
        ? vscode.l10n.t('Of other products')
        : vscode.l10n.t('Unknown code');
      const other: Item = { icon: 'question', label: code, description, code };
      pick.items = shownItems(wanted === '' ? items : [...items, other]);
    };
    pick.onDidChangeValue(list);
    pick.buttons = [
      { iconPath: new vscode.ThemeIcon('filter'), tooltip: vscode.l10n.t('Filter by product') },
    ];
    pick.value = selectedCode();
    list(pick.value);
    return await new Promise<string | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const code = pick.selectedItems[0]?.code;
        if (code !== undefined) resolve(code);
      });
      pick.onDidTriggerButton(() => {
        resolve('filter');
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    }).finally(() => {
      pick.dispose();
    });
  }
}

async function pickProduct(): Promise<ProductKey | undefined> {
  const items: ProductItem[] = [
    { label: vscode.l10n.t('All products') },
    ...allProducts().map((product) => ({ label: productLabel(product), product })),
  ];
  const choice = await pickOne(items, { title: vscode.l10n.t('Filter by Product') });
  return choice?.product;
}

/** The code at which an editor's menu was opened: VS Code passes the file to its commands. */
function codeAtMenu(argument: unknown): string | null {
  const code = argument instanceof vscode.Uri ? selectedCode() : '';
  return code === '' ? null : code;
}

/** The code that is selected, or that a hover at the cursor would explain. */
function selectedCode(): string {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return '';
  const { document, selection } = editor;
  const text = document.getText(selection).trim();
  if (CODE.test(text)) return text;
  const { value, offset } = codesNear(document, selection.active);
  return value.at(offset)?.code ?? '';
}
