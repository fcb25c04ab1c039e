/** Swift, Dart and Go. The guillemets hold what is a code; all other digits are not. */
export const snippets: readonly { languageId: string; text: string }[] = [
  // Swift: codes.
  {
    languageId: 'swift',
    text: String.raw`switch result.resultCode {
case "«0810»", "«0820»":
    approve(job)
case "«0811»",
     "«0813»":
    reject(job)
default:
    hold(job)
}`,
  },
  {
    languageId: 'swift',
    text: String.raw`let approvedCodes: Set<String> = [
    "«0810»",
    "«0820»",
    "«1020»"
]`,
  },
  {
    languageId: 'swift',
    text: String.raw`guard ["«1012»", "«1020»"].contains(response.resultCode) else { return }
XCTAssertEqual(response.resultCode, "«1012»")`,
  },
  {
    languageId: 'swift',
    text: String.raw`let json = "{\"ResultCode\": \"«1013»\", \"ResultText\": \"Invalid ID\"}"
if job.resultCode == "«1013»" { showIdForm() }`,
  },
  // Swift: both.
  {
    languageId: 'swift',
    text: String.raw`let job = JobResult(resultCode: "«0840»", year: 2022, postalCode: "1020", amount: 1012)`,
  },
  {
    languageId: 'swift',
    text: String.raw`let years = [1012, 2022]
let failedCodes = ["«0911»", "«0912»"]
let ports: [UInt16] = [1012, 1210]`,
  },
  // Swift: traps.
  {
    languageId: 'swift',
    text: String.raw`let port: NWEndpoint.Port = 1012
let timeout: TimeInterval = 1210`,
  },
  {
    languageId: 'swift',
    text: String.raw`if (error as NSError).domain == NSURLErrorDomain, (error as NSError).code == -1012 {
    askForLogin()
}`,
  },
  {
    languageId: 'swift',
    text: String.raw`switch year {
case 1012, 1020:
    return "leap"
case 1210:
    return "plain"
default:
    return "modern"
}`,
  },
  {
    languageId: 'swift',
    text: String.raw`let pin = "1012"
let zipCode = "1020"
let price = 1210
view.frame = CGRect(x: 0, y: 0, width: 1012, height: 1020)`,
  },
  {
    languageId: 'swift',
    text: String.raw`XCTAssertEqual(cart.total, 1012)
XCTAssertEqual(address.postalCode, "1020")`,
  },
  {
    languageId: 'swift',
    text: String.raw`func urlSession(_ session: URLSession, webSocketTask: URLSessionWebSocketTask,
                didCloseWith closeCode: URLSessionWebSocketTask.CloseCode, reason: Data?) {
    if closeCode.rawValue == 1012 { reconnect() }
}`,
  },
  // Dart: codes.
  {
    languageId: 'dart',
    text: String.raw`switch (result['ResultCode']) {
  case '«0810»':
  case '«0820»':
    approve(job);
    break;
  case '«0812»':
    hold(job);
    break;
}`,
  },
  {
    languageId: 'dart',
    text: String.raw`const successCodes = <String>{
  '«0810»',
  '«1012»',
  '«1020»',
};`,
  },
  {
    languageId: 'dart',
    text: String.raw`final label = switch (resultCode) {
  '«1020»' || '«1021»' => 'Match',
  '«1022»' => 'No match',
  _ => 'Unknown',
};`,
  },
  {
    languageId: 'dart',
    text: String.raw`expect(reply.resultCode, '«1012»');
expect(reply['ResultCode'], equals('«1012»'));`,
  },
  // Dart: both.
  {
    languageId: 'dart',
    text: String.raw`final job = {'ResultCode': '«0822»', 'year': 2022, 'amount': 1012, 'zip_code': '1020'};`,
  },
  {
    languageId: 'dart',
    text: String.raw`await Future.delayed(const Duration(milliseconds: 1012));
if (['«1015»', '«1016»'].contains(job.resultCode)) await poll(port: 1210);`,
  },
  // Dart: traps.
  {
    languageId: 'dart',
    text: String.raw`final server = await HttpServer.bind(InternetAddress.anyIPv4, 1012);`,
  },
  {
    languageId: 'dart',
    text: String.raw`channel.stream.listen(onData, onDone: () {
  if (channel.closeCode == 1012) reconnect();
});`,
  },
  {
    languageId: 'dart',
    text: String.raw`const years = [1012, 1210, 2022];
const sizes = <int>[1012, 1020];
final born = DateTime(2022, 10, 12);`,
  },
  {
    languageId: 'dart',
    text: String.raw`switch (port) {
  case 1012:
    return 'sandbox';
  case 1020:
    return 'live';
}`,
  },
  {
    languageId: 'dart',
    text: String.raw`await tester.enterText(find.byKey(pinKey), '1012');
await tester.enterText(find.byKey(otpKey), '0810');
expect(cart.total, 1012);`,
  },
  {
    languageId: 'dart',
    text: String.raw`final exitCode = 1012;
final postalCode = '1020';
final color = Color(0xFF1012);`,
  },
  // Go: codes.
  {
    languageId: 'go',
    text: String.raw`switch result.ResultCode {
case "«0810»", "«0820»":
	approve(job)
case "«0811»":
	reject(job)
default:
	hold(job)
}`,
  },
  {
    languageId: 'go',
    text: String.raw`var approvedCodes = map[string]bool{
	"«0810»": true,
	"«0820»": true,
	"«1012»": true,
}`,
  },
  {
    languageId: 'go',
    text: String.raw`if slices.Contains([]string{"«1020»", "«1021»"}, resp.ResultCode) {
	return nil
}
if resp.ResultCode == "«1013»" {
	return ErrInvalidID
}`,
  },
  {
    languageId: 'go',
    text: String.raw`const ResultCodeVerified = "«0810»"

assert.Equal(t, "«1012»", reply.ResultCode)`,
  },
  // Go: both.
  {
    languageId: 'go',
    text: String.raw`tests := []struct {
	ResultCode string
	Year       int
}{
	{ResultCode: "«1020»", Year: 2022},
	{ResultCode: "«1022»", Year: 1012},
}`,
  },
  {
    languageId: 'go',
    text: String.raw`years := []int{1012, 1210}
retryCodes := []string{"«1015»", "«2205»"}
time.Sleep(1210 * time.Millisecond)`,
  },
  // Go: traps.
  {
    languageId: 'go',
    text: String.raw`log.Fatal(http.ListenAndServe(":1012", nil))
ports := []int{1012, 1020, 1210}`,
  },
  {
    languageId: 'go',
    text: String.raw`conn.SetCloseHandler(func(code int, text string) error {
	if code == 1012 {
		return reconnect()
	}
	return nil
})`,
  },
  {
    languageId: 'go',
    text: String.raw`var mysqlErr *mysql.MySQLError
if errors.As(err, &mysqlErr) && mysqlErr.Number == 1213 {
	return retry()
}`,
  },
  {
    languageId: 'go',
    text: String.raw`switch year {
case 1012, 1020:
	return "leap"
case 1210:
	return "plain"
}`,
  },
  {
    languageId: 'go',
    text: String.raw`assert.Equal(t, 1012, cart.Total)
assert.Equal(t, "1020", address.PostalCode)
assert.Equal(t, "1012", user.Pin)`,
  },
  {
    languageId: 'go',
    text: String.raw`os.Exit(1012)
price := 1210
buf := make([]byte, 1020)
row := rows[1012]`,
  },
];
