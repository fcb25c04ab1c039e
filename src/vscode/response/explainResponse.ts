import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { documentLabel } from '../../core/report/documentLabel';
import { reportOf } from '../../core/report/jobReport';
import { STATE_ICON_NAMES } from '../../core/report/jobState';
import { NO_RESPONSE, summaryOf } from '../../core/report/responseSummary';
import { withHeaders } from '../../core/smile/pastedHeaders';
import { readPastedText } from '../../core/smile/pastedText';
import type { Pasted } from '../../core/smile/outcome';
import { readResponse, type ReadResponse } from '../../core/smile/readResponse';
import type { SmileApi } from '../smileApi';
import type { Profiles } from '../credentials/profiles';
import type { Commands } from '../commands';
import type { JobPanels } from '../jobPanel/jobPanels';
import { pickOne } from '../quickInput';
import { searchTexts } from '../textSource';

type Key = Awaited<ReturnType<Profiles['withKeys']>>[number];

/** A response in a text, and what it says. */
interface Found {
  readonly pasted: Pasted;
  readonly read: Exclude<ReadResponse<Key>, { kind: 'unknown' }>;
}

/** The responses of a text, in its order. */
interface Responses {
  readonly found: readonly Found[];
  /** There are more, which are not read. */
  readonly truncated: boolean;
}

/** In characters: how far before a response its headers are looked for. */
const HEADERS_BEFORE = 2000;

/** "Explain Response…": explains a response that the user has already. Nothing is requested. */
export class ExplainResponse {
  constructor(
    private readonly profiles: Profiles,
    private readonly panels: JobPanels,
  ) {}

  addCommands(commands: Commands): void {
    commands.add('smile.explainResponse', () => this.explainOfUser());
    commands.add('_smile.explainResponse', (uri, version, start, end) =>
      this.explainAt(uri, version, start, end),
    );
  }

  /** The public API. A value of another extension may be anything, so only its JSON is read. */
  readonly readResponse: SmileApi['readResponse'] = async (body, headers) => {
    try {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const { found } = await this.responsesIn(text, lowerCased(headers));
      const [first, ...others] = found;
      return first && others.length === 0 ? summaryOf(first.read, first.pasted) : NO_RESPONSE;
    } catch {
      return NO_RESPONSE; // a value that has no JSON, such as one with a cycle
    }
  };

  private async explainOfUser(): Promise<void> {
    const responses = await this.responsesOfUser();
    if (responses) await this.explain(responses);
  }

  /** For the lens: the response at offsets of a version of a document, and no other one. */
  private async explainAt(
    uri: unknown,
    version: unknown,
    start: unknown,
    end: unknown,
  ): Promise<void> {
    if (!(uri instanceof vscode.Uri) || typeof start !== 'number' || typeof end !== 'number') {
      throw new HumanError('_smile.explainResponse needs a document, its version and offsets.');
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.version !== version) {
      throw new HumanError(
        vscode.l10n.t('The file has changed since. Choose Explain above the response again.'),
      );
    }
    await this.explain(await this.responseAt(document, start, end));
  }

  private async explain(responses: Responses): Promise<void> {
    const [first, ...others] = responses.found;
    if (!first) {
      throw new HumanError(vscode.l10n.t('No response of Smile ID was found in this text.'));
    }
    const chosen = others.length === 0 ? first : await this.choose(responses);
    if (!chosen) return;
    const { read, pasted } = chosen;
    const signedBy = read.kind === 'error' ? undefined : read.signedBy?.profile;
    this.panels.showPasted(read, pasted, signedBy);
  }

  /** @param given headers that are known besides those in the text */
  private async responsesIn(
    text: string,
    given: Readonly<Record<string, string>> = {},
  ): Promise<Responses> {
    const { values, truncated } = readPastedText(text);
    const keys = values.length === 0 ? [] : await this.profiles.withKeys();
    const found: Found[] = [];
    for (const pasted of values) {
      const headers = { ...pasted.headers, ...given };
      const read = await readResponse(pasted.value, headers, keys, pasted);
      const { start, end } = pasted.range;
      const source = () => withHeaders(headers, text.slice(start, end));
      if (read.kind !== 'unknown') found.push({ pasted: { ...pasted, source }, read });
    }
    return { found, truncated };
  }

  /** The response in a range, with the headers right before it. */
  private async responseAt(
    document: vscode.TextDocument,
    start: number,
    end: number,
  ): Promise<Responses> {
    const text = document.getText();
    // read alone: what is around it is not cut off, and is no response of this lens
    const before = text.slice(Math.max(0, start - HEADERS_BEFORE), end);
    const headers = readPastedText(before).values.at(-1)?.headers ?? {};
    return await this.responsesIn(text.slice(start, end), headers);
  }

  /** Those of the selection; else of what the editor or the clipboard has, or of what the user pastes. */
  private async responsesOfUser(): Promise<Responses | undefined> {
    const from = await searchTexts<Responses>({
      title: vscode.l10n.t('Explain Response'),
      placeHolder: vscode.l10n.t('Select where the response is; nothing is sent'),
      paste: {
        label: vscode.l10n.t('Paste a Response…'),
        prompt: vscode.l10n.t(
          'Paste a response, a webhook or a log line. Nothing is sent or stored.',
        ),
        placeholder: '{"ResultCode": "0810", …}',
      },
      find: async (text) => {
        const responses = await this.responsesIn(text);
        return responses.found.length > 0 ? responses : null;
      },
    });
    if (from === 'nothing') return { found: [], truncated: false };
    return from && 'found' in from ? from.found : undefined;
  }

  private async choose({ found, truncated }: Responses): Promise<Found | undefined> {
    const items = found.map((each) => {
      const { read, pasted } = each;
      const jobId = read.kind === 'error' ? read.jobId : read.outcome.job.jobId;
      const { state, headline, summary } = reportOf(read.outcome, pasted);
      return {
        each,
        icon: STATE_ICON_NAMES[state],
        label: headline,
        detail: summary,
        description: [documentLabel(read.kind), jobId].filter((part) => part != null).join(' · '),
      };
    });
    const item = await pickOne(items, {
      title: vscode.l10n.t('Explain Response'),
      placeHolder: truncated
        ? vscode.l10n.t('The first {0} responses; there are more', found.length)
        : vscode.l10n.t('{0} responses were found', found.length),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return item?.each;
  }
}

const lowerCased = (headers: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
