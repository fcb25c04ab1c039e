import * as vscode from 'vscode';
import {
  diagnoseSignature,
  type KeyOfProfile,
  type SignatureParts,
} from '../../core/smile/diagnoseSignature';
import type { JobApi } from '../../core/smile/jobApi';
import { baseUrlOf } from '../../core/smile/environment';
import { HumanError } from '../../core/humanError';
import type { Profile } from '../../core/smile/profile';
import type { Delivery } from '../../core/webhooks/delivery';
import {
  findSignatures,
  signaturesOfDelivery,
  type FoundSignatures,
} from '../../core/webhooks/signatureParts';
import {
  signatureVerdict,
  verdictText,
  type SignatureVerdict,
} from '../../core/webhooks/signatureVerdict';
import type { Commands } from '../commands';
import type { Profiles } from '../credentials/profiles';
import type { JobDocuments } from '../jobPanel/jobDocuments';
import { promptChoice, promptText, runSteps, type Choice, type Input } from '../quickInput';
import { searchTexts } from '../textSource';

/** The name of its document among those of the panels. */
const DOCUMENT = 'signature';

/**
 * "Check Signature…": who made a signature that the user has, or which mistake explains it. All of it is done on this
 * machine; the verdict is a text without keys and signatures, which can be sent to support as it is.
 */
export class CheckSignature {
  constructor(
    private readonly profiles: Pick<Profiles, 'withKeys' | 'active'>,
    private readonly api: Pick<JobApi, 'clockSkewMs'>,
    private readonly documents: Pick<JobDocuments, 'open' | 'drop'>,
  ) {}

  addCommands(commands: Commands): void {
    commands.add('smile.checkSignature', () => this.check());
  }

  /** Forgets the verdict that is shown. */
  forget(): void {
    this.documents.drop(DOCUMENT);
  }

  private async check(): Promise<void> {
    const found = await signaturesOfUser();
    if (found) await this.show(found, null);
  }

  /** The signature of a delivery, wherever it is. */
  async checkDelivery(delivery: Delivery): Promise<void> {
    const found = signaturesOfDelivery(delivery);
    await this.checkFound(found, delivery.signedBy);
  }

  /**
   * The signatures of a response, in its headers or in its body.
   * @param signedBy whose key made it, if that is known: nothing else has to check it
   */
  readonly checkText = (text: string, signedBy: Profile | null): Promise<void> =>
    this.checkFound(findSignatures(text), signedBy);

  private async checkFound(found: FoundSignatures, signedBy: Profile | null): Promise<void> {
    if (found.parts.length === 0) {
      throw new HumanError(
        vscode.l10n.t('There is no signature, neither in headers nor in the body.'),
      );
    }
    await this.show(found, signedBy);
  }

  private async show(found: FoundSignatures, signedBy: Profile | null): Promise<void> {
    const keys = await this.profiles.withKeys();
    const checking = signedBy ?? (await this.profiles.active()) ?? null;
    const checked = { now: new Date(), clockSkewMs: this.clockSkewMs(checking) };
    const verdicts: SignatureVerdict[] = [];
    for (const parts of found.parts) {
      const diagnosis = await diagnoseSignature<KeyOfProfile>(parts, keys, checking);
      verdicts.push(signatureVerdict(diagnosis, checked));
    }
    await this.documents.open(DOCUMENT, {
      part: 'text',
      name: vscode.l10n.t('Signature'),
      content: textOf(verdicts, found.truncated),
    });
  }

  private clockSkewMs(profile: Profile | null): number | null {
    const url = profile && baseUrlOf(profile.environment, profile.url);
    return url?.ok === true ? this.api.clockSkewMs({ baseUrl: url.value }) : null;
  }
}

/** The verdicts, and the same in English where the user reads another language; then what the text is good for. */
function textOf(verdicts: readonly SignatureVerdict[], truncated: boolean): string {
  const own = verdicts.map(verdictText).join('\n');
  const english = verdicts.map(({ supportText }) => supportText).join('\n');
  return [
    own,
    ...(truncated ? [vscode.l10n.t('There are more signatures, which were not checked.'), ''] : []),
    ...(own === english ? [] : [vscode.l10n.t('In English, for support:'), '', english]),
    vscode.l10n.t('This text has no API key and no whole signature.'),
    vscode.l10n.t('You can send it to Smile ID as it is.'),
    '',
  ].join('\n');
}

async function signaturesOfUser(): Promise<FoundSignatures | undefined> {
  const enter = vscode.l10n.t('Enter Timestamp and Signature…');
  const from = await searchTexts<FoundSignatures>({
    title: vscode.l10n.t('Check Signature'),
    placeHolder: vscode.l10n.t('Select where the signature is; nothing is sent'),
    paste: {
      label: vscode.l10n.t('Paste a Webhook…'),
      prompt: vscode.l10n.t(
        'Paste a body with its headers, a request or a log line. Nothing is sent or stored.',
      ),
      placeholder: '{"timestamp": "…", "signature": "…"}',
    },
    more: [{ icon: 'keyboard', label: enter, id: 'enter' }],
    find: (text) => {
      const found = findSignatures(text);
      return found.parts.length > 0 ? found : null;
    },
  });
  if (from === undefined) return undefined;
  if (from !== 'nothing' && 'found' in from) return from.found;
  const parts = await promptForParts(from === 'nothing');
  return parts && { parts: [parts], truncated: false };
}

type Place = Choice & { readonly place: SignatureParts['place'] };

/**
 * Prompts for each part. The partner ID may be left out: then the key of any profile counts.
 * @param isInstead of a text that the user pasted, and that has none
 */
async function promptForParts(isInstead: boolean): Promise<SignatureParts | undefined> {
  const title = vscode.l10n.t('Check Signature');
  const places: readonly Place[] = [
    { place: 'body', label: vscode.l10n.t('API v1: in a request, a response or a callback') },
    { place: 'webhook headers', label: vscode.l10n.t('API v3: in the headers of a webhook') },
    { place: 'request headers', label: vscode.l10n.t('API v3: in the headers of a request') },
  ];
  const typed: { place?: Place; timestamp?: string; signature?: string; partnerId?: string } = {};
  const needed = (problem: string) => (text: string) => (text === '' ? problem : null);
  const text = (
    name: 'timestamp' | 'signature' | 'partnerId',
    prompt: string,
    check: (text: string) => string | null,
  ) => ({
    show: async (step: { step: number; totalSteps: number }): Promise<Input<unknown>> => {
      const value = typed[name];
      const input = await promptText(
        { title, ...step },
        { prompt, check, ...(value === undefined ? {} : { value }) },
      );
      if (typeof input === 'string') typed[name] = input;
      return input;
    },
  });
  const done = await runSteps([
    {
      show: async (step) => {
        const prompt = isInstead
          ? vscode.l10n.t('No signature was found in this text. Where does yours come from?')
          : vscode.l10n.t('Where does the signature come from?');
        const input = await promptChoice({ title, ...step }, prompt, places, typed.place);
        if (typeof input === 'object') typed.place = input;
        return input;
      },
    },
    text(
      'timestamp',
      vscode.l10n.t('Timestamp, exactly as it was sent'),
      needed(vscode.l10n.t('Enter the timestamp.')),
    ),
    text(
      'signature',
      vscode.l10n.t('Signature, exactly as it was sent'),
      needed(vscode.l10n.t('Enter the signature.')),
    ),
    text(
      'partnerId',
      vscode.l10n.t('Partner ID; leave it empty to try the keys of all profiles'),
      () => null,
    ),
  ]);
  const { place, timestamp = '', signature = '', partnerId = '' } = typed;
  if (!done || !place) return undefined;
  return {
    place: place.place,
    timestamp,
    signature,
    partnerId: partnerId === '' ? null : partnerId,
    bodies: [],
    expectsHeaders: false,
  };
}
