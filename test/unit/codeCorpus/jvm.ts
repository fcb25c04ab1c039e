/** Java, Kotlin and C#. The guillemets hold what is a code; all other digits are not. */
export const snippets: readonly { languageId: string; text: string }[] = [
  // Java: codes.
  {
    languageId: 'java',
    text: String.raw`switch (result.getResultCode()) {
    case "«0810»":
    case "«0820»":
        approve(job);
        break;
    case "«0812»":
        hold(job);
        break;
    default:
        reject(job);
}`,
  },
  {
    languageId: 'java',
    text: String.raw`private static final Set<String> APPROVED_CODES = Set.of(
        "«0810»",
        "«0820»",
        "«1012»");`,
  },
  {
    languageId: 'java',
    text: String.raw`if ("«1012»".equals(response.getResultCode()) || response.getResultCode().equals("«1020»")) {
    user.setVerified(true);
}`,
  },
  {
    languageId: 'java',
    text: String.raw`return switch (resultCode) {
    case "«1020»", "«1021»" -> Outcome.MATCH;
    case "«1022»" -> Outcome.NO_MATCH;
    default -> Outcome.UNKNOWN;
};`,
  },
  {
    languageId: 'java',
    text: String.raw`String body = "{\"code\":\"«2302»\",\"result\":{\"ResultCode\":\"«0811»\"}}";
assertEquals("«0811»", parse(body).getResultCode());`,
  },
  {
    languageId: 'java',
    text: String.raw`List<String> retryCodes = Arrays.asList("«1015»", "«1016»", "«2205»");`,
  },
  // Java: both.
  {
    languageId: 'java',
    text: String.raw`int port = 1012;
LocalDate born = LocalDate.of(2022, 10, 12);
assertThat(job.getResultCode()).isEqualTo("«1012»");
assertThat(job.getAmount()).isEqualTo(1012);`,
  },
  {
    languageId: 'java',
    text: String.raw`log.info("ResultCode: «0840», took 1210 ms, server port 1012");`,
  },
  // Java: traps.
  {
    languageId: 'java',
    text: String.raw`ServerSocket socket = new ServerSocket(1012);
socket.setSoTimeout(1210);`,
  },
  {
    languageId: 'java',
    text: String.raw`@Override
public void onClosed(WebSocket webSocket, int code, String reason) {
    if (code == 1012) {
        reconnect();
    }
}`,
  },
  {
    languageId: 'java',
    text: String.raw`} catch (SQLException e) {
    if (e.getErrorCode() == 1017) { // ORA-01017: invalid username/password
        throw new BadLogin(e);
    }
    if (e.getErrorCode() == 1213) retry(); // deadlock in MySQL
}`,
  },
  {
    languageId: 'java',
    text: String.raw`switch (year) {
    case 1012:
    case 1020:
        return "leap";
    default:
        return "plain";
}`,
  },
  {
    languageId: 'java',
    text: String.raw`private static final int[] YEARS = {1012, 1210, 2022};
private static final List<Integer> PORTS = List.of(1012, 1020, 8080);`,
  },
  {
    languageId: 'java',
    text: String.raw`address.setPostalCode("1020");
address.setZipCode("1012");
user.setPin("0810");
user.setPhone("0810 1012 1210");`,
  },
  {
    languageId: 'java',
    text: String.raw`private static final long serialVersionUID = 1012L;
if (order.getPrice() == 1012) System.exit(1020);`,
  },
  {
    languageId: 'java',
    text: String.raw`assertEquals(1012, cart.getTotal());
assertEquals("1020", address.getPostalCode());
assertEquals(1020, bitmap.getWidth());`,
  },
  // Kotlin: codes.
  {
    languageId: 'kotlin',
    text: String.raw`when (result.resultCode) {
    "«0810»", "«0820»" -> approve(job)
    "«0811»",
    "«0813»" -> reject(job)
    else -> hold(job)
}`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`private val APPROVED_CODES = setOf(
    "«0810»",
    "«0820»",
    "«1020»",
)`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`val passed = response.resultCode in listOf("«1012»", "«1020»", "«1021»")
val again = response.resultCode == "«1015»"`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`val textByResultCode = mapOf(
    "«0001»" to "Data invalid",
    "«1013»" to "Invalid ID number",
)`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`@Test
fun parsesResult() {
    val json = """{"ResultCode": "«1022»", "ResultText": "No Match"}"""
    assertEquals("«1022»", parse(json).resultCode)
}`,
  },
  // Kotlin: both.
  {
    languageId: 'kotlin',
    text: String.raw`val job = JobResult(
    resultCode = "«0843»",
    year = 2022,
    amount = 1012,
    postalCode = "1020",
)`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`delay(1210)
if (job.resultCode != "«1210»" && attempts < 1012) poll(job)`,
  },
  // Kotlin: traps.
  {
    languageId: 'kotlin',
    text: String.raw`embeddedServer(Netty, port = 1012) { module() }.start(wait = true)`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`private const val REQUEST_CAMERA = 1012
private const val REQUEST_GALLERY = 1020

override fun onRequestPermissionsResult(requestCode: Int, permissions: Array<String>, granted: IntArray) {
    if (requestCode == 1012) openCamera()
}`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`override fun onClosing(webSocket: WebSocket, code: Int, reason: String) {
    if (code == 1012 || code == 1013) scheduleReconnect()
}`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`val label = when (year) {
    1012, 1020 -> "leap"
    1210 -> "plain"
    else -> "modern"
}`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`val years = listOf(1012, 1210, 2022)
val ports = setOf(1012, 1020)
val bitmap = Bitmap.createBitmap(1020, 1012, ARGB_8888)`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`val pin = "1012"
val otp = "0810"
if (enteredPin == "1012") unlock()
val zipCode = "1020"`,
  },
  {
    languageId: 'kotlin',
    text: String.raw`versionCode = 1012
versionName = "1.0.1210"
minSdk = 21`,
  },
  // C#: codes.
  {
    languageId: 'csharp',
    text: String.raw`switch (result.ResultCode)
{
    case "«0810»":
    case "«0820»":
        Approve(job);
        break;
    case "«0812»":
        Hold(job);
        break;
}`,
  },
  {
    languageId: 'csharp',
    text: String.raw`var text = result.ResultCode switch
{
    "«1020»" or "«1021»" => "Match",
    "«1022»" => "No match",
    _ => "Unknown",
};`,
  },
  {
    languageId: 'csharp',
    text: String.raw`private static readonly HashSet<string> ApprovedCodes = new()
{
    "«0810»",
    "«0820»",
    "«1012»",
};`,
  },
  {
    languageId: 'csharp',
    text: String.raw`Assert.Equal("«1012»", reply.ResultCode);
Assert.True(reply.ResultCode.Equals("«1012»"));
if (reply.ResultCode is "«1020»" or "«1021»") Approve();`,
  },
  {
    languageId: 'csharp',
    text: String.raw`var approved = new[] { "«0810»", "«0820»" }.Contains(job.ResultCode);`,
  },
  // C#: both.
  {
    languageId: 'csharp',
    text: String.raw`var job = new Job { ResultCode = "«0811»", Year = 2022, Amount = 1012, PostalCode = "1020" };`,
  },
  {
    languageId: 'csharp',
    text: String.raw`await Task.Delay(1210);
_log.LogInformation("port 1012, result code «1012», {Elapsed} ms", 1020);`,
  },
  // C#: traps.
  {
    languageId: 'csharp',
    text: String.raw`builder.WebHost.ConfigureKestrel(options => options.ListenAnyIP(1012));`,
  },
  {
    languageId: 'csharp',
    text: String.raw`catch (SqlException ex) when (ex.Number == 1205 || ex.Number == 2601)
{
    await Task.Delay(1012);
}
catch (MySqlException ex) when (ex.Number == 1213) { Retry(); }`,
  },
  {
    languageId: 'csharp',
    text: String.raw`switch (year)
{
    case 1012:
        return "leap";
    case 1210:
        return "plain";
}`,
  },
  {
    languageId: 'csharp',
    text: String.raw`int[] years = { 1012, 1210, 2022 };
var prices = new List<decimal> { 1012, 1020, 2201 };`,
  },
  {
    languageId: 'csharp',
    text: String.raw`Environment.ExitCode = 1012;
user.PinCode = "1012";
user.ZipCode = "1020";
user.Phone = "0810 1012 1210";`,
  },
  {
    languageId: 'csharp',
    text: String.raw`#pragma warning disable 1012
[assembly: AssemblyVersion("1.0.1012.0")]
#line 1020`,
  },
];
