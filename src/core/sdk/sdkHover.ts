/** All that a hover on names of the SDKs needs, for one late import(); mayBeSdkName comes before it. */
export { describeSdkName, type SdkNameDescription } from './describeSdkName';
export { sdkFileOf, sdkOf, type SdkFile } from './sdkFile';
export { sdkNameAt, type SdkNameSpan } from './sdkNameAt';
