import type * as vscode from 'vscode';
import { Disposable as EditorDisposable, languages, window, workspace } from 'vscode';
import { mayConcernSmile } from '../../core/text/mayConcernSmile';
import { languagesWith, LINTED } from '../editor/languages';
import { ConfigValue } from '../configValue';
import { Disposable } from '../disposable';
import type { Lazy, Part } from './lazy';
import { concernsSmile } from './documentRelevance';

/** Explains codes and other words where they occur. */
export interface EditorFeatures extends Part {
  readonly hover: vscode.HoverProvider;
  readonly completion: vscode.CompletionItemProvider;
  readonly inlayHints: vscode.InlayHintsProvider;
  readonly jobLens: vscode.CodeLensProvider;
  readonly responseLens: vscode.CodeLensProvider;
  readonly terminalLinks: vscode.TerminalLinkProvider;
  readonly inlineValues: vscode.InlineValuesProvider;
  readonly codePages: vscode.TextDocumentContentProvider;
  readonly rulePages: vscode.TextDocumentContentProvider;
}

/** Typing is not disturbed: a text is searched when nothing was typed for so long, in milliseconds. */
const PAUSE = 300;

/** Registers everything for texts. The part itself is loaded for the first text that may concern Smile ID. */
export function registerEditorFeatures(editor: Lazy<EditorFeatures>): vscode.Disposable {
  /** The features, if a document may concern Smile ID; undefined otherwise. */
  const featuresFor = async (
    document: vscode.TextDocument,
    line: number,
  ): Promise<EditorFeatures | undefined> =>
    concernsSmile(document, line) ? await editor.get() : undefined;

  return EditorDisposable.from(
    new FirstMention(editor),
    languages.registerHoverProvider(languagesWith('hover'), {
      provideHover: async (document, position, token) =>
        (await featuresFor(document, position.line))?.hover.provideHover(document, position, token),
    }),
    languages.registerCompletionItemProvider(
      languagesWith('completion'),
      {
        provideCompletionItems: async (document, position, token, context) =>
          (await featuresFor(document, position.line))?.completion.provideCompletionItems(
            document,
            position,
            token,
            context,
          ),
        resolveCompletionItem: async (item, token) =>
          (await editor.get()).completion.resolveCompletionItem?.(item, token),
      },
      ...['"', "'"],
    ),
    languages.registerInlayHintsProvider(languagesWith('completion'), {
      onDidChangeInlayHints: new ConfigValue('inlayHints.enabled', false).onDidChange,
      provideInlayHints: async (document, range, token) =>
        (await featuresFor(document, range.start.line))?.inlayHints.provideInlayHints(
          document,
          range,
          token,
        ),
      resolveInlayHint: async (hint, token) =>
        (await editor.get()).inlayHints.resolveInlayHint?.(hint, token),
    }),
    ...(['jobLens', 'responseLens'] as const).map((lens) =>
      languages.registerCodeLensProvider(languagesWith(lens), {
        onDidChangeCodeLenses: new ConfigValue('codeLens.enabled', true).onDidChange,
        provideCodeLenses: async (document, token) =>
          (await featuresFor(document, 0))?.[lens].provideCodeLenses(document, token),
      }),
    ),
    languages.registerInlineValuesProvider(languagesWith('inlineValues'), {
      provideInlineValues: async (document, viewPort, context, token) =>
        (await featuresFor(document, viewPort.start.line))?.inlineValues.provideInlineValues(
          document,
          viewPort,
          context,
          token,
        ),
    }),
    window.registerTerminalLinkProvider({
      provideTerminalLinks: async (context, token) =>
        mayConcernSmile(context.line)
          ? (await editor.get()).terminalLinks.provideTerminalLinks(context, token)
          : undefined,
      handleTerminalLink: async (link) =>
        (await editor.get()).terminalLinks.handleTerminalLink(link),
    }),
    workspace.registerTextDocumentContentProvider('smile-code', {
      provideTextDocumentContent: async (uri, token) =>
        (await editor.get()).codePages.provideTextDocumentContent(uri, token),
    }),
    workspace.registerTextDocumentContentProvider('smile-rule', {
      provideTextDocumentContent: async (uri, token) =>
        (await editor.get()).rulePages.provideTextDocumentContent(uri, token),
    }),
  );
}

/** Loads the editor features for the first open text that may concern Smile ID. From then on, they check all texts. */
class FirstMention extends Disposable {
  private readonly waiting = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();

  constructor(private readonly editor: Lazy<EditorFeatures>) {
    super();
    this.register(
      workspace.onDidOpenTextDocument((document) => {
        this.searchAfter(0, document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.searchAfter(PAUSE, document);
      }),
      workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.waiting.get(document));
        this.waiting.delete(document);
      }),
    );
    editor.whenLoaded(() => {
      this.dispose();
    });
    for (const document of workspace.textDocuments) this.searchAfter(0, document);
  }

  override dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    super.dispose();
  }

  private searchAfter(delay: number, document: vscode.TextDocument): void {
    clearTimeout(this.waiting.get(document));
    if (languages.match(LINTED, document) === 0) return;
    const timer = setTimeout(() => {
      this.waiting.delete(document);
      if (concernsSmile(document, 0)) this.editor.load();
    }, delay);
    this.waiting.set(document, timer);
  }
}
