"""An older integration with Smile ID, with mistakes that are often made."""

import hashlib
import hmac

from smile_id_core import Utilities

utilities = Utilities("085", "7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4", 0)
APPROVED_CODES = ("0810", "0811", "1012")


def is_verified(partner_params):
    options = {"return_history": False, "return_image_links": True}
    answer = utilities.get_job_status(partner_params, options)
    if answer["result"]["ResultCode"] == 810:
        return True
    return answer["result"]["ResultCode"] in APPROVED_CODES


def sign(api_key, partner_id, timestamp):
    message = (timestamp + partner_id + "sid_request").encode()
    signature = hmac.new(api_key.encode(), message, hashlib.sha256).hexdigest()
    return {"partner_id": 85, "timestamp": timestamp, "signature": signature}
