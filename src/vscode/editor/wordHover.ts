/** What explains words other than codes, for one late import(). */
export { sdkHover } from './sdkHover';
export { termHover } from './termHover';
