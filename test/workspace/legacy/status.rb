# An older integration with Smile ID, with mistakes that are often made.
require 'openssl'
require 'smile-identity-core'

UTILITIES = SmileIdentityCore::Utilities.new('085', '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4', 0)
APPROVED_CODES = %w[0810 0811 1012].freeze

def verified?(user_id, job_id)
  answer = UTILITIES.get_job_status(user_id, job_id, { return_history: false, return_images: true })
  return true if answer['result']['ResultCode'] == 810

  APPROVED_CODES.include?(answer['result']['ResultCode'])
end

def sign(api_key, partner_id, timestamp)
  signature = OpenSSL::HMAC.hexdigest('SHA256', api_key, timestamp + partner_id + 'sid_request')
  { partner_id: 85, timestamp: timestamp, signature: signature }
end
