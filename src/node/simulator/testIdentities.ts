import { v3Outcome, type Outcome, type V3Product } from './v3Outcomes';

/** What user_details say of a user. */
export interface UserDetails {
  readonly given_names: string;
  readonly last_name: string;
  readonly email: string | null;
  readonly phone_number: string | null;
}

type Identity = readonly [
  lastName: string,
  givenNames: string | null,
  status: Outcome['status'],
  reason: string | null,
];

/**
 * The users that Smile ID's sandbox knows, and their results (documentation of the sandbox). Given names and email of the
 * last one are not known, so any will do.
 */
const IDENTITIES: readonly Identity[] = [
  ['Clearwater', 'Amina Fatou', 'clear', null],
  ['Dangerfield', 'Rashid Omar', 'block', 'high_risk'],
  ['Ghostwell', 'Fatima Bello', 'block', 'identifier_not_found'],
  ['Youngblood', 'Aisha Lawal', 'block', 'age_requirement_not_met'],
  ['Downsworth', 'Ngozi Ifeoma', 'error', 'service_unavailable'],
  ['Twinley', 'Obinna Chukwu', 'block', 'face_verification_failed'],
  ['Masquero', 'Taiwo Adeyemi', 'block', 'spoof_detected'],
  ['Blurton', 'Kofi Mensah', 'error', 'image_unavailable_or_invalid'],
  ['Glitchford', 'Chidinma Obi', 'error', 'internal_error'],
  ['Forgeman', 'Ade Ogundimu', 'block', 'document_check_failed'],
  ['Oddpaper', 'Olumide Fashola', 'block', 'unsupported_document'],
  ['Xeroxley', 'Adaeze Nnamdi', 'attention', 'document_copy_detected'],
  ['Oldfield', 'Tunde Bakare', 'attention', 'document_expired'],
  ['Puzzleton', 'Segun Olawale', 'error', 'document_unclassifiable'],
  ['Missingley', 'Ifeanyi Okeke', 'block', 'identifier_not_found'],
  ['Badnumber', 'Wale Oladipo', 'error', 'invalid_id_number'],
  ['Lockhart', null, 'block', 'account_locked'],
];

/** Each has an email of the first given name and the family name. */
const emailOf = (givenNames: string, lastName: string): string =>
  `${givenNames.replace(/ .*/, '')}.${lastName}@example.com`.toLowerCase();

/**
 * The result of a submission; null if the user is unknown, which the sandbox refuses. For which products an identity has
 * its result is documented in part. The simulator lets it have that result wherever the product has such a one, and
 * be clear elsewhere.
 */
export function resultOfIdentity(user: UserDetails, product: V3Product): Outcome | null {
  const identity = IDENTITIES.find(
    ([lastName, givenNames]) =>
      lastName === user.last_name &&
      (givenNames === null ||
        (givenNames === user.given_names && emailOf(givenNames, lastName) === user.email)),
  );
  if (!identity) return null;
  const [, , status, reason] = identity;
  return v3Outcome(product, status, reason);
}
