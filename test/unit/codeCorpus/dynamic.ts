/** Python, Ruby and PHP. The guillemets hold what is a code; all other digits are not. */
export const snippets: readonly { languageId: string; text: string }[] = [
  // Python: codes.
  {
    languageId: 'python',
    text: String.raw`APPROVED_CODES = {
    "«0810»",
    "«0820»",
    "«1012»",
    "«1020»",
}


def approved(job):
    return job["result"]["ResultCode"] in APPROVED_CODES`,
  },
  {
    languageId: 'python',
    text: String.raw`match result["ResultCode"]:
    case "«0810»" | "«0820»":
        approve(user)
    case "«0812»":
        hold(user)
    case _:
        reject(user)`,
  },
  {
    languageId: 'python',
    text: String.raw`if response.json()["ResultCode"] in ("«1020»", "«1021»"):
    user.verified = True
elif response.json().get("ResultCode") == "«1013»":
    raise InvalidId(user)`,
  },
  {
    languageId: 'python',
    text: String.raw`self.assertEqual("«1012»", reply["ResultCode"])
self.assertEqual(reply["code"], "«2302»")`,
  },
  {
    languageId: 'python',
    text: String.raw`RESULT_CODE_TEXT = {
    "«0001»": "Data invalid",
    "«0903»": "Wallet is empty",
    "«0921»": "Not recognised",
}`,
  },
  {
    languageId: 'python',
    text: String.raw`def handle(result_code="«0810»"):
    # result code «0811» means the selfie did not match
    if result_code != '«0811»':
        return True`,
  },
  // Python: both.
  {
    languageId: 'python',
    text: String.raw`responses.add(
    responses.POST,
    "http://127.0.0.1:1012/v1/job_status",
    json={"code": "«2302»", "timestamp": "2022-10-12", "result": {"ResultCode": "«1022»"}},
    status=200,
)`,
  },
  {
    languageId: 'python',
    text: String.raw`YEARS = [1012, 1210, 2024]
RETRY_CODES = ["«1015»", "«1016»"]
time.sleep(1210 / 1000)`,
  },
  {
    languageId: 'python',
    text: String.raw`logger.info("job %s: ResultCode=«0846» after 1210 ms on port 1012", job_id)`,
  },
  // Python: traps.
  {
    languageId: 'python',
    text: String.raw`if __name__ == "__main__":
    app.run(host="0.0.0.0", port=1012, debug=True)`,
  },
  {
    languageId: 'python',
    text: String.raw`try:
    cursor.execute(query)
except pymysql.err.OperationalError as error:
    if error.args[0] in (1020, 1205, 1213):
        connection.rollback()`,
  },
  {
    languageId: 'python',
    text: String.raw`@websocket.on_close
async def closed(websocket, code):
    if code == 1012:
        await reconnect(websocket)`,
  },
  {
    languageId: 'python',
    text: String.raw`person = Person(zip_code="1020", country_code="0840", phone="+43 1 1012 1210")
person.pin_code = "1012"`,
  },
  {
    languageId: 'python',
    text: String.raw`born = date(2210, 10, 12)
match year:
    case 1012:
        return "leap"
    case 2100:
        return "plain"`,
  },
  {
    languageId: 'python',
    text: String.raw`assert cart.total == 1012
assert cart.price("basic") == Decimal("1210")
assert len(items) == 1020`,
  },
  {
    languageId: 'python',
    text: String.raw`sys.exit(1012)
completed = subprocess.run(command)
if completed.returncode == 1020:
    print("killed")`,
  },
  {
    languageId: 'python',
    text: String.raw`ALLOWED_PORTS = (
    1012,
    1020,
    1210,
    8443,
)`,
  },
  {
    languageId: 'python',
    text: String.raw`os.chmod(path, 0o0810)
image = image.resize((1020, 1012))
MAX_UPLOAD_KB = 2201`,
  },
  // Ruby: codes.
  {
    languageId: 'ruby',
    text: String.raw`case result['ResultCode']
when '«0810»', '«0820»'
  user.approve!
when '«0811»',
     '«0813»'
  user.reject!
else
  user.hold!
end`,
  },
  {
    languageId: 'ruby',
    text: String.raw`SUCCESS_CODES = %w[«0810» «0820» «1012» «1020»].freeze`,
  },
  {
    languageId: 'ruby',
    text: String.raw`FAILED_CODES = [
  '«1022»',
  '«1013»'
].freeze

FAILED_CODES.include?(response['ResultCode'])`,
  },
  {
    languageId: 'ruby',
    text: String.raw`expect(JSON.parse(response.body)['ResultCode']).to eq('«1012»')
expect(job[:result_code]).to eq "«0822»"`,
  },
  {
    languageId: 'ruby',
    text: String.raw`stub_request(:post, url).to_return(body: { 'code' => '«2302»', 'result' => { 'ResultCode' => '«1210»' } }.to_json)`,
  },
  // Ruby: both.
  {
    languageId: 'ruby',
    text: String.raw`Job.create!(
  result_code: '«0810»',
  created_at: Time.utc(2022, 10, 12),
  amount: 1012,
  pin: '1210'
)`,
  },
  {
    languageId: 'ruby',
    text: String.raw`years = [1012, 2022]
retry_job if %w[«1015» «1016»].include?(job.result_code)
sleep 1210 if job.port == 1012`,
  },
  // Ruby: traps.
  {
    languageId: 'ruby',
    text: String.raw`port ENV.fetch('PORT') { 1012 }
threads 5, 5
worker_timeout 1210`,
  },
  {
    languageId: 'ruby',
    text: String.raw`case year
when 1012, 1020
  'leap'
when 1210
  'plain'
end`,
  },
  {
    languageId: 'ruby',
    text: String.raw`address = { zip_code: '1020', city: 'Wien', country_code: '0840' }
user.update!(postal_code: '1012')`,
  },
  {
    languageId: 'ruby',
    text: String.raw`TEST_YEARS = %w[1012 1210 2022].freeze
PRICES = [1012, 1210, 2201].freeze`,
  },
  {
    languageId: 'ruby',
    text: String.raw`ws.on :close do |event|
  reconnect if event.code == 1012
end`,
  },
  {
    languageId: 'ruby',
    text: String.raw`exit_code = 1012
expect(order.total).to eq(1012)
expect(user.otp).to eq('0810')`,
  },
  {
    languageId: 'ruby',
    text: String.raw`rescue Mysql2::Error => e
  raise unless e.errno == 1213 || e.error_number == 1020
end`,
  },
  {
    languageId: 'ruby',
    text: String.raw`VERSION = '1.0.1012'
released = Date.new(2022, 10, 12)
phone = '0810-1012-1210'`,
  },
  // PHP: codes.
  {
    languageId: 'php',
    text: String.raw`<?php
switch ($result['ResultCode']) {
    case '«0810»':
    case '«0820»':
        $user->approve();
        break;
    case "«0812»":
        $user->hold();
        break;
}`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
if (in_array($payload->ResultCode, ['«1012»', '«1020»', '«1021»'], true)) {
    $user->markVerified();
}`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$approvedCodes = array(
    '«0810»',
    '«0820»',
    '«0840»',
);
const REJECTED_CODES = ['«0811»', '«0911»'];`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$text = match ($resultCode) {
    '«1013»' => 'Invalid ID',
    '«1014»', '«1015»' => 'Not available',
    default => 'Unknown',
};`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$this->assertSame('«1012»', $response['ResultCode']);
$this->assertEquals("«2302»", $response["code"]);`,
  },
  // PHP: both.
  {
    languageId: 'php',
    text: String.raw`<?php
return [
    'port' => 1012,
    'timeout' => 1210,
    'approved_codes' => ['«1012»', '«1020»'],
    'years' => [1012, 1210],
];`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
if ('«0811»' === $job->result_code && $job->year > 2022 && $order->amount == 1012) {
    $order->refund(1012);
}`,
  },
  // PHP: traps.
  {
    languageId: 'php',
    text: String.raw`<?php
if ($e->errorInfo[1] === 1062 || $e->errorInfo[1] === 1213) {
    return $this->retry();
}`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$client = new Client(['base_uri' => 'http://localhost:1012', 'timeout' => 2201]);
$redis->connect('127.0.0.1', 1210);`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$address = ['zip_code' => '1020', 'postal_code' => '1012', 'country_code' => '0840'];`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
switch ($port) {
    case 1012:
        return 'callback';
    case 1020:
        return 'admin';
}`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$pins = ['1012', '0810', '1210'];
if (in_array($pin, $pins)) {
    $this->assertSame('1012', $user->pin);
}`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
$price = number_format(1012, 2);
$total = $price + 1210;
echo date('Y', mktime(0, 0, 0, 1, 1, 2022));`,
  },
  {
    languageId: 'php',
    text: String.raw`<?php
define('LISTEN_PORT', 1012);
define('START_YEAR', '2022');
exit(1012);`,
  },
];
