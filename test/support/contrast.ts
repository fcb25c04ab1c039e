/** Red, green and blue, and how opaque they are; each from 0 to 1. */
export type Color = readonly [number, number, number, number];

/** Of `#0a1b2c`, `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)` or `color(srgb 0.1 0.2 0.3 / 0.5)`. */
export function colorOf(css = ''): Color {
  if (css.startsWith('#')) {
    const parts = [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16) / 255);
    return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0, 1];
  }
  const [red = 0, green = 0, blue = 0, opacity = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  const most = css.startsWith('color(') ? 1 : 255;
  return [red / most, green / most, blue / most, opacity];
}

/** What is seen of a color over an opaque one. */
export function over([red, green, blue, opacity]: Color, [red2, green2, blue2]: Color): Color {
  const mix = (one: number, other: number): number => one * opacity + other * (1 - opacity);
  return [mix(red, red2), mix(green, green2), mix(blue, blue2), 1];
}

/** The contrast ratio of WCAG 2.2, of two opaque colors: from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Color): number {
  const linear = (part: number): number =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
