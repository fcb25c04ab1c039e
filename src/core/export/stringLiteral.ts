import type { SdkLanguage } from '../sdk/sdkLanguage';

/** A JSON string is also a string in JavaScript and Python. */
const json = (value: string): string => JSON.stringify(value);
/** Ruby and PHP: between single quotes only the quote and the backslash are special. */
const single = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;

/** A text as a string of a language. */
export const literal = (language: SdkLanguage, value: string): string =>
  language === 'ruby' || language === 'php' ? single(value) : json(value);
