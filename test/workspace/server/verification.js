const { WebApi } = require('smile-identity-core');

const connection = new WebApi(
  process.env.SMILE_PARTNER_ID,
  process.env.SMILE_CALLBACK_URL,
  process.env.SMILE_API_KEY,
  process.env.SMILE_SID_SERVER,
);

/** What the sign-up form does next. */
async function nextStep(userId, jobId) {
  const answer = await connection.get_job_status(
    { user_id: userId, job_id: jobId },
    { return_history: false, return_images: false },
  );
  if (!answer.job_complete) return 'wait';

  switch (answer.result.ResultCode) {
    case '0810':
      return 'welcome';
    case '0812':
    case '0814':
      return 'wait for review';
    case '0911':
      return 'take the images again';
    default:
      return 'contact support';
  }
}

// the job of the sign-up that support asked about
nextStep('user-ada-4821', 'biometric-kyc').then(console.log);

module.exports = { nextStep };
