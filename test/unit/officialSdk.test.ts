import assert from 'node:assert/strict';
import https from 'node:https';
import fc from 'fast-check';
import { Signature, Utilities } from 'smile-identity-core';
import { sign, verify } from '../../src/core/smile/signature';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';

describe('The official SDK', () => {
  it('makes the signatures that we make, and each side accepts the other one', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
    const partner = fc.oneof(fc.stringMatching(/^0{0,3}[1-9]\d{0,6}$/), text);
    const time = fc
      .date({
        min: new Date('1970-01-01'),
        max: new Date('9999-12-31'),
        noInvalidDate: true,
      })
      .chain((date) => {
        const iso = date.toISOString();
        // as JavaScript, Python, PHP and Ruby write it
        return fc.constantFrom(
          iso,
          iso.replace('Z', '000+00:00'),
          iso.replace(/\.\d+Z/, '+00:00'),
          iso.replace('T', ' ').replace(/\.\d+Z/, ' +0000'),
        );
      });
    await fc.assert(
      fc.asyncProperty(text, partner, time, async (key, partnerId, timestamp) => {
        const theirs = new Signature(partnerId, key);
        const made = theirs.generate_signature(timestamp);
        const ours = await sign(key, partnerId, timestamp);
        assert.deepEqual(made, ours);
        assert.equal(theirs.confirm_signature(timestamp, ours.signature), true);
        assert.equal(await verify(key, partnerId, { timestamp, signature: made.signature }), true);
      }),
      { numRuns: 1000 },
    );
  });

  describe('with the simulator over https', () => {
    let simulator: Simulator;
    let server: string;
    const trusted = https.globalAgent.options.ca;

    before(async () => {
      const tls = await makeCertificate();
      https.globalAgent.options.ca = tls.cert;
      simulator = await startSimulator({ tls });
      server = simulator.url;
    });

    after(async () => {
      https.globalAgent.options.ca = trusted;
      https.globalAgent.destroy();
      await simulator.stop();
    });

    const asSdk = (apiKey = SIMULATOR_API_KEY): Utilities =>
      new Utilities(SIMULATOR_PARTNER_ID, apiKey, server);

    it('gets an approved job, and accepts the signature of the response', async () => {
      const response: unknown = await asSdk().get_job_status('user-1', 'approved');
      assert.deepEqual(essence(response), {
        code: '0810',
        jobId: 'approved',
        userId: 'user-1',
        history: undefined,
        images: undefined,
      });
    });

    it('gets images and history by its own option names', async () => {
      const response: unknown = await asSdk().get_job_status('user-1', 'biometric-kyc', {
        return_images: true,
        return_history: true,
      });
      assert.deepEqual(essence(response), {
        code: '1210',
        jobId: 'biometric-kyc',
        userId: 'user-1',
        history: 8,
        images: ['selfie_image', 'id_photo_image'],
      });
    });

    it('fails with the code and text of Smile ID when it has the wrong key', async () => {
      await assert.rejects(
        asSdk('another key').get_job_status('user-1', 'approved'),
        isAxiosError(400, { error: 'You are not authorized to do that', code: '2205' }),
      );
    });

    it('fails in the same way when the job is one that is never authorized', async () => {
      await assert.rejects(
        asSdk().get_job_status('user-1', 'unauthorized'),
        isAxiosError(400, { error: 'You are not authorized to do that', code: '2205' }),
      );
    });

    it('rejects a response whose signature was tampered with', async () => {
      await assert.rejects(asSdk().get_job_status('user-1', 'tampered-signature'), {
        message: 'Unable to confirm validity of the job_status response',
      });
    });
  });
});

function field(value: unknown, ...path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  return field(Object.entries(value).find(([key]) => key === name)?.[1], ...rest);
}

function essence(response: unknown) {
  const history = field(response, 'history');
  const images = field(response, 'image_links');
  return {
    code: field(response, 'result', 'ResultCode'),
    jobId: field(response, 'result', 'PartnerParams', 'job_id'),
    userId: field(response, 'result', 'PartnerParams', 'user_id'),
    history: Array.isArray(history) ? history.length : history,
    images: typeof images === 'object' && images ? Object.keys(images) : images,
  };
}

function isAxiosError(status: number, data: unknown): (error: unknown) => boolean {
  return (error) => {
    const seen = {
      name: field(error, 'name'),
      status: field(error, 'response', 'status'),
      data: field(error, 'response', 'data'),
    };
    assert.deepEqual(seen, { name: 'AxiosError', status, data });
    return true;
  };
}
