/** The one person in the simulator's responses. Invented; the number is in no register's range. */
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

/** The further fields that an ID authority may return. */
export const MORE_OF_PERSON = {
  Title: 'Dr',
  OtherNames: PERSON.OtherName,
  Nationality: 'Nigerian',
  Occupation: 'Test person',
  PlaceOfBirth: 'Testville',
  CountryOfBirth: 'Nigeria',
  RegionOfOrigin: 'Simulated Region',
  LocalAreaOfOrigin: 'Testville West',
  PlaceOfIssuance: 'Testville',
  IssuanceDate: '2020-01-01',
  ExpirationDate: '2040-01-01',
  DateOfDeath: 'Not Available',
  IsAlive: true,
  IDStatus: 'Active',
  SecondaryIDNumber: `${PERSON.IDNumber}-2`,
  PhoneNumber2: '',
} as const;

/**
 * Texts that occur in the simulator's responses and should be nowhere else: searching a disk or a log for
 * them shows whether personal data got there. All people in the responses are called Testperson.
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
