import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { render } from 'lit';
import { jobView, type Pictures } from './jobView';
import type { HostMessage, PageMessage, PanelState } from './protocol';

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  setState(state: unknown): void;
};

/** The page of a job panel: draws the state that the extension sends, and sends back what is clicked. */
function run(root: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  const send = (message: PageMessage): void => {
    vscode.postMessage(message);
  };
  let state: PanelState | null = null;
  let pictures: Pictures = new Map();
  let copied: string | null = null;

  const draw = (): void => {
    if (state) render(jobView({ state, pictures, copied, send, copy, reveal }), root);
  };
  const copy = (what: Extract<PageMessage, { type: 'copy' }>['what']): void => {
    send({ type: 'copy', what });
    copied = what;
    draw();
    setTimeout(() => {
      copied = null;
      draw();
    }, 1500);
  };
  const reveal = (name: string): void => {
    const picture = pictures.get(name);
    if (picture?.kind !== 'picture') return;
    pictures.set(name, { ...picture, revealed: !picture.revealed });
    draw();
  };
  /** Pictures belong to one answer: those of an older one are dropped, those of a new one asked for. */
  const takePictures = (next: PanelState): void => {
    for (const picture of pictures.values()) {
      if (picture.kind === 'picture') URL.revokeObjectURL(picture.url);
    }
    pictures = new Map();
    for (const name of next.report?.pictures ?? []) {
      pictures.set(name, { kind: 'loading' });
      send({ type: 'picture', name });
    }
  };

  window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
    if (data.type === 'state') {
      vscode.setState(data.saved);
      if (state?.answer !== data.state.answer) takePictures(data.state);
      state = data.state;
    } else if (data.answer === state?.answer) {
      const { name, picture } = data;
      if (picture.kind === 'picture') {
        const bytes = new Uint8Array(picture.bytes);
        const url = URL.createObjectURL(new Blob([bytes], { type: picture.type }));
        pictures.set(name, { kind: 'picture', url, size: bytes.length, revealed: false });
      } else {
        pictures.set(name, picture);
      }
    }
    draw();
  });
  send({ type: 'ready' });
}

const root = document.getElementById('job');
if (root) run(root);
