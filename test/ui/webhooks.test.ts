import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '../../src/core/smile/signature';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { jobIdOfOutcome } from '../../src/node/simulator/v3Scenarios';
import { v3Outcomes } from '../../src/node/simulator/v3Outcomes';
import { freeAddress } from '../support/stubServer';
import { persist, THEMES, useWorkbench } from './workbench';

const SPOOF = v3Outcomes.find(
  ({ product, reason }) => product === 'biometric_kyc' && reason === 'spoof_detected',
);
/** A callback of API v1, signed as the simulator's partner. */
async function signedBody(jobId: string, result: Readonly<Record<string, unknown>>, time: string) {
  const { signature } = await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, time);
  return JSON.stringify({
    PartnerParams: { user_id: 'user-1', job_id: jobId, job_type: 1 },
    SmileJobID: '0000000001',
    ...result,
    timestamp: time,
    signature,
  });
}

/** What came as `text/html`. */
const NOT_READABLE = /#\d+ Not signed.*not application\/json/;
const PROVISIONAL = {
  ResultCode: '0815',
  ResultText: 'Provisional Enroll - Compare Unsure',
  IsFinalResult: 'false',
  Actions: { Human_Review_Compare: 'Sent to Human Review' },
};

describe('Webhooks, as a user works with them', () => {
  const workbench = useWorkbench();
  const recentJobs = () => workbench().page.getByRole('button', { name: 'Recent Jobs Section' });
  const rows = () => workbench().page.getByRole('treeitem');
  const row = (text: string | RegExp) => rows().filter({ hasText: text }).first();
  const own = { status: 404 };
  const endpoint = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url === '/hook' ? 204 : own.status;
    response.end(own.status === 404 ? 'Cannot POST' : 'of my handler');
  });
  const endpointUrl = (path: string): string =>
    `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}${path}`;
  let receiver = '';
  const deliver = async (body: string, type = 'application/json'): Promise<number> =>
    (await fetch(receiver, { method: 'POST', body, headers: { 'content-type': type } })).status;

  before(async () => {
    await workbench().startSimulator();
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  });

  after(() => {
    endpoint.close();
  });

  it('are received from the simulator, without an account, and shown by job', async () => {
    assert.ok(SPOOF);
    await workbench().openViewContainer('Smile ID');
    await workbench().page.getByText('Start Webhook Receiver').first().waitFor();
    await workbench().screenshot('webhooks welcome');
    await workbench().runCommand('Smile ID: Start Webhook Receiver');
    await workbench().page.getByText('No webhook yet.').waitFor();
    await workbench()
      .page.getByText(/^The webhook receiver runs on port \d+/)
      .waitFor();
    await workbench().screenshot('webhooks none yet');
    await workbench().runCommand('Notifications: Clear All Notifications');
    await recentJobs().click(); // more room for the list
    await workbench().runCommand('Smile ID: Simulate a Job…');
    await workbench().type(jobIdOfOutcome(SPOOF));
    await workbench().press('Enter');
    await workbench().pick('The Webhook Receiver of This Window');
    await row(/#\d+ Rejected/).waitFor();
    await row(/now · v3 · signed by Local simulator/).waitFor();
    await workbench().screenshot('webhooks received');
  });

  it('open in the job panel, marked as received, and are compared with the job status', async () => {
    await row(/#\d+ Rejected/).click();
    const panel = await workbench().panel('Webhook #1, received at');
    assert.match(await panel.locator('body').innerText(), /reason spoof_detected/);
    await workbench().screenshot('webhook panel');
    await panel.getByRole('button', { name: 'Get Job Status', exact: true }).click();
    const compared = await workbench().panel('Compared');
    await persist(async () => {
      assert.match(
        await compared.locator('body').innerText(),
        /status of API v3, with details of webhook #1.*never signed/s,
      );
    });
    await compared.getByText(/are from webhook #1.*Its signature does not cover them/).waitFor();
    // nothing of a webhook is fetched before the user wants that
    await compared.getByRole('button', { name: 'Show images' }).waitFor();
    await workbench().screenshot('webhook compared');
    await workbench().runCommand('View: Close All Editors');
  });

  it('that come again are counted, and one with a reused signature is an alarm', async () => {
    await workbench().runCommand('Smile ID: Copy Address of the Webhook Receiver');
    await persist(async () => {
      receiver = await workbench().page.evaluate(() => navigator.clipboard.readText());
      assert.match(receiver, /^http:\/\/127\.0\.0\.1:\d+\/[\da-f]{32}$/);
    });
    const time = new Date().toISOString();
    const provisional = await signedBody('kyc-with-review', PROVISIONAL, time);
    for (let count = 0; count < 3; count += 1) await deliver(provisional);
    await row(/#\d+ Provisional/).waitFor();
    await row(/try 3/).waitFor();
    await row('Final webhook outstanding').waitFor();
    await row('1 of 2 callbacks').waitFor();
    await workbench().chooseFromTreeMenu(/kyc-with-review/, 'Copy Job ID');
    await persist(async () => {
      const copied = await workbench().page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, 'kyc-with-review');
    });
    await workbench().chooseFromTreeMenu(/kyc-with-review/, 'Get Job Status');
    await workbench().panel('kyc-with-review');
    await workbench().runCommand('View: Close All Editors');
    const later = new Date(Date.now() - 60_000).toISOString();
    await deliver(await signedBody('forged', { ResultCode: '0811' }, later));
    await deliver(await signedBody('forged', { ResultCode: '0810' }, later));
    await row(/#\d+ Signature reused/).waitFor();
  });

  it('that are not verified or cannot be read stay folded, and open as a redacted text', async () => {
    const forged = await signedBody('other', { ResultCode: '0810' }, new Date(0).toISOString());
    await deliver(forged.replace(/"signature":"[^"]+/, '"signature":"AAAA'));
    await deliver('{"ResultCode": "0810", "FullName": "Ada Lovel', 'text/html');
    await deliver('');
    await row('Not verified').waitFor();
    assert.equal(await row(NOT_READABLE).count(), 0);
    await row('Not verified').click();
    await row(/#\d+ Signature invalid.*says Approved/).click();
    const panel = await workbench().panel('Signature invalid');
    await workbench().screenshot('webhook not verified');
    await panel.getByRole('button', { name: 'Check Signature', exact: true }).click();
    const lines = workbench().page.locator('.editor-group-container.active .view-lines');
    await lines.getByText('These 4 characters are not a signature').waitFor();
    await workbench().screenshot('signature verdict');
    await row(NOT_READABLE).click();
    await lines.getByText('The body is not a JSON object').waitFor();
    assert.match(await lines.innerText(), /content-type:\stext\/html/);
    assert.doesNotMatch(await lines.innerText(), /Lovel/);
    await workbench().screenshot('webhook not readable');
    await workbench().page.getByRole('button', { name: 'Show Personal Data' }).first().click();
    await workbench().chooseInNotification('Show the unredacted', 'Show Personal Data');
    await lines.getByText('Lovel').waitFor();
    await workbench().runCommand('View: Close All Editors');
  });

  it('are forwarded to an endpoint of the user, with what it responds, and replayed once it is fixed', async () => {
    await workbench().runCommand('Smile ID: Forward Webhooks to a Local Endpoint…');
    await workbench().enterAt('Address of your own endpoint', endpointUrl('/mine'));
    await workbench()
      .page.getByText(/^Webhooks with a valid signature are forwarded/)
      .waitFor();
    await workbench().screenshot('webhooks forwarded');
    await workbench().runCommand('Notifications: Clear All Notifications');
    await deliver(await signedBody('forwarded', { ResultCode: '0810' }, new Date().toISOString()));
    await row(/#\d+ Approved/).waitFor();
    await row(/HTTP 404.*forwarded/).click();
    await workbench().page.getByText('gives HTTP 404').first().waitFor();
    own.status = 200;
    await workbench().chooseFromTreeMenu(/#\d+ Approved/, 'Replay to Local Endpoint');
    await row(/HTTP 200.*fixed · \d+ ms · replayed/).waitFor();
    await workbench().screenshot('webhook replayed');
    await workbench().runCommand('View: Close All Editors');
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('are answered as the user wants, also with what the endpoint responds', async () => {
    const body = async (jobId: string) =>
      await signedBody(jobId, { ResultCode: '0810' }, new Date().toISOString());
    await workbench().runCommand('Smile ID: Set Response of the Webhook Receiver…');
    await workbench().quickInput.getByText('HTTP 200 at Once').waitFor();
    await workbench().screenshot('webhook response');
    await workbench().pick('Another Status');
    await workbench().enterAt('HTTP status, 200 to 599', '503');
    await workbench().sideBar.getByText('Response: HTTP 503.').waitFor();
    assert.equal(await deliver(await body('unavailable')), 503);
    own.status = 418;
    await workbench().runCommand('Smile ID: Set Response of the Webhook Receiver…');
    await workbench().pick('What Your Endpoint Responds');
    await workbench().sideBar.getByText('Response: what your endpoint responds.').waitFor();
    assert.equal(await deliver(await body('answered-by-mine')), 418);
    assert.equal(await deliver('not signed'), 200);
    await row(/#\d+ Approved.*HTTP 418/).waitFor();
  });

  it('stay in the list after the receiver was stopped, which the view says', async () => {
    await workbench().runCommand('Smile ID: Stop Webhook Receiver');
    await workbench().sideBar.getByText('The receiver is off.').waitFor();
    await row(/#\d+ Approved/).waitFor();
    await workbench().screenshot('webhooks receiver off');
    await workbench().runCommand('Smile ID: Start Webhook Receiver');
    await workbench().sideBar.getByText('The receiver is off.').waitFor({ state: 'hidden' });
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('are kept from an endpoint that cannot be reached, and from a public page, until the user says so', async () => {
    const says = (text: string) => workbench().page.getByText(text).first().waitFor();
    const free = await freeAddress();
    await workbench().runCommand('Smile ID: Forward Webhooks to a Local Endpoint…');
    await workbench().enterAt('Address of your own endpoint', `${free}/hook`);
    await says(`Nothing listens on port ${new URL(free).port}.`);
    await workbench().screenshot('webhook endpoint not there');
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('Smile ID: Make Webhook Receiver Reachable…');
    await workbench().pick('Enter a Public Address');
    await workbench().enterAt('The address that the tunnel shows', 'https://webhook.site/');
    await says('Others may see what is sent to webhook.site.');
    await workbench().screenshot('webhook inspector');
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('Smile ID: Stop Forwarding Webhooks');
    await workbench().sideBar.getByText('Forwarding to').waitFor({ state: 'hidden' });
    const result = { ResultCode: '0810' };
    assert.equal(await deliver(await signedBody('stopped', result, new Date().toISOString())), 200);
  });

  it('say their verdict first, so that a side bar of 240 px shows it, and to screen readers', async () => {
    const time = new Date().toISOString();
    const jobId = '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55';
    await deliver(await signedBody(jobId, { ResultCode: '0811' }, time));
    await workbench().setSideBarWidth(240);
    await row(/9b2f…3d6a55/).waitFor();
    await persist(async () => {
      const drawn = (await workbench().rowsAsDrawn()).map(({ text }) => text);
      const at = drawn.findIndex((text) => text.startsWith('9b2f…3d6a55'));
      assert.match(drawn[at] ?? '', /^9b2f…3d6a55 Rejected$/);
      const delivery = drawn.slice(at).find((text) => text.startsWith('#'));
      assert.match(delivery ?? '', /^#\d+ Rejected now/);
    });
    const labels = await rows().evaluateAll((all) => all.map((each) => each.ariaLabel ?? ''));
    assert.ok(labels.includes(`${jobId}, Rejected`), labels.join('\n'));
    await workbench().screenshot('webhooks 240 px');
    await workbench().setSideBarWidth(300);
  });

  for (const theme of THEMES) {
    it(`can be told apart in the list, ${theme}`, async () => {
      await workbench().setTheme(theme);
      await workbench().runCommand('Notifications: Clear All Notifications');
      await workbench().openViewContainer('Smile ID');
      await row(NOT_READABLE).click();
      await workbench().page.getByText('The body is not a JSON object').waitFor();
      await workbench().screenshot(`webhooks ${theme}`);
      await workbench().runCommand('View: Close All Editors');
    });
  }

  it('are sent to an endpoint of the user, with what it responds and what Smile ID would do', async () => {
    own.status = 404;
    const send = async (address: string): Promise<void> => {
      await workbench().runCommand('Smile ID: Send Test Webhook…');
      await workbench().type('Document Verification');
      await workbench().press('Enter');
      await workbench().pick(/^Once/);
      await workbench().enterAt('Address of your own endpoint', address);
    };
    await send(endpointUrl('/hook'));
    await workbench().page.getByText('HTTP 204').waitFor();
    await workbench().screenshot('test webhook accepted');
    await workbench().runCommand('View: Close All Editors');
    await send(endpointUrl('/nowhere'));
    await workbench().page.getByText('gives HTTP 404').first().waitFor();
    await workbench().screenshot('test webhook refused');
  });
});
