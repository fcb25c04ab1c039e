import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  allCodes,
  explain,
  productOfApiName,
  reasonMeaningsOf,
  statusMeaningOf,
} from '../../src/core/catalogue/catalogue';
import { certaintyWords } from '../../src/core/catalogue/certaintyWords';
import { PRODUCTS, type CodeMeaning, type ProductKey } from '../../src/core/catalogue/types';
import { ROOT } from '../support/root';

/**
 * Every outcome of API v3: product as the API names it, status, reason, and where it was read. O: the specification.
 * D2: copies of the official pages. 3: third parties only. I: merely inferred.
 */
const rows = z
  .array(z.tuple([z.string(), z.string(), z.nullable(z.string()), z.string()]))
  .parse(JSON.parse(readFileSync(join(ROOT, 'test/fixtures/v3Outcomes.json'), 'utf8')))
  .map(([apiName, status, reason, source]) => ({ apiName, status, reason, source }));

const SPECIFICATION = 'smileidentity/api-reference: specs/v3/openapi.yaml (v3.952.0, 2026-09-29)';
const COPIES = 'third-party copies of the official pages on API v3 (2026-07 to 2026-10)';
const OUTCOMES: Readonly<Record<string, string>> = {
  clear: 'approved',
  attention: 'attention',
  block: 'rejected',
  error: 'error',
};

const factsOf = ({ code, kind, api, status, outcome, lifecycle, ...meaning }: CodeMeaning) => ({
  ...{ code, kind, api, status, outcome, lifecycle },
  certainty: certaintyWords(meaning),
});

describe('Reasons of API v3', () => {
  it('have one meaning for each product and status that a source names, with the certainty of that source', () => {
    for (const { apiName, status, reason, source } of rows) {
      if (reason === null || source === 'I') continue;
      const name = [apiName, status, reason].join(' ');
      const product = productOfApiName(apiName);
      assert.ok(product !== null, name);
      const [meaning, ...others] = reasonMeaningsOf(reason, product, status);
      assert.ok(meaning !== undefined && others.length === 0, name);
      assert.deepEqual(
        factsOf(meaning),
        {
          code: reason,
          kind: 'reason',
          api: 'v3',
          status,
          outcome: OUTCOMES[status],
          lifecycle: 'current',
          certainty: source.includes('D2')
            ? 'Source: official docs (partly from a copy)'
            : source.startsWith('O')
              ? 'Source: official docs'
              : 'Source: reports of integrators',
        },
        name,
      );
      assert.ok(!source.includes('D2') || meaning.sources.includes(COPIES), name);
      assert.ok(!source.startsWith('O') || meaning.sources.includes(SPECIFICATION), name);
    }
  });

  it('have no other product or status, so that what was merely inferred is unknown', () => {
    const key = (product: string | null, status: string | null, reason: string | null) =>
      [product, status, reason].join(' ');
    const named = rows
      .filter(({ reason, source }) => reason !== null && source !== 'I')
      .map(({ apiName, status, reason }) => key(productOfApiName(apiName), status, reason));
    const listed = allCodes().flatMap(({ kind, code, status, products }) =>
      kind === 'reason'
        ? products.flatMap((product) => (product === 'v3' ? [] : [key(product, status, code)]))
        : [],
    );
    // the earlier name is no outcome of today's specification
    named.push(key('one_time_aml', 'attention', 'adverse_media_match'));
    assert.deepEqual(listed.sort(), named.sort());
    const inferred = rows.filter(({ source }) => source === 'I');
    assert.deepEqual(
      inferred.flatMap(({ apiName, status, reason }) =>
        reasonMeaningsOf(reason ?? '', productOfApiName(apiName), status),
      ),
      [],
    );
    assert.equal(inferred.length, 4);
  });

  it('depend on the status where a reason comes with several', () => {
    const read = (product: ProductKey | null, status: string | null) =>
      reasonMeaningsOf('age_requirement_not_met', product, status).map(
        ({ outcome, meaning, nextStep }) => ({ outcome, meaning, nextStep }),
      );
    const caveat = {
      outcome: 'attention',
      meaning:
        'The user is younger than the age limit. Smile ID reports it as a caveat and did not block the job.',
      nextStep: 'Apply your own age rule.',
    };
    const blocked = {
      outcome: 'rejected',
      meaning: 'The user is younger than the age limit, which the message gives as 18.',
      nextStep: 'Reject, or check the date of birth if it may have been read wrongly.',
    };
    const ofKyc = { ...blocked, nextStep: 'Reject.' };
    assert.deepEqual(
      {
        attention: read('document_verification', 'attention'),
        block: read('residency_document_verification', 'block'),
        noStatus: read('document_verification', null),
        kyc: read('enhanced_kyc', 'block'),
        kycAttention: read('enhanced_kyc', 'attention'),
        otherProduct: read('smartselfie_compare', 'block'),
        noProduct: read(null, 'block'),
        nothing: read(null, null),
      },
      {
        attention: [caveat],
        block: [blocked],
        noStatus: [caveat, blocked],
        kyc: [ofKyc],
        kycAttention: [],
        otherProduct: [],
        noProduct: [blocked, ofKyc],
        nothing: [caveat, blocked, ofKyc],
      },
    );
  });

  it('say of a match of an AML check that it is rejected, and that a person must compare the hits', () => {
    assert.deepEqual(reasonMeaningsOf('aml_match_found', 'one_time_aml', 'block'), [
      {
        code: 'aml_match_found',
        kind: 'reason',
        text: 'aml_match_found',
        altTexts: [],
        products: ['one_time_aml', 'v3'],
        outcome: 'rejected',
        category: null,
        meaning:
          'Potential matches were found on a watchlist, a sanctions list or a list of politically exposed people. Smile ID therefore blocked the job.',
        nextStep:
          'A person must compare the entries of people (birth dates, nationalities, lists) before you turn anybody away: a matching name is no proof of identity.',
        resubmit: 'No: compare the matches of this job.',
        status: 'block',
        variants: [],
        certainty: 'documented',
        lifecycle: 'current',
        conflict: null,
        decidedBy: null,
        unauthorized: false,
        api: 'v3',
        checked: '2026-11',
        sources: [SPECIFICATION],
      },
    ]);
  });

  it('keep the names of earlier versions, and say that they are old', () => {
    assert.deepEqual(
      reasonMeaningsOf('adverse_media_match', 'one_time_aml', 'attention').map(
        ({ outcome, lifecycle, meaning, sources }) => ({ outcome, lifecycle, meaning, sources }),
      ),
      [
        {
          outcome: 'attention',
          lifecycle: 'old',
          meaning:
            'The earlier name of news_media_match: only news coverage was found, no list entry.',
          sources: ['smileidentity/api-reference: earlier versions of the v3 specification'],
        },
      ],
    );
  });

  it('are not taken from statuses, errors or codes', () => {
    for (const word of [
      'block',
      'error',
      'unauthorized',
      '1030',
      '2205',
      '',
      'made_up',
      'toString',
    ])
      assert.deepEqual(reasonMeaningsOf(word, null, null), [], word);
  });

  it('never call a replay another attempt', () => {
    const ofV3 = allCodes().filter(({ api }) => api === 'v3');
    for (const { code, nextStep, resubmit } of ofV3) {
      for (const sentence of `${nextStep} ${resubmit ?? ''}`.split(/(?<=\.) /)) {
        if (/replay/i.test(sentence)) {
          assert.equal(sentence, 'A replay only sends this result again.', code);
        }
      }
    }
  });
});

describe('Statuses of API v3', () => {
  it('each have an outcome, and say whether to submit again', () => {
    const known = [
      ['clear', 'approved', 'No: the job is finished.'],
      ['attention', 'attention', 'Only if the reason in the webhook allows it.'],
      ['block', 'rejected', 'Only if the reason in the webhook allows it.'],
      ['error', 'error', 'As a rule yes, after what the reason in the webhook demands.'],
      ['processing', 'pending', 'No: the job is still running.'],
      ['not_found', null, 'Only once it is certain that the job was never accepted.'],
      ['accepted', 'pending', 'No: the job is queued.'],
      ['complete', null, 'No: the job is finished.'],
    ] as const;
    assert.deepEqual(
      known.map(([status]) => {
        const meaning = statusMeaningOf(status);
        return [meaning?.code, meaning?.outcome, meaning?.resubmit];
      }),
      known,
    );
    const all = allCodes().filter(({ api, kind }) => api === 'v3' && kind === 'status');
    assert.deepEqual(
      all.map(({ code }) => code),
      known.map(([status]) => status),
    );
  });

  it('are read in any case, and as a whole meaning', () => {
    assert.deepEqual(statusMeaningOf('Accepted'), {
      code: 'accepted',
      kind: 'status',
      text: 'accepted',
      altTexts: [],
      products: ['v3'],
      outcome: 'pending',
      category: null,
      meaning: 'The request was accepted and queued (HTTP 202). This is no result.',
      nextStep: 'Wait for the webhook, or request the status.',
      resubmit: 'No: the job is queued.',
      status: null,
      variants: [],
      certainty: 'documented',
      lifecycle: 'current',
      conflict: null,
      decidedBy: null,
      unauthorized: false,
      api: 'v3',
      checked: '2026-11',
      sources: [
        SPECIFICATION,
        'smileidentity/api-reference: earlier versions of the v3 specification',
      ],
    });
  });

  it('are not those of API v2, of error responses or of HTTP, nor reasons', () => {
    for (const word of [
      'approved',
      'rejected',
      'unauthorized',
      'Bad Request',
      'high_risk',
      '',
      '2302',
    ])
      assert.equal(statusMeaningOf(word), null, word);
  });

  it('name a person who compares the hits where the job may be an AML check', () => {
    assert.match(
      statusMeaningOf('block')?.nextStep ?? '',
      /For an AML check with matches, a person must compare them first\.$/,
    );
  });
});

describe('Meanings of API v3', () => {
  it('belong to products of the catalogue, and only they say whether to submit again', () => {
    for (const meaning of allCodes()) {
      const isOfJob = meaning.api === 'v3' && meaning.kind !== 'error';
      assert.equal(meaning.resubmit !== null, isOfJob, meaning.code);
      assert.equal(meaning.status !== null, meaning.kind === 'reason', meaning.code);
    }
    assert.deepEqual(
      PRODUCTS.filter((product) => explain('high_risk', product).length > 1),
      [],
    );
  });
});
