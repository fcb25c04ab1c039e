import * as l10n from '../l10n';
import { endpointsOf, productLabel } from './catalogue';
import { counterpartKey } from './catalogueTexts';
import codeData from './codes.json';
import { oneOf } from './data';
import { PRODUCTS, type CodeMeaning, type ProductKey } from './types';

/**
 * What API v3 has in place of a code of API v1 and what v1 has in place of a reason of v3, a sentence each; also for a
 * status that comes without a reason. Empty unless Smile ID's own specification pairs them.
 */
export function counterpartsOf({ api, code, kind, status, products }: CodeMeaning): string[] {
  return codeData.counterparts.flatMap((pair) => {
    const codes = pair.codes.split(' ');
    const isOfCode = api === 'v1' && codes.includes(code);
    if (pair.text !== undefined) {
      const text = (): string => l10n.textOf(counterpartKey(pair.codes), pair.text);
      return isOfCode ? [l10n.t('API v3 has instead: {0}', text())] : [];
    }
    const product = oneOf(PRODUCTS, pair.product);
    if (isOfCode && products.includes(product)) {
      return [
        pair.reason === undefined
          ? l10n.t('In API v3, for {0}: status {1}.', productLabel(product), pair.status)
          : l10n.t(
              'In API v3, for {0}: status {1} with the reason {2}.',
              ...[productLabel(product), pair.status, pair.reason],
            ),
      ];
    }
    const isOfV3 =
      pair.reason === undefined
        ? api === 'v3' && kind === 'status' && code === pair.status
        : kind === 'reason' && code === pair.reason && status === pair.status;
    return isOfV3 && (kind === 'status' || products.includes(product))
      ? [l10n.t('In API v1, for {0}: ResultCode {1}.', productLabel(product), codes.join(', '))]
      : [];
  });
}

/** Where API v3 takes the jobs of a product, as a sentence; null if v3 does not have it. */
export function endpointNote(product: ProductKey): string | null {
  const endpoints = endpointsOf(product);
  return endpoints.length === 0
    ? null
    : l10n.t('In API v3, for {0}: POST {1}.', productLabel(product), endpoints.join(', '));
}
