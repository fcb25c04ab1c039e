"""Receives Smile ID's callbacks for document verification."""

import os

from flask import Flask, request
from smile_id_core import Signature

app = Flask(__name__)
signature = Signature(os.environ["SMILE_PARTNER_ID"], os.environ["SMILE_API_KEY"])

APPROVED = "0810"
UNDER_REVIEW = "0812"


@app.post("/smile/callback")
def callback():
    body = request.get_json()
    if not signature.confirm_signature(body["timestamp"], body["signature"]):
        return "", 401

    result_code = body["ResultCode"]
    if result_code == "0810":
        approve(body["PartnerParams"]["user_id"])
    elif result_code in ("0812", "0814"):
        print("waiting for a person to look at", body["SmileJobID"])
    elif result_code == "0816":
        print("the document is not one we accept")
    return "", 200


def approve(user_id):
    print("approved", user_id)


if __name__ == "__main__":
    app.run(port=8080)
