package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates as policies carry them: PEM text, or bytes which are DER or PEM. */
final class Pem {
  private static final Pattern BLOCK = Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END");

  private Pem() {}

  static List<byte[]> certificates(Object value) throws Malformed {
    if (!(value instanceof Map)) return blocks(String.valueOf(value));
    byte[] bytes = Bytes.fromBase64(Said.of(value).text("$data"));
    if (bytes.length == 0) throw new Malformed("no certificate");
    return bytes[0] == '-' ? blocks(Bytes.text(bytes)) : Collections.singletonList(bytes);
  }

  private static List<byte[]> blocks(String text) throws Malformed {
    List<byte[]> ders = new ArrayList<byte[]>();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) ders.add(Bytes.fromBase64(found.group(1).replaceAll("\\s", "")));
    if (ders.isEmpty()) throw new Malformed("no certificate");
    return ders;
  }
}
