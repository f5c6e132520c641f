package org.muster.agent.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Bytes as the protocol writes them. */
public final class Bytes {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Bytes() {}

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of UTF-8 bytes; refuses what is not UTF-8. */
  public static String text(byte[] utf8) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Malformed("not UTF-8");
    }
  }

  /** Base64url without padding. */
  public static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static byte[] fromBase64url(String text) throws Malformed {
    if (text == null || text.length() % 4 == 1 || !text.matches("[A-Za-z0-9_-]*")) throw new Malformed("not base64url");
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException odd) {
      throw new Malformed("not base64url");
    }
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public static byte[] fromBase64(String text) throws Malformed {
    try {
      return Base64.getDecoder().decode(text == null ? "" : text);
    } catch (IllegalArgumentException odd) {
      throw new Malformed("not base64");
    }
  }

  /** For what asks for it by name (RFC 6455 §4.2.2), and protects nothing. */
  static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  /** SHA-256 in base64url, as every hash of the protocol is written. */
  public static String hash(byte[] bytes) {
    return base64url(sha256(bytes));
  }

  public static String hash(String text) {
    return hash(utf8(text));
  }

  public static byte[] random(int many) {
    byte[] bytes = new byte[many];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
