package org.muster.agent.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON (RFC 8259) as the protocol uses it. Objects are maps in the order they came, arrays lists; numbers are Long where they are whole and safe, else
 * Double. What a hash is made of is written by {@link #canonical}: the same text for the same value, in this program and in the server.
 */
public final class Json {
  static final long SAFE = 9007199254740991L;
  private static final int DIGITS = 17;
  private static final int LONGEST_PLAIN = 21;
  private static final int SHORTEST_PLAIN = -6;

  private Json() {}

  /** The value a text says; refuses everything that is not exactly one value, and objects that say a key twice. */
  public static Object read(String text) throws Malformed {
    return new JsonReader(text).whole();
  }

  /** The object a text says. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> readObject(String text) throws Malformed {
    Object value = read(text);
    if (value instanceof Map) return (Map<String, Object>) value;
    throw new Malformed("not an object");
  }

  /** The text of a value, keys in their order. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, false);
    return out.toString();
  }

  /** The text of a value with sorted keys and no spaces: what hashes are made of. */
  public static String canonical(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, true);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out, boolean sorted) {
    if (value == null) out.append("null");
    else if (value instanceof String) quote((String) value, out);
    else if (value instanceof Boolean) out.append(value);
    else if (value instanceof Number) out.append(number((Number) value));
    else if (value instanceof List) writeList((List<?>) value, out, sorted);
    else if (value instanceof Map) writeMap((Map<?, ?>) value, out, sorted);
    else throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
  }

  private static void writeList(List<?> list, StringBuilder out, boolean sorted) {
    out.append('[');
    for (int at = 0; at < list.size(); at += 1) {
      if (at > 0) out.append(',');
      write(list.get(at), out, sorted);
    }
    out.append(']');
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out, boolean sorted) {
    Map<?, ?> ordered = sorted ? new TreeMap<Object, Object>(map) : map;
    boolean first = true;
    out.append('{');
    for (Map.Entry<?, ?> entry : ordered.entrySet()) {
      if (!first) out.append(',');
      first = false;
      quote((String) entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out, sorted);
    }
    out.append('}');
  }

  /** As ECMAScript writes a number (ECMA-262, Number::toString): the fewest digits that read back as the same number. */
  static String number(Number value) {
    if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
      long whole = value.longValue();
      if (whole >= -SAFE && whole <= SAFE) return Long.toString(whole);
    }
    double real = value.doubleValue();
    if (Double.isNaN(real) || Double.isInfinite(real)) throw new IllegalArgumentException("JSON has no " + real);
    if (real == 0) return "0";
    BigDecimal exact = new BigDecimal(Math.abs(real));
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= DIGITS; digits += 1) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == Math.abs(real)) break;
    }
    String text = digitsAt(shortest.stripTrailingZeros());
    return real < 0 ? "-" + text : text;
  }

  private static String digitsAt(BigDecimal value) {
    String digits = value.unscaledValue().toString();
    int point = digits.length() - value.scale();
    if (point > LONGEST_PLAIN || point <= SHORTEST_PLAIN) {
      String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + rest + "e" + (point > 0 ? "+" : "-") + Math.abs(point - 1);
    }
    if (point >= digits.length()) return digits + zeros(point - digits.length());
    if (point > 0) return digits.substring(0, point) + "." + digits.substring(point);
    return "0." + zeros(-point) + digits;
  }

  private static String zeros(int many) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < many; at += 1) out.append('0');
    return out.toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int at = 0; at < text.length(); at += 1) {
      char c = text.charAt(at);
      switch (c) {
        case '"':
        case '\\':
          out.append('\\').append(c);
          break;
        case '\b':
          out.append("\\b");
          break;
        case '\f':
          out.append("\\f");
          break;
        case '\n':
          out.append("\\n");
          break;
        case '\r':
          out.append("\\r");
          break;
        case '\t':
          out.append("\\t");
          break;
        default:
          if (c < ' ' || isLonely(text, at)) escape(c, out);
          else out.append(c);
      }
    }
    out.append('"');
  }

  /** Half of a character, which UTF-8 cannot carry. */
  private static boolean isLonely(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static void escape(char c, StringBuilder out) {
    String hex = Integer.toHexString(c);
    out.append("\\u").append(zeros(4 - hex.length())).append(hex);
  }
}
