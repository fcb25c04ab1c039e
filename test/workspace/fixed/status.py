"""An older integration with Smile ID, with mistakes that are often made."""

import os
import hashlib
import base64
import hmac

from smile_id_core import Utilities

utilities = Utilities("085", os.environ["SMILE_API_KEY"], 0)
APPROVED_CODES = ("0810", "1012")


def is_verified(partner_params):
    options = {"return_history": False, "return_images": True}
    answer = utilities.get_job_status(partner_params, options)
    if answer["result"]["ResultCode"] == "0810":
        return True
    return answer["result"]["ResultCode"] in APPROVED_CODES


def sign(api_key, partner_id, timestamp):
    message = (timestamp + partner_id + "sid_request").encode()
    signature = base64.b64encode(hmac.new(api_key.encode(), message, hashlib.sha256).digest()).decode()
    return {"partner_id": "85", "timestamp": timestamp, "signature": signature}
