import java.util.List;
import java.util.Map;

/** An older integration with Smile ID, with mistakes that are often made. */
class Status {
  static final String SMILE_API_KEY = "7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4";
  static final List<String> APPROVED_CODES = List.of("0810", "0811", "1012");

  boolean isVerified(Map<String, String> result) {
    return APPROVED_CODES.contains(result.get("ResultCode"));
  }

  Map<String, Object> query(String signature, String timestamp) {
    return Map.of("partner_id", 85, "timestamp", timestamp, "signature", signature);
  }
}
