import java.util.List;
import java.util.Map;

/** An older integration with Smile ID, with mistakes that are often made. */
class Status {
  static final String SMILE_API_KEY = System.getenv("SMILE_API_KEY");
  static final List<String> APPROVED_CODES = List.of("0810", "1012");

  boolean isVerified(Map<String, String> result) {
    return APPROVED_CODES.contains(result.get("ResultCode"));
  }

  Map<String, Object> query(String signature, String timestamp) {
    return Map.of("partner_id", "85", "timestamp", timestamp, "signature", signature);
  }
}
