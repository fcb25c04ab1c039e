import * as l10n from '../core/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { LightElement } from './lightElement';
import type { PageMessage } from './protocol';

/** An image that was revealed. */
export interface ShownImage {
  readonly name: string;
  readonly label: string;
  readonly url: string;
}

const STEP = 1.25;
const MIN = 0.1;
const MAX = 8;

/** Revealed images enlarged: zoom, rotate, fit, actual size. One image, or two side by side. */
class ImageViewerElement extends LightElement {
  static override readonly properties = {
    shown: { attribute: false },
    send: { attribute: false },
    onClose: { attribute: false },
    zoom: { state: true },
    turns: { state: true },
  };
  declare shown: readonly ShownImage[];
  declare send: (message: PageMessage) => void;
  declare onClose: () => void;
  /** CSS pixels per pixel of the image; null fits it into the window. */
  declare zoom: number | null;
  /** Quarter turns, clockwise. */
  declare turns: number;
  private resized: ResizeObserver | null = null;

  constructor() {
    super();
    this.shown = [];
    this.zoom = null;
    this.turns = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized = new ResizeObserver(() => {
      this.place();
    });
    this.resized.observe(this.ownerDocument.documentElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized?.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed
      .get('shown')
      ?.map(({ url }) => url)
      .join();
    if (changed.has('shown') && before !== this.shown.map(({ url }) => url).join()) {
      this.zoom = null;
      this.turns = 0;
    }
  }

  override updated(): void {
    const dialog = this.querySelector('dialog');
    if (!dialog) return;
    if (this.shown.length > 0 && !dialog.open) dialog.showModal();
    if (this.shown.length === 0 && dialog.open) dialog.close();
    this.place();
  }

  override render(): TemplateResult {
    const [only, ...others] = this.shown;
    const [one = '', two] = this.shown.map(({ label }) => label);
    const title = two === undefined ? one : l10n.t('{0} and {1}', one, two);
    const button = (name: string, label: string, run: () => void): TemplateResult =>
      html`<vscode-button
        secondary
        icon=${name}
        title=${label}
        aria-label=${label}
        @click=${run}
      ></vscode-button>`;
    return html`<dialog
      class="viewer"
      aria-label=${title}
      @close=${this.onClose}
      @keydown=${this.onKey}
    >
      <div class="viewer-bar">
        <strong>${title}</strong>
        <div class="toolbar" role="group" aria-label=${l10n.t('Image')}>
          ${button('zoom-out', l10n.t('Zoom out (-)'), () => {
            this.zoomBy(1 / STEP);
          })}
          ${button('zoom-in', l10n.t('Zoom in (+)'), () => {
            this.zoomBy(STEP);
          })}
          ${button('screen-full', l10n.t('Fit (0)'), () => {
            this.zoom = null;
          })}
          <vscode-button
            secondary
            title=${l10n.t('Actual size (1)')}
            @click=${() => {
              this.zoom = 1;
            }}
            >1:1</vscode-button
          >
          ${button('redo', l10n.t('Rotate (R)'), () => {
            this.turns += 1;
          })}
          ${
            only && others.length === 0
              ? html`${button('copy', l10n.t('Copy image'), () => {
                  this.send({ type: 'copyImage', name: only.name });
                })}
                ${button('save', l10n.t('Save image'), () => {
                  this.send({ type: 'saveImage', name: only.name });
                })}`
              : nothing
          }
          ${button('close', l10n.t('Close (Escape)'), () => {
            this.querySelector('dialog')?.close();
          })}
        </div>
      </div>
      <div class="stages">
        ${this.shown.map(
          ({ label, url }) =>
            html`<figure>
              <div class="stage" tabindex="0" role="group" aria-label=${label}>
                <div class="turntable">
                  <img
                    src=${url}
                    alt=${label}
                    @load=${() => {
                      this.place();
                    }}
                  />
                </div>
              </div>
              ${this.shown.length > 1 ? html`<figcaption>${label}</figcaption>` : nothing}
            </figure>`,
        )}
      </div>
    </dialog>`;
  }

  private zoomBy(factor: number): void {
    const image = this.querySelector('img');
    if (!image || image.naturalWidth === 0) return;
    const now = this.zoom ?? image.width / image.naturalWidth;
    this.zoom = Math.min(MAX, Math.max(MIN, now * factor));
  }

  /** Sizes follow the window, so they are set here; the page's policy allows no style attributes. */
  private place(): void {
    for (const stage of this.querySelectorAll<HTMLElement>('.stage')) {
      const table = stage.querySelector<HTMLElement>('.turntable');
      const image = stage.querySelector('img');
      if (!table || !image || image.naturalWidth === 0) continue;
      const { naturalWidth: width, naturalHeight: height } = image;
      const [across, down] = this.turns % 2 === 0 ? [width, height] : [height, width];
      const fit = Math.min(stage.clientWidth / across, stage.clientHeight / down, 4);
      const zoom = this.zoom ?? fit;
      image.style.width = `${width * zoom}px`;
      image.style.height = `${height * zoom}px`;
      image.style.transform = `translate(-50%, -50%) rotate(${this.turns * 90}deg)`;
      table.style.width = `${across * zoom}px`;
      table.style.height = `${down * zoom}px`;
    }
  }

  private readonly onKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
    if (ctrlKey || metaKey || altKey) return;
    if (key === '+' || key === '=') this.zoomBy(STEP);
    if (key === '-') this.zoomBy(1 / STEP);
    if (key === '0') this.zoom = null;
    if (key === '1') this.zoom = 1;
    if (key.toLowerCase() === 'r') this.turns += 1;
  };
}

customElements.define('smile-image-viewer', ImageViewerElement);
