import assert from 'node:assert/strict';
import {
  detailSectionsOf,
  isMasked,
  type DetailEntry,
  type DetailSection,
} from '../../src/core/report/personalReport';
import type { JsonObject } from '../../src/core/smile/fields';
import { personalDetailsOf, type PersonalDetails } from '../../src/core/report/personalDetails';
import { MARKERS, PERSON } from '../../src/node/simulator/testPerson';
import { redactSteps } from '../../src/core/redact';
import { scenarioOutcomes } from '../support/scenarioOutcomes';
import { resultOf } from '../support/steps';

const entriesOf = (sections: readonly DetailSection[]): DetailEntry[] => {
  const all = (entry: DetailEntry): DetailEntry[] => [entry, ...entry.children.flatMap(all)];
  return sections.flatMap(({ entries }) => entries.flatMap(all));
};

/** A line as text, with those below it. */
function lineOf({ label, value, masked, children }: DetailEntry): string {
  const below = children.length === 0 ? '' : ` (${children.map(lineOf).join(', ')})`;
  return `${label}: ${masked ? '***' : (value ?? '')}${below}`;
}
const PERSON_LINE = 'Person 1:  (Associations:  (Entry 1: ***, Entry 2:  (Field 1: ***)))';

describe('Personal details as they are shown', () => {
  const details = new Map<string, PersonalDetails>();
  before(async () => {
    for (const [jobId, outcome] of await scenarioOutcomes()) {
      if (outcome.kind === 'answered') details.set(jobId, personalDetailsOf(outcome.raw));
    }
  });

  const of = (jobId: string): PersonalDetails => {
    const found = details.get(jobId);
    assert.ok(found, jobId);
    return found;
  };

  it('contain no personal value while they are masked', () => {
    for (const [jobId, found] of details) {
      const shown = JSON.stringify(detailSectionsOf(found, new Set()));
      for (const marker of MARKERS) {
        assert.ok(!shown.includes(marker), `${jobId}: ${marker}`);
      }
    }
  });

  it('name every line by its place alone, so that no two are revealed at once', () => {
    for (const [jobId, found] of details) {
      const ids = entriesOf(detailSectionsOf(found, 'all')).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, jobId);
      assert.ok(
        ids.every((id) => /^\d+(\.\d+)+$/.test(id)),
        jobId,
      );
    }
  });

  it('show one value when one is revealed, and every one when all are', () => {
    const found = of('enhanced-kyc');
    const masked = entriesOf(detailSectionsOf(found, new Set())).filter((entry) => entry.masked);
    const [first] = masked;
    assert.ok(first);
    const one = entriesOf(detailSectionsOf(found, new Set([first.id])));
    const values = one.filter(({ id }) => masked.some((entry) => entry.id === id));
    assert.deepEqual(
      values.filter(({ value }) => value !== null).map(({ id, label }) => ({ id, label })),
      [{ id: first.id, label: first.label }],
    );
    const all = detailSectionsOf(found, 'all');
    assert.equal(isMasked(all), false);
    assert.ok(JSON.stringify(all).includes(PERSON.IDNumber));
  });

  it('show company, directors and owners of a business, and the people of an AML check', () => {
    const titles = (jobId: string): string[] =>
      detailSectionsOf(of(jobId), new Set()).map(({ title }) => title);
    const business = titles('business-verification');
    for (const title of ['Company', 'Directors', 'Beneficial owners']) {
      assert.ok(business.includes(title), title);
    }
    assert.deepEqual(
      titles('aml-check').filter((title) => title === 'AML'),
      ['AML'],
    );
  });

  it('contain no key of a map that is not ours, and no unknown check, until it is revealed', () => {
    const sections = (revealed: ReadonlySet<string> | 'all'): unknown =>
      detailSectionsOf(
        personalDetailsOf({
          result: {
            FullName: 'Ada',
            '70000008953': { 'ada@example.com': 'x' },
            FullData: { DOB: '1990-01-01', Ada: 'yes' },
            people: [{ associations: ['Bob', { Bob: 1 }] }],
            Actions: { Liveness_Check: 'Passed', DOB: '1990-01-01', Ada: 'Passed' },
          },
        }),
        revealed,
      ).map(({ title, entries }) => [title, entries.map(lineOf)]);
    assert.deepEqual(sections(new Set(['3.1'])), [
      ['ID fields', ['Full name: ***']],
      ['AML', ['People found: Not provided', 'Strict match: Not provided', PERSON_LINE]],
      ['Unknown checks', ['Date of birth: ***', 'Field 2: ***']],
      ['Full data', ['DOB: ***', 'Ada: yes', 'Field 3: *** (Field 1: ***)']],
    ]);
    assert.deepEqual(
      isMasked(detailSectionsOf(personalDetailsOf({ result: { Ada: {} } }), 'all')),
      false,
    );
  });

  it('mask exactly what redacted JSON hides of a result: country and ID type are open, missing values too', () => {
    const result = {
      FullName: 'Ada',
      Country: 'NG',
      IDType: 'NIN',
      IDNumber: '00000000000',
      Address: 'Not Available',
      PhoneNumber: '',
      Email: 'N/A',
    };
    const shown = (raw: JsonObject) =>
      entriesOf(detailSectionsOf(personalDetailsOf(raw), new Set())).flatMap(({ label, masked }) =>
        masked ? [label] : [],
      );
    const hidden = ['Full name', 'ID number'];
    assert.deepEqual(
      [
        shown({ result }),
        shown({ id_fields: { full_name: 'Ada', country: 'NG', id_type: 'NIN' } }),
      ],
      [hidden, ['Full name']],
    );
    assert.deepEqual(
      resultOf(
        redactSteps({
          result,
          id_fields: {
            country: 'NG',
            full_name: 'Ada',
            user_id: 'ada',
            code: '1234',
            history: [{}],
          },
        }),
      ),
      {
        result: { ...result, FullName: '[redacted]', IDNumber: '[redacted]' },
        id_fields: {
          ...{ country: 'NG', full_name: '[redacted]', user_id: '[redacted]' },
          ...{ code: '[redacted]', history: '[redacted]' },
        },
      },
    );
  });

  it('leave unmasked what does not identify a person: whether fraud was detected, and why', () => {
    const section = detailSectionsOf(of('antifraud'), new Set()).find(
      ({ title }) => title === 'Antifraud',
    );
    assert.deepEqual(section?.entries.map(lineOf), [
      'Fraud detected: yes',
      'Smile Secure: 5211 Suspect Users Found',
      'Source: smile_secure',
      'Suspect user: *** (Reason: same face, Reason: same ID number)',
      'Suspect user: *** (Reason: same face)',
    ]);
  });

  it('show the risk of API v3 in both of its forms, without a flag that was not sent', () => {
    const shown = (antifraud: JsonObject): unknown =>
      detailSectionsOf(personalDetailsOf({ antifraud }), new Set()).map(({ entries }) =>
        entries.map(({ label, value, masked }) => [label, masked ? 'masked' : value]),
      );
    const nested = {
      fraud_risk: { risk_level: 'high', risk_score: 94, risk_indicators: ['device_risk', 'Ada'] },
      smile_secure: { status: 'attention', suspect_users: [{ user_id: 'ada', reasons: [] }] },
      summary: { fraud_detected: true, fraud_sources: ['fraud_risk'] },
    };
    const flat = {
      fraud_risk_level: 'high',
      fraud_risk_score: 92,
      fraud_risk_indicator_groups: ['device_risk'],
    };
    assert.deepEqual(
      [nested, flat, { SuspectUsers: [{ user_id: 'ada' }] }, { summary: {} }].map(shown),
      [
        [
          [
            ['Fraud detected', 'yes'],
            ['Fraud risk', 'high'],
            ['Fraud risk score', '94'],
            ['Fraud risk indicator', 'device_risk'],
            ['Fraud risk indicator', 'masked'],
            ['Smile Secure', 'attention'],
            ['Source', 'fraud_risk'],
            ['Suspect user', 'masked'],
          ],
        ],
        [
          [
            ['Fraud risk', 'high'],
            ['Fraud risk score', '92'],
            ['Fraud risk indicator', 'device_risk'],
          ],
        ],
        [[['Suspect user', 'masked']]],
        [[['Fraud detected', 'Not provided']]],
      ],
    );
  });
});
