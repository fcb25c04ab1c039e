import * as l10n from '../core/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icon } from './icons';
import { LightElement } from './lightElement';
import './imageViewer';
import type { ShownImage } from './imageViewer';
import type { PageMessage } from './protocol';

export type Image =
  | { readonly kind: 'loading' }
  | { readonly kind: 'image'; readonly url: string; readonly bytes: number }
  | { readonly kind: 'expired' | 'failed'; readonly reason: string };
export type Images = ReadonlyMap<string, Image>;

const LABELS: Readonly<Partial<Record<string, () => string>>> = {
  selfie_image: () => l10n.t('Selfie'),
  id_card_image: () => l10n.t('ID card, front'),
  id_card_back: () => l10n.t('ID card, back'),
  id_card_back_image: () => l10n.t('ID card, back'),
  id_photo_image: () => l10n.t('ID photo'),
  photo_url: () => l10n.t('ID photo'),
  document_link: () => l10n.t('Document'),
  image_link: () => l10n.t('Additional document'),
  Photo: () => l10n.t('ID photo (in the response)'),
  Document: () => l10n.t('Document (in the response)'),
};
const labelOf = (name: string): string => LABELS[name]?.() ?? name.replace(/_/g, ' ');

/** What a selfie is compared with, best first. */
const ID_PHOTOS = ['id_photo_image', 'Photo', 'photo_url', 'id_card_image'];

/** The images of a response: blurred until revealed, one by one. */
class ImageListElement extends LightElement {
  static override readonly properties = {
    names: { attribute: false },
    error: { attribute: false },
    images: { attribute: false },
    dropped: { attribute: false },
    unrequested: { attribute: false },
    send: { attribute: false },
    revealed: { state: true },
    sizes: { state: true },
    viewed: { state: true },
  };
  declare names: readonly string[];
  /** Why there are no links to images, or null. */
  declare error: string | null;
  declare images: Images;
  declare dropped: boolean;
  /** Whether the response was not requested, so that no image of it is either, until the user wants that. */
  declare unrequested: boolean;
  declare send: (message: PageMessage) => void;
  declare revealed: ReadonlySet<string>;
  declare sizes: ReadonlyMap<string, string>;
  /** The images in the viewer: one, or two side by side. */
  declare viewed: readonly string[];

  constructor() {
    super();
    this.names = [];
    this.error = null;
    this.images = new Map();
    this.dropped = false;
    this.unrequested = false;
    this.revealed = new Set();
    this.sizes = new Map();
    this.viewed = [];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // Images of another response start blurred.
    if (changed.has('images') && this.images.size === 0) this.hideAll();
    if (![...this.images.values()].some(({ kind }) => kind === 'image')) this.hideAll();
  }

  override render(): TemplateResult {
    const selfie = this.shown('selfie_image');
    const idPhoto = ID_PHOTOS.find((name) => this.shown(name) !== null);
    return html`<section aria-labelledby="images">
        <div class="section-title">
          <h2 id="images">${l10n.t('Images')}</h2>
          ${
            selfie && idPhoto !== undefined
              ? html`<button
                  class="link"
                  title=${l10n.t('Reveal and show {0} and {1}', labelOf('selfie_image'), labelOf(idPhoto))}
                  @click=${() => {
                    this.reveal('selfie_image', true);
                    this.reveal(idPhoto, true);
                    this.viewed = ['selfie_image', idPhoto];
                  }}
                >
                  ${icon('split-horizontal')} ${l10n.t('Reveal side by side')}
                </button>`
              : nothing
          }
        </div>
        ${
          this.error === null
            ? nothing
            : html`<p class="remark">
                ${icon('warning')} <span>${this.error} ${this.refresh()}</span>
              </p>`
        }
        ${
          this.dropped
            ? html`<p class="remark">
                ${icon('eye-closed')}
                <span
                  >${this.unrequested ? l10n.t('These images were not requested, so they are not fetched by themselves.') : l10n.t('The images were removed from memory.')}
                  <button
                    class="link"
                    @click=${() => {
                      this.send({ type: 'fetchImages' });
                    }}
                  >
                    ${this.unrequested ? l10n.t('Show images') : l10n.t('Show them again')}
                  </button></span
                >
              </p>`
            : html`<ul class="images">
                ${this.names.map((name) => this.slotOf(name))}
              </ul>`
        }
      </section>
      <smile-image-viewer
        .shown=${this.viewed.flatMap((name) => this.shown(name) ?? [])}
        .send=${this.send}
        .onClose=${() => {
          this.viewed = [];
        }}
      ></smile-image-viewer>`;
  }

  private slotOf(name: string): TemplateResult {
    const label = labelOf(name);
    const image = this.images.get(name) ?? { kind: 'loading' };
    if (image.kind === 'expired' || image.kind === 'failed') {
      return html`<li>
        <div class="slot empty">
          ${icon('warning')}<span>${image.reason}</span>
          ${image.kind === 'expired' ? this.refresh() : nothing}
        </div>
        <span class="caption">${label}</span>
      </li>`;
    }
    const loaded = image.kind === 'image' ? image : null;
    const facts = loaded && [this.sizes.get(name), bytesInWords(loaded.bytes)];
    const revealed = this.revealed.has(name);
    // one button for all of it, so that it keeps the focus
    return html`<li>
      <button
        class="slot ${loaded === null ? 'empty' : revealed ? 'revealed' : ''}"
        aria-label=${revealed ? l10n.t('Enlarge {0}', label) : l10n.t('Reveal {0}', label)}
        aria-disabled=${loaded === null ? 'true' : nothing}
        title=${revealed ? l10n.t('Enlarge') : nothing}
        @click=${() => {
          if (revealed) this.viewed = [name];
          else if (loaded) this.reveal(name, true);
        }}
      >
        ${loaded ? this.imageOf(name, label, loaded.url, revealed) : html`<span>${l10n.t('Loading…')}</span>`}
      </button>
      <span class="caption">
        ${label}
        <span class="secondary">${facts?.filter((fact) => fact !== undefined).join(' · ')}</span>
      </span>
      ${
        revealed
          ? html`<button
              class="link"
              aria-label=${l10n.t('Hide {0}', label)}
              @click=${({ currentTarget }: Event) => {
                if (currentTarget instanceof HTMLElement) {
                  currentTarget.parentElement?.querySelector('button')?.focus();
                }
                this.reveal(name, false);
              }}
            >
              ${icon('eye-closed')} ${l10n.t('Hide')}
            </button>`
          : nothing
      }
    </li>`;
  }

  private imageOf(name: string, label: string, url: string, revealed: boolean): TemplateResult {
    return html`<img
        class=${revealed ? '' : 'blurred'}
        src=${url}
        alt=${revealed ? label : ''}
        @load=${({ target }: Event) => {
          if (target instanceof HTMLImageElement) {
            const size = `${target.naturalWidth} × ${target.naturalHeight}`;
            this.sizes = new Map(this.sizes).set(name, size);
          }
        }}
      />
      ${
        revealed
          ? html`<span class="reveal">${icon('zoom-in')}</span>`
          : html`<span class="reveal">${icon('eye')} ${l10n.t('Reveal')}</span>`
      }`;
  }

  /** Fresh links come with a fresh response; one that was not requested has no other. */
  private refresh(): TemplateResult | typeof nothing {
    if (this.unrequested) return nothing;
    return html`<button
      class="link"
      @click=${() => {
        this.send({ type: 'refresh' });
      }}
    >
      ${l10n.t('Refresh')}
    </button>`;
  }

  private shown(name: string): ShownImage | null {
    const image = this.images.get(name);
    return image?.kind === 'image' ? { name, label: labelOf(name), url: image.url } : null;
  }

  private reveal(name: string, on: boolean): void {
    const revealed = new Set(this.revealed);
    if (on) revealed.add(name);
    else revealed.delete(name);
    this.revealed = revealed;
  }

  private hideAll(): void {
    if (this.revealed.size > 0) this.revealed = new Set();
    if (this.viewed.length > 0) this.viewed = [];
  }
}

function bytesInWords(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A browser gives its clipboard to the page that has the focus; the dialog took it away. */
async function focused(): Promise<void> {
  for (let wait = 0; wait < 40 && !document.hasFocus(); wait += 1) {
    window.focus();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** As PNG, the one format that clipboards take. False if the browser refuses. */
export async function copyToClipboard(url: string): Promise<boolean> {
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    const png = await canvas.convertToBlob({ type: 'image/png' });
    await focused();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return true;
  } catch {
    return false; // the extension shows the error
  }
}

customElements.define('smile-images', ImageListElement);
