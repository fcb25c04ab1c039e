# An older integration with Smile ID, with mistakes that are often made.
require 'openssl'
require 'smile-identity-core'

UTILITIES = SmileIdentityCore::Utilities.new('085', ENV.fetch('SMILE_API_KEY'), 0)
APPROVED_CODES = %w[0810 1012].freeze

def verified?(user_id, job_id)
  answer = UTILITIES.get_job_status(user_id, job_id, { return_history: false, return_image_links: true })
  return true if answer['result']['ResultCode'] == '0810'

  APPROVED_CODES.include?(answer['result']['ResultCode'])
end

def sign(api_key, partner_id, timestamp)
  signature = [OpenSSL::HMAC.digest('SHA256', api_key, timestamp + partner_id + 'sid_request')].pack('m0')
  { partner_id: '85', timestamp: timestamp, signature: signature }
end
