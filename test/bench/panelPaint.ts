import type { Frame } from 'playwright-core';
import { Workbench } from '../ui/workbench';
import { median, quantile, type Figure } from './figure';

/** The job panel in a real VS Code in a real browser, which paints without a graphics card here. */
export async function panelPaint(): Promise<Figure[]> {
  const workbench = await Workbench.open();
  try {
    await workbench.openViewContainer('Smile ID');
    await workbench.runCommand('Smile ID: Start Local Simulator');
    await workbench.page.getByText('Smile ID: local · Local simulator').waitFor();
    const panel = await workbench.lookUp('everything', 'Personal details');
    await allowNames(panel);
    const paints: number[] = [];
    for (let round = 0; round < 5; round += 1) paints.push(await paintAfterResponse(panel));
    const opened = await firstPaint(panel);
    const long = await workbench.lookUp('history-1000', '1000 entries');
    await allowNames(long);
    const frames = await scrollFrames(long);
    return [
      {
        name: 'the panel with 200 history entries and 6 images, response to paint',
        value: median(paints),
        unit: 'ms',
        budget: 300,
      },
      {
        name: 'the same panel, opening its page to first paint',
        value: opened,
        unit: 'ms',
        budget: 300,
      },
      {
        name: 'scrolling 1,000 history entries, time of a frame, 95th percentile',
        value: quantile(frames, 0.95),
        unit: 'ms',
        budget: 34,
      },
    ];
  } finally {
    await workbench.close();
  }
}

/** tsx has functions keep their names with a function of its own, which the page does not have. */
const allowNames = (panel: Frame): Promise<unknown> =>
  panel.evaluate('globalThis.__name = (named) => named');

/** Milliseconds from the message with a new response until what it changed is on the screen. */
async function paintAfterResponse(panel: Frame): Promise<number> {
  const painted = panel.evaluate(
    () =>
      new Promise<number>((done) => {
        let begun = 0;
        let version = -1;
        const take = ({
          data,
        }: MessageEvent<{ type: string; state?: { version: number } }>): void => {
          if (data.type === 'history' && begun === 0) begun = performance.now();
          if (data.type !== 'state' || !data.state) return;
          if (version < 0) version = data.state.version;
          if (begun === 0 || data.state.version === version) return;
          window.removeEventListener('message', take);
          // The second frame begins when the first has been painted.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              done(performance.now() - begun);
            }),
          );
        };
        window.addEventListener('message', take);
      }),
  );
  await panel.getByText('Refresh', { exact: true }).click();
  return await painted;
}

const firstPaint = (panel: Frame): Promise<number> =>
  panel.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);

/** Milliseconds between frames while the history scrolls from end to end. */
const scrollFrames = (panel: Frame): Promise<number[]> =>
  panel.evaluate(async () => {
    const list = document.querySelector('.timeline');
    if (!list) throw new Error('There is no history.');
    const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const times: number[] = [];
    let last = await frame();
    for (let step = 0; step < 120; step += 1) {
      list.scrollTop = (list.scrollHeight * step) / 120;
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  });
