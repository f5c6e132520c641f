package org.muster.agent.core;

import java.util.Map;

/** A signed text (JWS, RFC 7515 §7.1, compact). */
final class Compact {
  /** Makes a signature as 64 bytes. */
  interface Signer {
    byte[] sign(byte[] data) throws DevicePort.KeyTrouble;
  }

  /** Nothing has been verified yet. */
  static final class Read {
    final Said header;
    final byte[] payload;
    private final byte[] signed;
    private final byte[] signature;

    Read(Said header, byte[] payload, byte[] signed, byte[] signature) {
      this.header = header;
      this.payload = payload;
      this.signed = signed;
      this.signature = signature;
    }

    boolean isSignedBy(Said jwk) throws Malformed {
      return P256.verifiesRaw(P256.key(jwk), signed, signature);
    }
  }

  private Compact() {}

  static String sign(Map<String, Object> header, Map<String, Object> payload, Signer by) throws DevicePort.KeyTrouble {
    Map<String, Object> head = Said.map("alg", "ES256");
    head.putAll(header);
    String signed = Bytes.base64url(Bytes.utf8(Json.write(head))) + "." + Bytes.base64url(Bytes.utf8(Json.write(payload)));
    return signed + "." + Bytes.base64url(by.sign(Bytes.utf8(signed)));
  }

  /** Reads one of that type, signed with ES256 and asking for nothing we do not understand. */
  static Read read(String text, String type, int longest) throws Malformed {
    if (text.length() > longest) throw new Malformed("too long");
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) throw new Malformed("not three parts");
    Said header = Said.of(Json.readObject(Bytes.text(Bytes.fromBase64url(parts[0]))));
    if (!"ES256".equals(header.text("alg")) || !type.equals(header.text("typ"))) throw new Malformed("another algorithm or type");
    if (header.all.containsKey("crit") || header.all.containsKey("b64")) throw new Malformed("asks for more");
    return new Read(header, Bytes.fromBase64url(parts[1]), Bytes.utf8(parts[0] + "." + parts[1]), Bytes.fromBase64url(parts[2]));
  }
}
