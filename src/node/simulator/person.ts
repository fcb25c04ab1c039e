/** The one person in the simulator's answers. Invented; the number is in no register's range. */
export const PERSON = {
  FullName: 'Amina Simulata Testperson',
  FirstName: 'Amina',
  LastName: 'Testperson',
  OtherName: 'Simulata',
  DOB: '1904-12-31',
  Gender: 'Female',
  IDNumber: '00042424242',
  PhoneNumber: '+2340000424242',
  Email: 'amina@testperson.example',
  Address: '42 Simulator Street, Testville',
} as const;

/**
 * Texts that occur in the simulator's answers and should be nowhere else: searching a disk or a log for
 * them shows whether personal data got there. All people in the answers are called Testperson.
 */
export const MARKERS: readonly string[] = [
  'Testperson',
  PERSON.OtherName,
  PERSON.DOB,
  PERSON.IDNumber,
  PERSON.PhoneNumber,
  PERSON.Email,
  PERSON.Address,
];
