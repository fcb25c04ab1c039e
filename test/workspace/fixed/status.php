<?php
// An older integration with Smile ID, with mistakes that are often made.

$sid = new SmileIdentityCore('085', 'https://example.com/callback', getenv('SMILE_API_KEY'), 0);
const APPROVED_CODES = ['0810', '1012'];

function is_verified($sid, $params)
{
    $answer = $sid->get_job_status($params, ['return_history' => false, 'return_image_links' => true]);
    if ($answer['result']['ResultCode'] === '0810') {
        return true;
    }
    return in_array($answer['result']['ResultCode'], APPROVED_CODES, true);
}

function sign($api_key, $partner_id, $timestamp)
{
    $signature = base64_encode(hash_hmac('sha256', $timestamp . $partner_id . 'sid_request', $api_key, true));
    return ['partner_id' => '85', 'timestamp' => $timestamp, 'signature' => $signature];
}
