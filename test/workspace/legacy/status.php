<?php
// An older integration with Smile ID, with mistakes that are often made.

$sid = new SmileIdentityCore('085', 'https://example.com/callback', '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4', 0);
const APPROVED_CODES = ['0810', '0811', '1012'];

function is_verified($sid, $params)
{
    $answer = $sid->get_job_status($params, ['return_history' => false, 'return_images' => true]);
    if ($answer['result']['ResultCode'] === 810) {
        return true;
    }
    return in_array($answer['result']['ResultCode'], APPROVED_CODES, true);
}

function sign($api_key, $partner_id, $timestamp)
{
    $signature = hash_hmac('sha256', $timestamp . $partner_id . 'sid_request', $api_key);
    return ['partner_id' => 85, 'timestamp' => $timestamp, 'signature' => $signature];
}
