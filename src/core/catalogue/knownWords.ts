import { actionNames, allActions, allActionValues } from './actions';
import { allCodes, allProducts, productLabel } from './catalogue';
import { once } from './data';

/**
 * Words of Smile ID's texts that are in no label of the catalogue: sentences of errors (API v1, v2 and v3),
 * types, sources and kinds of IDs. No word of them is a name, a number or a date.
 */
const OTHERS = [
  'no zip file failed uploaded yet saia diva system rest api webapi async ruby java python php web',
  'request requests accepted and queued for processing bad unauthorized forbidden conflict internal',
  'server invalid missing authentication credentials token required field a an unexpected occurred',
  'please try again later contact support check documentation valid test identity identities in mode',
  'recognized must still can only be replayed callback callbacks replay completed successful',
  'successfully reference found entry jobs screening potential matches identified external service',
  'services maximum allowed size mb too many large limit rate exceeded insufficient wallet balance',
  'add funds credits run more verifications payment dependency timeout did respond recorded retrieve',
  'its result status could at front classified report created link unsupported content media default',
  'configured portal cannot future access version ip prior usable country image images links key',
  'passport identity card drivers driver license voter national nin slip bvn ssnit alien cac tin',
  'nigeria ghana kenya south africa provided reserved unable confirm validity parameter header domain',
  'true false yes redacted',
  // of fraud signals
  'low device same indicator indicators',
  // words of logs: environments, causes, and errors of the language itself
  'local dns refused tls proxy reset other unsigned cannot read properties of undefined null reading',
  'function object json token position property getter constructor argument arguments expected',
];

const words = once(() => {
  const labels = allCodes().flatMap(({ code, text, altTexts, variants }) => [
    ...(/^\d/.test(code) ? [] : [code]),
    ...[{ text, altTexts }, ...variants].flatMap((one) => [one.text ?? '', ...one.altTexts]),
  ]);
  const actions = [...allActions(), ...actionNames()];
  const products = allProducts().flatMap((product) => [product, productLabel(product)]);
  return new Set(
    [...OTHERS, ...labels, ...actions, ...allActionValues(), ...products].flatMap(
      (text) => text.toLowerCase().match(/[a-z\d]+/g) ?? [],
    ),
  );
});

/** Whether a word appears in Smile ID's own labels and sentences. */
export const isKnownWord = (word: string): boolean => words().has(word.toLowerCase());
