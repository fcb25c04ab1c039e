import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jobIdOfOutcome } from '../../src/node/simulator/v3Scenarios';
import { v3Outcomes } from '../../src/node/simulator/v3Outcomes';
import { persist, useWorkbench } from './workbench';

const SPOOF = v3Outcomes.find(
  ({ product, reason }) => product === 'biometric_kyc' && reason === 'spoof_detected',
);

describe('Webhooks, as a user works with them', () => {
  const workbench = useWorkbench();
  const section = () => workbench().page.getByRole('button', { name: 'Webhooks Section' });
  const rows = () => workbench().page.getByRole('treeitem');
  const row = (text: string | RegExp) => rows().filter({ hasText: text }).first();
  const endpoint = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url === '/hook' ? 204 : 404;
    response.end();
  });

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
    await section().click();
    await workbench().page.getByText('Start Webhook Receiver').first().waitFor();
    await workbench().screenshot('webhooks welcome');
    await workbench().runCommand('Smile: Simulate a Job…');
    await workbench().type(jobIdOfOutcome(SPOOF));
    await workbench().press('Enter');
    await workbench().pick('The Webhook Receiver of This Window');
    await row(/#1 · v3/).waitFor();
    await workbench().screenshot('webhooks received');
  });

  it('open in the job panel, marked as received, and are compared with the job status', async () => {
    await row(/#1 · v3/).click();
    const panel = await workbench().panel('Webhook #1, received at');
    assert.match(await panel.locator('body').innerText(), /reason spoof_detected/);
    await workbench().screenshot('webhook panel');
    await panel.getByRole('button', { name: 'Get Job Status', exact: true }).click();
    const compared = await workbench().panel('Compared');
    await persist(async () => {
      assert.match(await compared.locator('body').innerText(), /details from webhook #1/);
    });
    await workbench().screenshot('webhook compared');
  });

  it('are sent to an endpoint of the user, with what it responds and what Smile ID would do', async () => {
    const send = async (address: string): Promise<void> => {
      await workbench().runCommand('Smile: Send Test Webhook…');
      await workbench().type('Document Verification');
      await workbench().press('Enter');
      await workbench().pick(/^Once/);
      await workbench().enterAt('Address of your own endpoint', address);
    };
    const { port } = endpoint.address() as AddressInfo;
    await send(`http://127.0.0.1:${port}/hook`);
    await workbench().page.getByText('HTTP 204').waitFor();
    await workbench().screenshot('test webhook accepted');
    await workbench().runCommand('View: Close All Editors');
    await send(`http://127.0.0.1:${port}/nowhere`);
    await workbench().page.getByText('HTTP 404').waitFor();
    await workbench().screenshot('test webhook refused');
  });
});
