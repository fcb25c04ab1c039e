import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { render } from 'lit';
import { translate } from '../core/l10n';
import type { HistoryGroup } from '../core/report/jobHistory';
import { page } from './page';
import { copyToClipboard, type Pictures } from './pictureList';
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
  let pictures: Pictures = new Map();
  let copied: CopiedId | null = null;

  const draw = (): void => {
    if (!state) return;
    render(page({ state, history, pictures, copied, send, copy }), root);
    if (focusOn === null) return;
    const wanted = root.querySelector<HTMLElement>(focusOn);
    if (!wanted) return;
    focusOn = null;
    if (document.hasFocus()) wanted.focus(); // who is elsewhere by now is left there
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
  /** Pictures belong to one answer: those of an older one are dropped, those of a new one asked for. */
  const takePictures = (next: PanelState): void => {
    for (const picture of pictures.values()) {
      if (picture.kind === 'picture') URL.revokeObjectURL(picture.url);
    }
    const wanted = next.picturesDropped ? [] : next.pictures;
    pictures = new Map(wanted.map((name) => [name, { kind: 'loading' }]));
    for (const name of wanted) send({ type: 'picture', name });
  };

  window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
    switch (data.type) {
      case 'translations':
        translate(data.translations);
        return;
      case 'state':
        vscode.setState(data.saved);
        if (
          state?.answer !== data.state.answer ||
          state.picturesDropped !== data.state.picturesDropped
        ) {
          takePictures(data.state);
        }
        state = data.state;
        break;
      case 'history':
        history = data.groups;
        break;
      case 'picture': {
        const { answer, name, picture } = data;
        if (answer !== state?.answer || state.picturesDropped) return;
        if (picture.kind === 'picture') {
          const bytes = new Uint8Array(picture.bytes);
          const url = URL.createObjectURL(new Blob([bytes], { type: picture.type }));
          pictures = new Map(pictures).set(name, { kind: 'picture', url, bytes: bytes.length });
        } else {
          pictures = new Map(pictures).set(name, picture);
        }
        break;
      }
      case 'copyPicture': {
        const picture = pictures.get(data.name);
        if (picture?.kind !== 'picture' || data.answer !== state?.answer) return;
        void copyToClipboard(picture.url).then((ok) => {
          send({ type: 'pictureCopied', ok });
        });
        return;
      }
    }
    draw();
  });
  send({ type: 'ready' });
}

const root = document.getElementById('job');
if (root) run(root);
