import { allProducts, jobTypeOf } from '../catalogue/catalogue';

/** Constants of the SDKs that are not called like their product. */
const OTHERS: readonly (readonly [string, number])[] = [
  ['SmartSelfieEnrollment', 4],
  ['AML', 10],
];

let byName: ReadonlyMap<string, number> | null = null;

/** `BIOMETRIC_KYC` (JavaScript, Ruby, Java) and `BiometricKyc` (Android), with the job type's number. */
export function jobTypeConstants(): ReadonlyMap<string, number> {
  byName ??= new Map([
    ...allProducts().flatMap((product) => {
      const jobType = jobTypeOf(product);
      if (jobType === null) return [];
      const words = product.replace('smartselfie', 'smart_selfie').split('_');
      const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      return [words.join('_').toUpperCase(), pascal].map((name) => [name, jobType] as const);
    }),
    ...OTHERS,
  ]);
  return byName;
}
