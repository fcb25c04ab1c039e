/** JavaScript and TypeScript. The guillemets hold what is a code; all other digits are not. */
export const snippets: readonly { languageId: string; text: string }[] = [
  // Codes.
  {
    languageId: 'javascript',
    text: String.raw`app.post('/smile/callback', (req, res) => {
  const { ResultCode, PartnerParams } = req.body;
  switch (ResultCode) {
    case '«0810»':
    case '«1012»':
      return approve(PartnerParams.job_id);
    case '«0811»':
    case '«0816»': {
      return review(PartnerParams.job_id);
    }
    default:
      return res.sendStatus(200);
  }
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const APPROVED_CODES = [
  '«0810»', // Document Verified
  '«0820»', // Authenticated
  '«0840»',
  '«1020»',
];

module.exports = (job) => APPROVED_CODES.includes(job.result.ResultCode);`,
  },
  {
    languageId: 'javascript',
    text: String.raw`if (job.result.ResultCode === '«1012»' || '«1020»' === job.result.ResultCode) {
  await markVerified(user.id);
}`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const passed = ['«1012»', '«1020»', '«1021»'].includes(response.ResultCode);`,
  },
  {
    languageId: 'javascript',
    text: String.raw`// Result code «0812» used to be final; «0814» is not. See the table of result codes.
it('keeps a job open', () => {
  assert.equal(reply.result.ResultCode, '«0814»');
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`nock('https://testapi.smileidentity.com').post('/v1/job_status').reply(200, {
  code: '«2302»',
  job_complete: true,
  result: { ResultCode: '«0810»', ResultText: 'Document Verified' },
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`smile.getJobStatus(partner, options).catch((err) => {
  if (err.response.data.code === '«2204»') {
    logger.error('bad signature');
  } else if (err.response.data.code == "«2405»") {
    logger.error('no such partner');
  }
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const body = "{\"ResultCode\":\"«1013»\",\"ResultText\":\"Invalid ID Number\"}";`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const failedCodes = new Set(['«0811»', '«0812»', '«0813»',
  '«0911»', '«0912»']);`,
  },
  // Codes among other numbers.
  {
    languageId: 'javascript',
    text: String.raw`const server = app.listen(1012);
const timeout = 1210;
if (body.ResultCode === '«1210»') {
  setTimeout(retry, 1210);
}`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const fixture = {
  timestamp: '2024-10-12T10:12:08.810Z',
  ResultCode: '«0820»',
  phone: '0801 1012 1020',
  postal_code: '1020',
  year: 2022,
};`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const years = [1012, 2022, 2024];
const retryCodes = ['«2201»', '«2205»'];
const ports = [1012, 1020, 3000];`,
  },
  {
    languageId: 'javascript',
    text: String.raw`socket.on('close', (code) => {
  if (code === 1012) reconnect();
});
poll().then((r) => {
  if (r.ResultCode === '«1012»') done();
});`,
  },
  // Nothing but traps.
  {
    languageId: 'javascript',
    text: String.raw`ws.on('close', (code, reason) => {
  if (code === 1012 || code === 1013) {
    setTimeout(connect, 1000);
  }
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const PORT = process.env.PORT || 1020;
app.listen(PORT, () => console.log('callback server on 1020'));`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const address = { street: 'Taborstrasse 1', zip_code: '1020', city: 'Wien', country_code: 'AT' };`,
  },
  {
    languageId: 'javascript',
    text: String.raw`switch (port) {
  case 1012:
  case 1210:
    return 'sandbox';
  case 8080:
    return 'live';
}`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const form = { pin: '1012', otp: '0810', pinCode: '1210', cvv: '0820' };
if (form.otp === '0810') verify();`,
  },
  {
    languageId: 'javascript',
    text: String.raw`process.exitCode = 1012;
if (child.exitCode === 1020) throw new Error('killed');`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const prices = { basic: 1012, plus: '1210', pro: "2201" };
const total = items.reduce((sum, item) => sum + item.price, 1020);`,
  },
  {
    languageId: 'javascript',
    text: String.raw`connection.query(sql, (err) => {
  if (err && err.errno === 1020) return retry();
  if (err && err.errno === 1213) return retry(); // deadlock
});`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const color = '#081012';
const width = 1020;
canvas.toBlob(upload, 'image/jpeg', 0.0810);
frames[1012] = frames[1013];`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const timestamp = new Date('2210-10-12').getTime();
const opened = '1012-08-10';
const born = new Date(2022, 1, 1);`,
  },
  {
    languageId: 'javascript',
    text: String.raw`const SMS_LENGTH = 160;
const testNumbers = ['0810', '0811', '0812']; // prefixes of Indonesian phone numbers
if (phone.startsWith('0810')) network = 'telkomsel';`,
  },
  // TypeScript: codes.
  {
    languageId: 'typescript',
    text: String.raw`type Outcome = 'approved' | 'rejected';

const OUTCOME_BY_RESULT_CODE: Record<string, Outcome> = {
  '«0810»': 'approved',
  '«0811»': 'rejected',
  '«1020»': 'approved',
  '«1022»': 'rejected',
};`,
  },
  {
    languageId: 'typescript',
    text: String.raw`interface JobResult {
  ResultCode: '«1020»' | '«1021»' | '«1022»';
  ResultText: string;
}`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const successCodes: readonly string[] = ['«0810»', '«0820»', "«0840»"] as const;`,
  },
  {
    languageId: 'typescript',
    text: String.raw`expect(result.ResultCode).toBe('«1210»');
expect(result).toMatchObject({ ResultCode: '«1210»', SmileJobID: '0000001210' });`,
  },
  {
    languageId: 'typescript',
    text: String.raw`export function explain(resultCode: string): string {
  switch (resultCode) {
    case '«1013»':
      return 'Invalid ID number';
    case '«1014»':
      return 'Unsupported ID type';
    case '«1015»':
      return 'Database unavailable';
    default:
      return 'Unknown';
  }
}`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const waiting = result?.["ResultCode"] !== "«0812»";
const code: string = "«2314»";`,
  },
  {
    languageId: 'typescript',
    text: String.raw`/**
 * Answers true for the result codes «1020» and «1021», never for «1022».
 */
export function isMatch(job: Job): boolean {
  return MATCHES.has(job.ResultCode);
}`,
  },
  // TypeScript: both.
  {
    languageId: 'typescript',
    text: String.raw`server.use(
  http.post('http://localhost:1012/v1/id_verification', () =>
    HttpResponse.json({ ResultCode: '«1012»', DOB: '1012-01-01', IDNumber: '1012' }, { status: 200 }),
  ),
);`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const config = {
  port: 1020,
  retryAfterMs: 2201,
  approvedCodes: ['«1020»', '«1021»'],
  supportedYears: [2201, 2202, 2203],
};`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const amount = 1012;
if (job.resultCode === '«0843»' && amount > 1020 && user.birthYear < 2005) {
  await charge(user, 1210);
}`,
  },
  // TypeScript: traps.
  {
    languageId: 'typescript',
    text: String.raw`socket.addEventListener('close', (event: CloseEvent) => {
  if (event.code === 1012) this.reconnect();
});`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const LEAP_YEARS: number[] = [1012, 1016, 1020, 2024];
export const isLeap = (year: number) => LEAP_YEARS.includes(year);`,
  },
  {
    languageId: 'typescript',
    text: String.raw`export const environment = {
  apiUrl: 'https://localhost:1210/api',
  port: '1210',
  version: '1.0.1012',
  build: 2217,
};`,
  },
  {
    languageId: 'typescript',
    text: String.raw`interface Address {
  postalCode: '1010' | '1020' | '1030';
  countryCode: string;
}
const home: Address = { postalCode: '1020', countryCode: 'AT' };`,
  },
  {
    languageId: 'typescript',
    text: String.raw`switch (year) {
  case 1012: return 'Danes';
  case 1066: return 'Normans';
  case 1215: return 'Charter';
}`,
  },
  {
    languageId: 'typescript',
    text: String.raw`// TS2304 and TS2322 are the compiler's. @ts-expect-error 2322
const price: Money = { currency: 'NGN', amount: 1012 };
expect(price.amount).toBe(1012);`,
  },
  {
    languageId: 'typescript',
    text: String.raw`await page.fill('#pin', '1012');
await page.fill('#confirm-pin', '1012');
await page.waitForTimeout(1020);
await page.setViewportSize({ width: 1012, height: 1210 });`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const userId = '1012';
const orders = [1020, 1021, 1022].map((id) => loadOrder(id));
if (order.id === 1022) ship(order);`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const areaCode = '0811';
const dialCode = '1012';
const exit_code = 1020;
const bankCode = '2201';`,
  },
  {
    languageId: 'typescript',
    text: String.raw`const shift = { opens: '0810', closes: '2210' }; // hhmm
const meeting = parseTime('1012');`,
  },
  {
    languageId: 'typescript',
    text: String.raw`if (response.statusCode === 1020) throw new Error('Cloudflare refused us');
const { status_code } = error;
assert.notEqual(status_code, 1015);`,
  },
];
