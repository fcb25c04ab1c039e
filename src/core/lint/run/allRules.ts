// Written by `npm run generate`.
import type { Rule } from '../rule';
import { rule as apiKeyInSource } from '../rules/apiKeyInSource';
import { rule as approvedAsRejected } from '../rules/approvedAsRejected';
import { rule as codeAsNumber } from '../rules/codeAsNumber';
import { rule as envelopeAsVerdict } from '../rules/envelopeAsVerdict';
import { rule as partnerIdAsNumber } from '../rules/partnerIdAsNumber';
import { rule as prefixTest } from '../rules/prefixTest';
import { rule as provisionalAsFinal } from '../rules/provisionalAsFinal';
import { rule as rejectedAsSuccess } from '../rules/rejectedAsSuccess';
import { rule as serverMismatch } from '../rules/serverMismatch';
import { rule as signatureAsHex } from '../rules/signatureAsHex';
import { rule as signatureOverBody } from '../rules/signatureOverBody';
import { rule as timestampTwice } from '../rules/timestampTwice';
import { rule as unknownCode } from '../rules/unknownCode';
import { rule as wrongImageOption } from '../rules/wrongImageOption';
import { rule as wrongSignedText } from '../rules/wrongSignedText';

export const RULES: readonly Rule[] = [
  apiKeyInSource,
  approvedAsRejected,
  codeAsNumber,
  envelopeAsVerdict,
  partnerIdAsNumber,
  prefixTest,
  provisionalAsFinal,
  rejectedAsSuccess,
  serverMismatch,
  signatureAsHex,
  signatureOverBody,
  timestampTwice,
  unknownCode,
  wrongImageOption,
  wrongSignedText,
];
