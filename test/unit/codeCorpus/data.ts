/** JSON, YAML, logs and plain text. The guillemets hold what is a code; all other digits are not. */
export const snippets: readonly { languageId: string; text: string }[] = [
  // JSON: codes.
  {
    languageId: 'json',
    text: String.raw`{
  "code": "«2302»",
  "job_complete": true,
  "job_success": true,
  "result": { "ResultCode": "«0810»", "ResultText": "Document Verified" }
}`,
  },
  {
    languageId: 'json',
    text: String.raw`{
  "approved_codes": [
    "«0810»",
    "«0820»",
    "«1020»"
  ]
}`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "body": "{\"ResultCode\":\"«1012»\",\"Source\":\"WebAPI\"}" }`,
  },
  {
    languageId: 'json',
    text: String.raw`{"error": "The signature is not valid", "code": "«2204»"}`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "ResultCode": "«9999»", "ResultText": "Not in the table" }`,
  },
  // JSON: both.
  {
    languageId: 'json',
    text: String.raw`{
  "timestamp": "2022-10-12T08:10:12.810Z",
  "ResultCode": "«1022»",
  "SmileJobID": "0000001012",
  "IDNumber": "1012",
  "DOB": "1012-10-12",
  "PhoneNumber": "0810 1012 1210",
  "ConfidenceValue": "1020"
}`,
  },
  {
    languageId: 'json',
    text: String.raw`{
  "ports": [1012, 1210],
  "years": ["1012", "2022"],
  "retryCodes": ["«1015»", "«1016»"],
  "prices": [1012, 1020]
}`,
  },
  // JSON: traps.
  {
    languageId: 'json',
    text: String.raw`{ "server": { "port": 1012, "timeout": "1210" }, "year": 2022 }`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "zip_code": "1020", "postal_code": "1012", "country_code": "0840", "pin_code": "1210" }`,
  },
  {
    languageId: 'json',
    text: String.raw`{
  "years": [
    1012,
    1210,
    2022
  ],
  "ports": [
    1012,
    1020
  ]
}`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "exit_code": 1012, "status_code": "1020", "httpCode": 1015, "errno": 1213 }`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "name": "callback", "version": "0.0.1012", "size": 1210, "id": "1020", "amount": "2201" }`,
  },
  {
    languageId: 'json',
    text: String.raw`{ "message": "{\"port\":\"1012\",\"year\":\"2022\",\"price\":1210}" }`,
  },
  {
    languageId: 'json',
    text: String.raw`[1012, 1020, 1210, 2201]`,
  },
  // YAML: codes.
  {
    languageId: 'yaml',
    text: String.raw`smile:
  approved_codes:
    - "«0810»"
    - "«0820»"
    - '«1012»'
  rejected_codes: ["«0811»", "«0813»"]`,
  },
  {
    languageId: 'yaml',
    text: String.raw`response:
  code: "«2302»"
  result:
    ResultCode: "«1020»"
    ResultText: Exact Match`,
  },
  {
    languageId: 'yaml',
    text: String.raw`# result codes «0810» and «1012» close the ticket
result_code: '«0810»'`,
  },
  // YAML: both.
  {
    languageId: 'yaml',
    text: String.raw`ports:
  - 1012
  - 1210
success_codes:
  - "«1012»"
  - "«1020»"
years:
  - 1012
  - 2022`,
  },
  {
    languageId: 'yaml',
    text: String.raw`example:
  ResultCode: "«1013»"
  DOB: "1990-10-12"
  postal_code: "1020"
  amount: 1012`,
  },
  // YAML: traps.
  {
    languageId: 'yaml',
    text: String.raw`services:
  web:
    ports:
      - "1012:1012"
      - 1210`,
  },
  {
    languageId: 'yaml',
    text: String.raw`address:
  zip_code: "1020"
  city: Wien
pin: "1012"
phone: "0810 1012 1210"`,
  },
  {
    languageId: 'yaml',
    text: String.raw`livenessProbe:
  httpGet:
    port: 1012
  timeoutSeconds: 1020
securityContext:
  runAsUser: 1012`,
  },
  {
    languageId: 'yaml',
    text: String.raw`years: [1012, 1210, 2022]
prices:
  - 1012
  - 1020`,
  },
  {
    languageId: 'yaml',
    text: String.raw`mode: 0810
version: 1.0.1012
exit_code: 1012
status_code: 1020`,
  },
  // Logs: codes among times, ports and ids.
  {
    languageId: 'log',
    text: String.raw`2022-10-12 10:12:08,810 INFO [worker-1012] ResultCode=«0810» job=1210 took 1020ms`,
  },
  {
    languageId: 'log',
    text: String.raw`[2024-08-10T10:12:20.1012Z] INFO callback {"ResultCode":"«1012»","SmileJobID":"0000001020"} from 10.1.2.3:1210`,
  },
  {
    languageId: 'log',
    text: String.raw`10:12:12 DEBUG body="{\"code\":\"«2302»\",\"result\":{\"ResultCode\":\"«0811»\",\"Year\":\"2022\"}}" bytes=1210`,
  },
  {
    languageId: 'log',
    text: String.raw`Oct 12 10:12:20 api smile[1012]: job 1210 ended, result code «0814», port 1020
Oct 12 10:12:21 api smile[1012]: job 1211 ended, result_code: «0820»`,
  },
  {
    languageId: 'log',
    text: String.raw`ERROR SmileID replied 400: error="Invalid signature" code=«2204» pid=2205`,
  },
  // Logs: traps.
  {
    languageId: 'log',
    text: String.raw`2022-10-12 10:12:08,810 INFO listening on port 1012 (pid 1210)`,
  },
  {
    languageId: 'log',
    text: String.raw`ERROR 1213 (40001): Deadlock found when trying to get lock
ORA-01012: not logged on
ERROR 1020 (HY000): Record has changed since last read`,
  },
  {
    languageId: 'log',
    text: String.raw`10.0.0.1 - - [12/Oct/2022:10:12:08 +0100] "POST /callback HTTP/1.1" 200 1012 "-" "okhttp/4.1" 1210`,
  },
  {
    languageId: 'log',
    text: String.raw`WARN websocket closed with close code 1012 (service restart), reconnecting in 1020 ms`,
  },
  {
    languageId: 'log',
    text: String.raw`I/ActivityManager( 1012): Start proc 2201:com.example.kyc/u0a1210 for activity
D/Camera  ( 1020): preview 1020x1012`,
  },
  {
    languageId: 'log',
    text: String.raw`npm ERR! process exited with exit code 1012
build 2217 finished in 1210 ms, exit_code=1020`,
  },
  {
    languageId: 'log',
    text: String.raw`INFO order 1012 paid: amount=1210 currency=NGN user=2201 otp=0810`,
  },
  // Plain text: codes.
  {
    languageId: 'plaintext',
    text: String.raw`The job came back with ResultCode «0816» on 12.10.2022. We expected result code «0810».`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`Result codes that close a ticket: «0810», «0820» and «1012».`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`ResultCode: «1013»
ResultText: Invalid ID Number
Country: NG
Port: 1012`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`curl -d '{"ResultCode":"«1210»","year":"2022"}' http://localhost:1210/callback`,
  },
  // Plain text: traps.
  {
    languageId: 'plaintext',
    text: String.raw`Our office: Taborstrasse 12, 1020 Wien. Call 0810 1012 between 0810 and 2210.`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`In 1012 the town had 2201 people; by 1210 there were 5210.`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`Your PIN is "1012". Your one-time password is 0810. Do not share them.`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`Invoice 1012: 3 checks at 1210 NGN, total 3630. Zip code 1020, area code 0811.`,
  },
  {
    languageId: 'plaintext',
    text: String.raw`Set the callback to http://localhost:1012 and wait 1020 ms. Photos are 1012x1020.`,
  },
];
