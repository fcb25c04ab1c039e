import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { render } from 'lit';
import { translate } from '../core/l10n';
import type { HistoryGroup } from '../core/report/jobHistory';
import { page } from './page';
import { copyToClipboard, type Images } from './imageList';
import type { CopiedId, HostMessage, PageMessage, PanelState } from './protocol';

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  setState(state: unknown): void;
};

/** The page of a job panel: draws the state that the extension sends, and sends back what is clicked. */
function run(root: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  let focusOn: string | null = null;
  const send = (message: PageMessage, next?: string): void => {
    focusOn = next ?? null;
    vscode.postMessage(message);
  };
  let state: PanelState | null = null;
  let history: readonly HistoryGroup[] = [];
  let images: Images = new Map();
  let copied: CopiedId | null = null;

  const draw = (): void => {
    if (!state) return;
    const focused = document.activeElement;
    render(page({ state, history, images, copied, send, copy }), root);
    if (focusOn === null) {
      if (focused instanceof HTMLElement) keepFocus(root, focused);
      return;
    }
    const wanted = root.querySelector<HTMLElement>(focusOn);
    if (!wanted) return;
    focusOn = null;
    if (document.hasFocus()) wanted.focus(); // a user who has moved on keeps the focus there
  };
  const copy = (what: CopiedId): void => {
    send({ type: 'copy', what });
    copied = what;
    draw();
    setTimeout(() => {
      copied = null;
      draw();
    }, 1500);
  };
  /** Images belong to one response: those of an older one are dropped, those of a new one requested. */
  const takeImages = (next: PanelState): void => {
    for (const image of images.values()) {
      if (image.kind === 'image') URL.revokeObjectURL(image.url);
    }
    const wanted = next.imagesDropped ? [] : next.images;
    images = new Map(wanted.map((name) => [name, { kind: 'loading' }]));
    for (const name of wanted) send({ type: 'image', name });
  };

  window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
    switch (data.type) {
      case 'translations':
        translate(data.translations);
        return;
      case 'state':
        vscode.setState(data.saved ?? undefined);
        if (
          state?.version !== data.state.version ||
          state.imagesDropped !== data.state.imagesDropped
        ) {
          takeImages(data.state);
        }
        state = data.state;
        break;
      case 'history':
        history = data.groups;
        break;
      case 'image': {
        const { version, name, image } = data;
        if (version !== state?.version || state.imagesDropped) return;
        if (image.kind === 'image') {
          const bytes = new Uint8Array(image.bytes);
          const url = URL.createObjectURL(new Blob([bytes], { type: image.type }));
          images = new Map(images).set(name, { kind: 'image', url, bytes: bytes.length });
        } else {
          images = new Map(images).set(name, image);
        }
        break;
      }
      case 'copyImage': {
        const image = images.get(data.name);
        if (image?.kind !== 'image' || data.version !== state?.version) return;
        void copyToClipboard(image.url).then((ok) => {
          send({ type: 'imageCopied', ok });
        });
        return;
      }
    }
    draw();
  });
  send({ type: 'ready' });
}

/**
 * What had the focus may be gone after a response: what took its place gets it, or the title. The browser would begin
 * again at the top of the page, without a word.
 */
function keepFocus(root: HTMLElement, focused: HTMLElement): void {
  requestAnimationFrame(() => {
    if (focused.isConnected || document.activeElement !== document.body || !document.hasFocus())
      return;
    const { detail } = focused.dataset;
    const successor =
      detail === undefined
        ? null
        : root.querySelector<HTMLElement>(`[data-detail="${CSS.escape(detail)}"]`);
    (successor ?? root.querySelector('h1'))?.focus();
  });
}

const root = document.getElementById('job');
if (root) run(root);
