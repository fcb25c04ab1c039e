/**
 * Renders the drawings beside this file to drawings.ts: `node src/node/simulator/drawings/draw.mjs`.
 * Needed only after an SVG was changed. The images are kept as base64 text because that is the one form
 * that the bundler, the test runner and the type checker all load alike.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';

/** Between them one image in each format that a viewer must know. */
const IMAGES = [
  { name: 'selfie', width: 480, height: 600, type: 'image/webp', quality: 0.4 },
  { name: 'idPhoto', width: 240, height: 300, type: 'image/jpeg', quality: 0.5 },
  { name: 'cardFront', width: 640, height: 404, type: 'image/png', colors: 13 },
  { name: 'cardBack', width: 640, height: 404, type: 'image/png', colors: 6 },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
let entries = '';
for (const { name, width, height, type, quality, colors } of IMAGES) {
  const file = `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.svg`;
  const svg = await readFile(new URL(file, import.meta.url), 'base64');
  const drawn = await page.evaluate(
    async (job) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${job.svg}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = job.width;
      canvas.height = job.height;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0, job.width, job.height);
      return job.type === 'image/png'
        ? Array.from(context.getImageData(0, 0, job.width, job.height).data)
        : canvas.toDataURL(job.type, job.quality).split(',')[1];
    },
    { svg, width, height, type, quality },
  );
  const bytes =
    typeof drawn === 'string'
      ? Buffer.from(drawn, 'base64')
      : palettePng(drawn, width, height, colors);
  console.log(`${name} ${type} ${bytes.length} bytes`);
  entries += `  ${name}: {\n    type: '${type}',\n    base64:\n      '${bytes.toString('base64')}',\n  },\n`;
}
await browser.close();
await writeFile(
  new URL('drawings.ts', import.meta.url),
  `/** Made by draw.mjs from the SVG files beside it; do not edit. */\nexport const DRAWINGS = {\n${entries}} as const;\n`,
);

/** A PNG with at most 4 or 16 colors: the most frequent ones that are not almost alike. */
function palettePng(rgba, width, height, colors) {
  const bits = colors <= 4 ? 2 : 4;
  const counts = new Map();
  for (let at = 0; at < rgba.length; at += 4) {
    const color = (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const distance = (a, b) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const palette = [];
  for (const [color] of [...counts].sort((a, b) => b[1] - a[1])) {
    if (palette.length < colors && palette.every((other) => distance(color, other) > 900)) {
      palette.push(color);
    }
  }
  const nearest = new Map();
  for (const color of counts.keys()) {
    const index = palette.reduce(
      (best, other, at) => (distance(color, other) < distance(color, palette[best]) ? at : best),
      0,
    );
    nearest.set(color, index);
  }
  const rowBytes = Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const index = nearest.get((rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2]);
      rows[y * (rowBytes + 1) + 1 + ((x * bits) >> 3)] |= index << (8 - bits - ((x * bits) & 7));
    }
  }
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
