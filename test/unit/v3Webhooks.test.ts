import assert from 'node:assert/strict';
import { createdAtOf, isV3JobId } from '../../src/core/smile/typeId';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { v3BehaviorOf } from '../../src/node/simulator/v3Behaviors';
import { v3Outcome, v3Outcomes, type V3Product } from '../../src/node/simulator/v3Outcomes';
import { v3Scenarios } from '../../src/node/simulator/v3Scenarios';
import { SAMPLE_JOB, webhookOf } from '../../src/node/simulator/v3Webhooks';

const USER = {
  given_names: 'Amina Simulata',
  last_name: 'Testperson',
  email: 'amina@testperson.example',
  phone_number: '+2340000424242',
};
const TIMES = {
  created_at: '2026-01-02T03:04:05.000Z',
  completed_at: '2026-01-02T03:04:07.000Z',
};
const IDS = { job_id: SAMPLE_JOB.jobId, user_id: SAMPLE_JOB.userId };
const RECEIPT = 'https://receipts.simulator.invalid/job.pdf?token=SIMULATED';
const image = (name: string): string =>
  `https://images.simulator.invalid/${name}.jpg?X-Amz-Signature=SIMULATED`;
const IMAGES = {
  selfie_image: image('selfie'),
  id_card_image: image('card'),
  id_card_back_image: image('back'),
};
const ID_FIELDS = {
  country: 'NG',
  id_type: 'NIN',
  id_number: '00042424242',
  first_name: 'Amina Simulata',
  other_names: null,
  last_name: 'Testperson',
  full_name: 'Amina Simulata Testperson',
  date_of_birth: '1904-12-31',
  gender: 'F',
  address: '42 Simulator Street, Testville',
  phone_number: '+2340000424242',
};
const NO_FRAUD = {
  fraud_risk: { risk_level: 'low', risk_score: 7, risk_indicators: [] },
  smile_secure: { status: 'clear', suspect_users: [] },
  summary: { fraud_detected: false, fraud_sources: [] },
};

describe('The webhooks of API v3 in the simulator', () => {
  it('have for AML the hits, and neither images nor ID fields', () => {
    assert.deepEqual(webhookOf(v3Outcome('one_time_aml', 'block', 'aml_match_found')), {
      status: 'block',
      message: 'Screening completed: potential matches identified.',
      reason: 'aml_match_found',
      product: 'one_time_aml',
      ...TIMES,
      partner_params: null,
      kyc_receipt: RECEIPT,
      strict_match: true,
      no_of_persons_found: 1,
      people: [
        {
          name: 'Amina Simulata Testperson',
          addresses: [],
          aliases: [],
          associations: [],
          dates_of_birth: ['1904-12-31'],
          enforcement_actions: [],
          nationalities: [],
          sanctions: [{ list: 'Simulated list' }],
          pep: { pep_level: 2, political_positions: ['Mayor of Testville'], sources: [] },
        },
      ],
      user_provided_info: USER,
      consent: {},
      antifraud: null,
      device_signals: null,
    });
  });

  it('have for AML news in place of lists, and a score that decided alone', () => {
    const news = webhookOf(v3Outcome('one_time_aml', 'attention', 'news_media_match'));
    const risk = webhookOf(v3Outcome('one_time_aml', 'block', 'high_risk'));
    assert.deepEqual(
      [news.people, [risk.people, risk.message, risk.antifraud]],
      [
        [
          {
            name: 'Amina Simulata Testperson',
            addresses: [],
            news_summary: [
              {
                news_category: 'financial_crime',
                news_category_label: 'Financial Crime',
                number_of_articles: 2,
              },
            ],
            aliases: [],
            associations: [],
            dates_of_birth: ['1904-12-31'],
            enforcement_actions: [],
            nationalities: [],
            sanctions: [],
            pep: { pep_level: null, political_positions: [], sources: [] },
          },
        ],
        [
          [],
          'Verification failed.',
          {
            fraud_risk_level: 'high',
            fraud_risk_score: 93,
            fraud_risk_indicator_groups: ['device_risk'],
          },
        ],
      ],
    );
  });

  it('have for residency documents what documents have, and the visa', () => {
    assert.deepEqual(
      webhookOf(v3Outcome('residency_document_verification', 'attention', 'medium_risk')),
      {
        status: 'attention',
        message: 'Verification successful',
        reason: 'medium_risk',
        product: 'residency_document_verification',
        ...TIMES,
        partner_params: IDS,
        kyc_receipt: RECEIPT,
        image_links: IMAGES,
        id_fields: {
          ...ID_FIELDS,
          id_type: 'PASSPORT',
          issuance_date: '2020-01-01',
          expiration_date: '2040-01-01',
        },
        additional_documents: [
          {
            image_link: IMAGES.id_card_image,
            full_name: 'Amina Simulata Testperson',
            id_number: '00042424242',
            issued_at: 'Testville',
            issuance_date: '2026-01-01',
            expiry: { expiry_date: '2027-01-01', expiry_period_in_months: '12' },
            conditions: null,
            no_of_entries: 'multiple',
            document_primary_id: '00042424242',
          },
        ],
        user_provided_info: USER,
        consent: { schema_version: 'ISO27560-v1' },
        antifraud: {
          ...NO_FRAUD,
          fraud_risk: { risk_level: 'medium', risk_score: 55, risk_indicators: [] },
        },
        device_signals: null,
      },
    );
  });

  it('withhold what was read if a job failed, and also receipt and score if it was not carried out', () => {
    const base = { ...TIMES, user_provided_info: USER, device_signals: null };
    assert.deepEqual(
      [
        webhookOf(v3Outcome('biometric_kyc', 'block', 'spoof_detected')),
        webhookOf(v3Outcome('enhanced_kyc', 'error', 'service_unavailable')),
        webhookOf(v3Outcome('address_verification', 'block', 'name_mismatch')),
      ],
      [
        {
          ...base,
          status: 'block',
          message: 'Verification failed',
          reason: 'spoof_detected',
          product: 'biometric_kyc',
          partner_params: IDS,
          kyc_receipt: RECEIPT,
          image_links: { selfie_image: IMAGES.selfie_image },
          id_fields: null,
          consent: { schema_version: 'ISO27560-v1' },
          antifraud: NO_FRAUD,
        },
        {
          ...base,
          status: 'error',
          message: 'Error: external service unavailable.',
          reason: 'service_unavailable',
          product: 'enhanced_kyc',
          partner_params: IDS,
          kyc_receipt: null,
          id_fields: null,
          consent: { schema_version: 'ISO27560-v1' },
          antifraud: null,
        },
        {
          ...base,
          status: 'block',
          message: 'Verification failed',
          reason: 'name_mismatch',
          product: 'address_verification',
          partner_params: null,
          kyc_receipt: RECEIPT,
          consent: {},
          antifraud: null,
        },
      ],
    );
  });

  it('name the suspects of a job that is clear all the same', () => {
    const job = { ...SAMPLE_JOB, isSuspect: true, partnerParams: { order: '7' } };
    const body = webhookOf(v3Outcome('enhanced_kyc', 'clear', null), job);
    assert.deepEqual(body, {
      status: 'clear',
      message: 'Verification successful',
      reason: null,
      product: 'enhanced_kyc',
      ...TIMES,
      partner_params: { order: '7', ...IDS },
      kyc_receipt: RECEIPT,
      id_fields: ID_FIELDS,
      user_provided_info: USER,
      consent: { schema_version: 'ISO27560-v1' },
      antifraud: {
        fraud_risk: { risk_level: 'low', risk_score: 7, risk_indicators: [] },
        smile_secure: {
          status: 'attention',
          suspect_users: [{ user_id: 'another-user-of-yours', reasons: ['same-face'] }],
        },
        summary: { fraud_detected: true, fraud_sources: ['smile_secure'] },
      },
      device_signals: null,
    });
  });

  it('say for each result what the result is, with a person who does not exist', () => {
    for (const outcome of v3Outcomes) {
      const body = webhookOf(outcome);
      const { status, reason, product, message } = outcome;
      assert.deepEqual(
        { status, reason, product, message },
        {
          status: body.status,
          reason: body.reason,
          product: body.product,
          message: body.message,
        },
      );
      assert.ok(MARKERS.some((marker) => JSON.stringify(body).includes(marker)));
    }
  });
});

describe('The results of API v3 in the simulator', () => {
  const ofProduct = (product: V3Product): string[] =>
    v3Outcomes
      .filter((outcome) => outcome.product === product)
      .map(({ status, reason }) => (reason === null ? status : `${status} ${reason}`));

  it('are one for each product, status and reason, and clear without a reason', () => {
    const keys = v3Outcomes.map(({ product, status, reason }) => [product, status, reason].join());
    assert.deepEqual([keys.length, new Set(keys).size], [101, 101]);
    assert.deepEqual(
      v3Outcomes.filter(({ status, reason }) => (status === 'clear') !== (reason === null)),
      [],
    );
  });

  it('are those of the specification for One-Time AML', () => {
    assert.deepEqual(ofProduct('one_time_aml'), [
      'clear',
      'block aml_match_found',
      'attention news_media_match',
      'error service_unavailable',
      'block high_risk',
    ]);
  });

  it('have one scenario each, whose job ID is one of v3 with a time, and whose title names what is no fact', () => {
    const now = new Date('2026-06-01');
    const { length } = v3Outcomes;
    assert.deepEqual(
      v3Scenarios.slice(0, length).map(({ jobId }) => v3BehaviorOf(jobId)?.outcome),
      v3Outcomes,
    );
    for (const { jobId } of v3Scenarios) {
      assert.ok(isV3JobId(jobId) && v3BehaviorOf(jobId), jobId);
      assert.deepEqual(createdAtOf(jobId, now), SAMPLE_JOB.createdAt);
    }
    const titles = v3Scenarios.map(({ title }) => title);
    for (const title of [
      'Enhanced KYC (v3): block, identifier_not_found',
      'Address Verification (v3): clear (message inferred)',
      'AML Monitoring (v3): block, aml_match_found (not documented: inferred)',
      'Residency Document Verification (v3): error, internal_error (not documented: inferred)',
      'SmartSelfie Compare (v3): attention, medium_risk (from third-party notes)',
    ]) {
      assert.ok(titles.includes(title), title);
    }
  });

  it('keep their job IDs from one version to the next', () => {
    const { jobId } = v3Scenarios[0] ?? assert.fail();
    assert.equal(jobId, 'job_01kdyak348ethvhca8rq62m3jn');
  });
});
