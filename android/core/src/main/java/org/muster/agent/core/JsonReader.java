package org.muster.agent.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text, strictly. */
final class JsonReader {
  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Object whole() throws Malformed {
    Object value = value();
    space();
    if (at < text.length()) throw odd("something after the end");
    return value;
  }

  private Object value() throws Malformed {
    space();
    if (at >= text.length()) throw odd("nothing");
    char c = text.charAt(at);
    if (c == '{') return object();
    if (c == '[') return array();
    if (c == '"') return string();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    if (text.startsWith("true", at)) return word("true", Boolean.TRUE);
    if (text.startsWith("false", at)) return word("false", Boolean.FALSE);
    if (text.startsWith("null", at)) return word("null", null);
    throw odd("no value");
  }

  private Object word(String word, Object value) {
    at += word.length();
    return value;
  }

  private Map<String, Object> object() throws Malformed {
    Map<String, Object> map = new LinkedHashMap<String, Object>();
    into();
    if (next('}')) return out(map);
    do {
      space();
      if (at >= text.length() || text.charAt(at) != '"') throw odd("no key");
      String key = string();
      if (!next(':')) throw odd("no colon");
      if (map.containsKey(key)) throw odd("a key twice");
      map.put(key, value());
    } while (next(','));
    if (!next('}')) throw odd("no end of an object");
    return out(map);
  }

  private List<Object> array() throws Malformed {
    List<Object> list = new ArrayList<Object>();
    into();
    if (next(']')) return out(list);
    do list.add(value());
    while (next(','));
    if (!next(']')) throw odd("no end of an array");
    return out(list);
  }

  private void into() throws Malformed {
    at += 1;
    depth += 1;
    if (depth > DEEPEST) throw odd("too deep");
  }

  private <T> T out(T value) {
    depth -= 1;
    return value;
  }

  private String string() throws Malformed {
    StringBuilder out = new StringBuilder();
    at += 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') return out.toString();
      if (c < ' ') throw odd("a control character");
      out.append(c == '\\' ? escaped() : c);
    }
    throw odd("no end of a text");
  }

  private char escaped() throws Malformed {
    if (at >= text.length()) throw odd("no end of a text");
    char c = text.charAt(at++);
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unit();
      default:
        throw odd("an unknown escape");
    }
  }

  private char unit() throws Malformed {
    if (at + 4 > text.length()) throw odd("no end of a text");
    int unit = 0;
    for (int end = at + 4; at < end; at += 1) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') throw odd("no hexadecimal digit");
      unit = unit * 16 + digit;
    }
    return (char) unit;
  }

  private Number number() throws Malformed {
    int from = at;
    if (text.charAt(at) == '-') at += 1;
    if (peek('0')) at += 1;
    else digits();
    boolean whole = true;
    if (peek('.')) {
      whole = false;
      at += 1;
      digits();
    }
    if (peek('e') || peek('E')) {
      whole = false;
      at += 1;
      if (peek('+') || peek('-')) at += 1;
      digits();
    }
    double real = Double.parseDouble(text.substring(from, at));
    if (Double.isInfinite(real)) throw odd("a number without end");
    if (whole && Math.abs(real) <= Json.SAFE) return Long.valueOf(text.substring(from, at));
    return Double.valueOf(real);
  }

  private void digits() throws Malformed {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at += 1;
    if (at == from) throw odd("no digit");
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean next(char c) {
    space();
    if (!peek(c)) return false;
    at += 1;
    return true;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at += 1;
  }

  private Malformed odd(String what) {
    return new Malformed("JSON at " + at + ": " + what);
  }
}
