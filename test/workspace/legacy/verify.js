// An older integration with Smile ID, with mistakes that are often made.
const { createHmac } = require('node:crypto');
const { Utilities } = require('smile-identity-core');

const utilities = new Utilities('085', '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4', 0);
const APPROVED_CODES = ['0810', '0811', '1012'];

async function isVerified(userId, jobId) {
  const options = { return_history: false, return_image_links: true };
  const answer = await utilities.get_job_status(userId, jobId, options);
  if (answer.result.ResultCode === 810) return true;
  return APPROVED_CODES.includes(answer.result.ResultCode);
}

function sign(apiKey, partnerId) {
  const timestamp = new Date().toISOString();
  const signature = createHmac('sha256', apiKey)
    .update(timestamp)
    .update(partnerId)
    .update('sid_request')
    .digest('hex');
  return { partner_id: 85, timestamp: new Date().toISOString(), signature };
}

module.exports = { isVerified, sign };
