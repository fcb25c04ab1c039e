import type { Locator } from 'playwright-core';

/** Red, green and blue, and how opaque they are; each from 0 to 1. */
type Color = readonly [number, number, number, number];

/**
 * How much the text of a button stands out from what is behind it (WCAG 2.2, contrast ratio). axe cannot tell for text
 * in a slot of a component.
 */
export async function contrastOf(button: Locator): Promise<number> {
  const [text, behind, page] = await button.evaluate((element) => {
    const { color, backgroundColor } = getComputedStyle(
      element.shadowRoot?.querySelector('.base') ?? element,
    );
    return [color, backgroundColor, getComputedStyle(document.body).backgroundColor];
  });
  return contrastBetween(text, behind, page);
}

/** The same for colors as CSS writes them, each above the next one. */
export function contrastBetween(text = '', behind = '', page = behind): number {
  const background = over(colorOf(behind), colorOf(page));
  const [light = 0, dark = 0] = [
    luminance(background),
    luminance(over(colorOf(text), background)),
  ].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

/** Of `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`. */
function colorOf(css = ''): Color {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [red / 255, green / 255, blue / 255, opacity];
}

function over([red, green, blue, opacity]: Color, [red2, green2, blue2]: Color): Color {
  const mix = (one: number, other: number): number => one * opacity + other * (1 - opacity);
  return [mix(red, red2), mix(green, green2), mix(blue, blue2), 1];
}

function luminance([red, green, blue]: Color): number {
  const linear = (part: number): number =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
