// Receives Smile ID's callbacks, and the webhooks of API v3.
const express = require('express');
const { Signature } = require('smile-identity-core');

const { SMILE_PARTNER_ID, SMILE_API_KEY, PORT = '8081' } = process.env;
const ofV1 = new Signature(SMILE_PARTNER_ID, SMILE_API_KEY);
// API v3 takes the partner ID without the zeros of the portal
const ofV3 = new Signature(SMILE_PARTNER_ID.replace(/^0+/, ''), SMILE_API_KEY);

const isSigned = (signer, timestamp, signature) =>
  typeof timestamp === 'string' &&
  typeof signature === 'string' &&
  signer.confirm_signature(timestamp, signature);

const app = express();
// images in base64 make callbacks large
app.use(express.json({ limit: '5mb' }));

app.post('/smile/callback', (request, response) => {
  const { timestamp, signature, ResultCode } = request.body;
  if (!isSigned(ofV1, timestamp, signature)) return response.sendStatus(401);
  console.log('result', ResultCode);
  return response.json({ received: ResultCode });
});

app.post('/smile/webhook', (request, response) => {
  const timestamp = request.get('Response-Timestamp');
  const signature = request.get('Response-Signature');
  if (!isSigned(ofV3, timestamp, signature)) return response.sendStatus(401);
  console.log('job', request.get('Job-ID'), 'is', request.body.status);
  return response.json({ received: request.body.status });
});

app.listen(Number(PORT), '127.0.0.1');
