import {
  allProducts,
  isEnvelopeCode,
  isKnownCode,
  productLabel,
  productsOf,
} from '../catalogue/catalogue';
import { jobTypeNear } from '../codes/productNear';
import type { ProductKey } from '../catalogue/types';
import type { ResultHandler } from './handlerAt';
import { productsWithAll, resultCodesOf } from './resultCodes';

/** How far above a handler a product may be named. */
const NAMED_WITHIN = 800;

/** By the codes alone, or among the products that have them all, the one named last above the handler. */
export function onlyProductOf(
  text: string,
  start: number,
  codes: readonly string[],
): ProductKey | null {
  const possible = productsWithAll(resultCodesAmong(codes));
  const [only, ...others] = possible;
  if (only === undefined || others.length === 0) return only ?? null;
  const lineEnd = text.indexOf('\n', start);
  const above = letters(
    text.slice(Math.max(0, start - NAMED_WITHIN), lineEnd < 0 ? undefined : lineEnd),
  );
  let named: { product: ProductKey; name: string; end: number } | null = null;
  for (const product of possible) {
    for (const name of namesOf(product)) {
      const at = above.lastIndexOf(name);
      if (at < 0) continue;
      const end = at + name.length;
      // "enhanced document verification" ends like "document verification"
      if (
        named === null ||
        end > named.end ||
        (end === named.end && name.length > named.name.length)
      ) {
        named = { product, name, end };
      }
    }
  }
  return named?.product ?? null;
}

/**
 * The products whose results a handler may get: its one product, or else all that its file names, and for codes that
 * none of these has, those that have the most of them. Empty if nothing says what is handled.
 *
 * @param text in which handlerAt() found it
 */
export function productsHandled(text: string, handler: ResultHandler): ProductKey[] {
  const { product, start, codes } = handler;
  if (product !== null) return [product];
  const documented = allProducts().map((each) => ({
    each,
    codes: new Set(resultCodesOf(each).map(({ code }) => code)),
  }));
  const named = namedIn(text, start);
  const found = new Set(
    documented
      .filter(({ each, codes: own }) => named.has(each) && own.size > 0)
      .map(({ each }) => each),
  );
  let rest = resultCodesAmong(codes);
  for (;;) {
    rest = rest.filter(
      (code) => !documented.some((one) => found.has(one.each) && one.codes.has(code)),
    );
    const counts = documented.map(({ codes: own }) => rest.filter((code) => own.has(code)).length);
    const most = Math.max(...counts);
    if (most === 0) return allProducts().filter((each) => found.has(each));
    documented.forEach(({ each }, index) => {
      if (counts[index] === most) found.add(each);
    });
  }
}

const resultCodesAmong = (codes: readonly string[]): string[] =>
  codes.filter((code) => isKnownCode(code) && !isEnvelopeCode(code));

/** The products that a text names anywhere, or by the job type around a position. */
function namedIn(text: string, position: number): ReadonlySet<ProductKey> {
  const jobType = jobTypeNear(text, position);
  const found = new Set(jobType === null ? [] : productsOf(jobType));
  let rest = letters(text);
  const names = allProducts().flatMap((product) =>
    namesOf(product).map((name) => ({ product, name })),
  );
  // the longer names first, of which others are a part
  for (const { product, name } of names.sort((one, other) => other.name.length - one.name.length)) {
    const without = rest.replaceAll(name, ' ');
    if (without.length < rest.length) found.add(product);
    rest = without;
  }
  return found;
}

const namesOf = (product: ProductKey): string[] => [
  ...new Set([letters(product), letters(productLabel(product))]),
];

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
