// An older integration with Smile ID, with mistakes that are often made.
const { createHmac } = require('node:crypto');
const { Utilities } = require('smile-identity-core');

const utilities = new Utilities('085', process.env.SMILE_API_KEY, 0);
const APPROVED_CODES = ['0810', '1012'];

async function isVerified(userId, jobId) {
  const options = { return_history: false, return_images: true };
  const answer = await utilities.get_job_status(userId, jobId, options);
  if (answer.result.ResultCode === '0810') return true;
  return APPROVED_CODES.includes(answer.result.ResultCode);
}

function sign(apiKey, partnerId) {
  const timestamp = new Date().toISOString();
  const signature = createHmac('sha256', apiKey)
    .update(timestamp)
    .update(partnerId)
    .update('sid_request')
    .digest('base64');
  return { partner_id: '85', timestamp: timestamp, signature };
}

module.exports = { isVerified, sign };
