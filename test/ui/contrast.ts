import type { Frame, Locator } from 'playwright-core';
import { colorOf, contrast, over, type Color } from '../support/contrast';

/** A text or an icon of a page, and what is behind it, the nearest first. */
interface Painted {
  readonly what: string;
  readonly isIcon: boolean;
  readonly color: string;
  readonly behind: readonly string[];
}

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
  return contrast(over(colorOf(text), background), background);
}

/**
 * The texts of a page below a contrast of 4.5, and the icons below 3. Leaves out what cannot be used now, which WCAG
 * does, too, and what is on an image.
 */
export async function faint(panel: Frame): Promise<Record<string, number>> {
  await panel.evaluate('globalThis.__name = (named) => named'); // what tsx puts around functions
  const painted = await panel.evaluate((): Painted[] => {
    const parentOf = (element: Element): Element | null => {
      const root = element.getRootNode();
      return (
        element.assignedSlot ??
        element.parentElement ??
        (root instanceof ShadowRoot ? root.host : null)
      );
    };
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    return all(document.body).flatMap((element): Painted[] => {
      const isIcon = element.classList.contains('codicon');
      const own = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ textContent }) => textContent?.trim() ?? '')
        .join(' ')
        .trim();
      if (!isIcon && own === '') return [];
      if (element.tagName === 'STYLE' || !element.checkVisibility({ visibilityProperty: true }))
        return [];
      if (element.closest('.sr-only, option')) return [];
      // text in a component has the color of the slot that shows it
      const slot = element.shadowRoot?.querySelector('slot:not([name])');
      const behind: string[] = [];
      for (let at: Element | null = slot ?? element; at; at = parentOf(at)) {
        if (at.getAttribute('aria-disabled') === 'true') return [];
        behind.push(getComputedStyle(at).backgroundColor);
      }
      const { color } = getComputedStyle(slot ?? element, isIcon ? '::before' : undefined);
      const name = isIcon ? element.className : own.slice(0, 40);
      const near = element.closest('[class]:not(.codicon)')?.className ?? '';
      return [{ what: `${name} in ${near}`, isIcon, color, behind }];
    });
  });
  if (painted.length === 0) throw new Error('The page shows nothing.');
  const found = painted.flatMap(({ what, isIcon, color, behind }): [string, number][] => {
    const background = behind
      .map(colorOf)
      .reduceRight<Color>((below, layer) => over(layer, below), [1, 1, 1, 1]);
    const ratio = contrast(over(colorOf(color), background), background);
    return ratio < (isIcon ? 3 : 4.5) ? [[what, Math.round(ratio * 100) / 100]] : [];
  });
  return Object.fromEntries(found);
}
