"""Receives Smile ID's callbacks for document verification, and the webhooks of API v3."""

import base64
import hashlib
import hmac
import os

from flask import Flask, request

app = Flask(__name__)
PARTNER_ID = os.environ["SMILE_PARTNER_ID"]
API_KEY = os.environ["SMILE_API_KEY"]

APPROVED = "0810"
UNDER_REVIEW = "0812"


def confirm_signature(timestamp, signature, partner_id=PARTNER_ID):
    signed = f"{timestamp}{partner_id}sid_request".encode()
    digest = hmac.new(API_KEY.encode(), signed, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode())


@app.post("/smile/callback")
def callback():
    body = request.get_json()
    if not confirm_signature(body["timestamp"], body.get("signature", "")):
        return "", 401

    result_code = body["ResultCode"]
    if result_code == "0810":
        approve(body["PartnerParams"]["user_id"])
    elif result_code in ("0812", "0814"):
        print("waiting for a person to look at", body["SmileJobID"])
    elif result_code == "0816":
        print("the document is not one we accept")
    return {"received": result_code}


@app.post("/smile/webhook")
def webhook():
    timestamp = request.headers.get("Response-Timestamp", "")
    signature = request.headers.get("Response-Signature", "")
    # API v3 takes the partner ID without the zeros of the portal
    if not confirm_signature(timestamp, signature, PARTNER_ID.lstrip("0")):
        return "", 401

    body = request.get_json()
    print("job", request.headers["Job-ID"], "is", body["status"])
    return {"received": body["status"]}


def approve(user_id):
    print("approved", user_id)


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "8080")))
