import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { listLabels } from '../../../src/core/report/listLabels';
import { JsonObject } from '../../../src/core/smile/fields';
import { v3Outcomes } from '../../../src/node/simulator/v3Outcomes';
import { webhookOf } from '../../../src/node/simulator/v3Webhooks';
import { jobIdOfOutcome, jobIdOfSpecial } from '../../../src/node/simulator/v3Scenarios';
import { persist, useWorkbench } from '../workbench';

const SPOOF = v3Outcomes.find(
  ({ product, reason }) => product === 'biometric_kyc' && reason === 'spoof_detected',
);

describe('A job of API v3, as a user works with it', () => {
  const workbench = useWorkbench();
  const button = (panel: Frame, name: string) => panel.getByRole('button', { name, exact: true });

  before(async () => {
    await workbench().startSimulator();
  });

  afterEach(async () => {
    await workbench().runCommand('View: Close All Editors');
  });

  it('is looked up by its job ID alone; the prompt offers the other API', async () => {
    assert.ok(SPOOF);
    const jobId = jobIdOfOutcome(SPOOF);
    await workbench().runCommand('Smile ID: Get Job Status…');
    await workbench().type(jobId);
    const rows = await persistRows(
      async () => workbench().quickPickRows(),
      'API v1, with a user ID',
    );
    const once = rows.filter((row) => row.includes(jobId));
    assert.match(once[0] ?? '', /^Biometric KYC \(v3\): block, spoof_detected/);
    assert.deepEqual(once.slice(1), [`API v1, with a user ID ${jobId}`]);
    await workbench().screenshot('v3 prompt');
    await workbench().press('Enter');
    const panel = await workbench().panel('status block', jobId);
    const text = await panel.locator('body').innerText();
    assert.match(text, /Rejected/);
    assert.match(text, /never signed/);
    assert.match(text, /created .* \(read from the job ID\)/);
    assert.match(text, /A job status of API v3 has no reason, images or details/);
    assert.doesNotMatch(text, /Signature invalid|Not signed|job_complete/);
    await workbench().screenshot('v3 panel');
    await workbench().openViewContainer('Smile ID');
    const [name] = listLabels([[jobId]]);
    await workbench()
      .treeItem(new RegExp(`${name?.label}.*Rejected · now`))
      .waitFor();
  });

  it('is listed once in the prompt, although it is recent, a scenario, copied and typed', async () => {
    const jobId = jobIdOfSpecial('processing');
    const other = `${jobId.slice(0, -1)}0`;
    await workbench().lookUp(jobId, 'status processing');
    await workbench().page.evaluate((text) => navigator.clipboard.writeText(text), jobId);
    await workbench().runCommand('Smile ID: Get Job Status…');
    for (const [typed, expected] of [
      [jobId, [`${jobId} API v3 · `, `API v1, with a user ID ${jobId}`]],
      [other, [`${other} API v3, needs no user ID`, `API v1, with a user ID ${other}`]],
    ] as const) {
      await workbench().type(typed);
      await persistRows(async () => workbench().quickPickRows(), `API v1, with a user ID ${typed}`);
      const rows = (await workbench().quickPickRows()).filter((row) => row.includes(typed));
      assert.deepEqual(
        rows.map((row, at) => row.startsWith(expected[at] ?? '?')),
        [true, true],
        rows.join('\n'),
      );
    }
    await workbench().press('Escape');
  });

  it('is watched until it is decided', async () => {
    const jobId = jobIdOfSpecial('processing-3');
    const panel = await workbench().lookUp(jobId, 'status processing');
    await button(panel, 'Watch').click();
    const decided = await workbench().panel('status clear', jobId);
    await decided.getByText('Approved').first().waitFor();
  });

  it('has its webhook sent again, to an address or where it went before', async () => {
    assert.ok(SPOOF);
    const panel = await workbench().lookUp(jobIdOfOutcome(SPOOF), 'status block');
    await button(panel, 'Resend Webhook…').click();
    await workbench().enter('ftp://example.com');
    await workbench()
      .quickInput.getByText('The simulator sends to this machine only: enter an address')
      .waitFor();
    await workbench().screenshot('v3 resend webhook');
    await workbench().enter('');
    const note = await persistNote(() => workbench().notifications(), /sends the webhook again/);
    assert.match(note, /^The simulator .* If not, nothing is sent: enter an address\.$/m);
    await workbench().screenshot('v3 webhook resent');
  });

  it('says why its webhook cannot be sent again', async () => {
    const panel = await workbench().lookUp(jobIdOfSpecial('replay-no-address'), 'status clear');
    await button(panel, 'Resend Webhook…').click();
    await workbench().enter('');
    await persistNote(
      () => workbench().notifications(),
      /No address is known to send it to: enter one\./,
    );
  });

  it('is explained from its webhook without a request, and compared with its status', async () => {
    assert.ok(SPOOF);
    const jobId = jobIdOfOutcome(SPOOF);
    const body = JsonObject.parse(webhookOf(SPOOF));
    const withId = { ...body, job_id: jobId };
    await workbench().runCommand('Smile ID: Explain Response…');
    await workbench().enter(`2026-11-27 INFO webhook=${JSON.stringify(withId)} took 3 ms`);
    const pasted = await workbench().panel('Pasted response, not requested');
    const text = await pasted.locator('body').innerText();
    assert.match(text, /Not verified · The response says: Rejected/);
    assert.match(text, /reason spoof_detected/);
    assert.match(text, /Before you act on this, request the job status/);
    assert.match(text, /The signature was not checked/);
    const personal = personalValues(body);
    assert.ok(personal.length > 1);
    for (const value of personal) {
      assert.ok(!text.includes(value), `${value} is not masked`);
    }
    await workbench().screenshot('v3 pasted webhook');
    await button(pasted, 'Get Job Status').click();
    const requested = await workbench().panel('Compared', jobId);
    assert.match(await requested.locator('body').innerText(), /pasted response/);
    await workbench().screenshot('v3 compared with pasted');
    // a pasted response is kept nowhere, so its panel does not come back
    await workbench().reload();
    await workbench().tabs.filter({ hasText: jobId }).first().waitFor();
    const tabs = await workbench().tabs.allInnerTexts();
    assert.deepEqual(
      tabs.filter((tab) => tab.includes('Response')),
      [],
    );
  });

  it('is not explained from a text without a response, which says so', async () => {
    await workbench().runCommand('Smile ID: Explain Response…');
    await workbench().enter('{"name": "app", "version": "1.0.0"}');
    await persistNote(
      () => workbench().notifications(),
      /No response of Smile ID was found in this text/,
    );
  });
});

/** Values of a webhook that only its owner may see. */
function personalValues(body: JsonObject): string[] {
  return Object.values(JsonObject.parse(body.user_provided_info)).filter(
    (value): value is string => typeof value === 'string' && value.length > 3,
  );
}

async function persistRows(read: () => Promise<string[]>, wanted: string): Promise<string[]> {
  let rows: string[] = [];
  await persist(async () => {
    rows = await read();
    assert.ok(rows.some((row) => row.includes(wanted)));
  });
  return rows;
}

async function persistNote(read: () => Promise<string[]>, wanted: RegExp): Promise<string> {
  let found: string | undefined;
  await persist(async () => {
    found = (await read()).find((note) => wanted.test(note));
    assert.ok(found !== undefined);
  });
  return found ?? '';
}
