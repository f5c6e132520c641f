package org.muster.agent.core;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.ECFieldFp;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;

/** ECDSA on P-256 with SHA-256, the only signature of the protocol (ES256, RFC 7518 §3.4). */
final class P256 {
  private static final int HALF = 32;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private P256() {}

  /** The key of a JWK (RFC 7518 §6.2); refuses every other kind of key, and points that are not on the curve. */
  static PublicKey key(Said jwk) throws Malformed {
    byte[] x = Bytes.fromBase64url(jwk.text("x"));
    byte[] y = Bytes.fromBase64url(jwk.text("y"));
    if (!"EC".equals(jwk.text("kty")) || !"P-256".equals(jwk.text("crv")) || x.length != HALF || y.length != HALF) throw new Malformed("not a P-256 key");
    ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
      if (!isOn(point, curve.getCurve())) throw new Malformed("not on the curve");
      return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    } catch (GeneralSecurityException odd) {
      throw new Malformed("not a P-256 key");
    }
  }

  private static boolean isOn(ECPoint point, EllipticCurve curve) {
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) return false;
    return y.multiply(y).mod(p).equals(x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p));
  }

  /** The JWK of a SubjectPublicKeyInfo. */
  static Map<String, Object> jwk(byte[] spki) throws Malformed {
    try {
      ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
      return Said.map("kty", "EC", "crv", "P-256", "x", half(key.getW().getAffineX()), "y", half(key.getW().getAffineY()));
    } catch (GeneralSecurityException odd) {
      throw new Malformed("not a P-256 key");
    } catch (ClassCastException odd) {
      throw new Malformed("not a P-256 key");
    }
  }

  private static String half(BigInteger number) throws Malformed {
    byte[] bytes = new byte[HALF];
    fill(number, bytes, 0);
    return Bytes.base64url(bytes);
  }

  private static void fill(BigInteger number, byte[] into, int from) throws Malformed {
    byte[] bytes = number.toByteArray();
    int skip = bytes.length > HALF ? bytes.length - HALF : 0;
    if (skip > 1 || (skip == 1 && bytes[0] != 0)) throw new Malformed("too long");
    System.arraycopy(bytes, skip, into, from + HALF - (bytes.length - skip), bytes.length - skip);
  }

  /** Whether the key made this signature of 64 bytes, r before s. */
  static boolean verifiesRaw(PublicKey key, byte[] data, byte[] signature) {
    return signature.length == 2 * HALF && verifiesDer(key, data, der(signature));
  }

  static boolean verifiesDer(PublicKey key, byte[] data, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(key);
      check.update(data);
      return check.verify(signature);
    } catch (GeneralSecurityException odd) {
      return false;
    } catch (RuntimeException odd) {
      // Some providers throw others for a sequence they cannot read.
      return false;
    }
  }

  /** The two numbers as the DER sequence of Java. */
  static byte[] der(byte[] raw) {
    byte[] r = positive(raw, 0);
    byte[] s = positive(raw, HALF);
    byte[] out = new byte[6 + r.length + s.length];
    out[0] = SEQUENCE;
    out[1] = (byte) (4 + r.length + s.length);
    out[2] = INTEGER;
    out[3] = (byte) r.length;
    System.arraycopy(r, 0, out, 4, r.length);
    out[4 + r.length] = INTEGER;
    out[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, out, 6 + r.length, s.length);
    return out;
  }

  private static byte[] positive(byte[] raw, int from) {
    byte[] half = new byte[HALF];
    System.arraycopy(raw, from, half, 0, HALF);
    return new BigInteger(1, half).toByteArray();
  }

  /** The 64 bytes of a DER sequence. */
  static byte[] raw(byte[] der) throws Malformed {
    byte[] out = new byte[2 * HALF];
    if (der.length < 8 || der[0] != SEQUENCE || der[1] != der.length - 2 || der[2] != INTEGER) throw new Malformed("not a signature");
    int length = der[3];
    int second = 4 + length;
    if (length < 1 || second + 2 >= der.length || der[second] != INTEGER || second + 2 + der[second + 1] != der.length) throw new Malformed("not a signature");
    fill(number(der, 4, length), out, 0);
    fill(number(der, second + 2, der[second + 1]), out, HALF);
    return out;
  }

  private static BigInteger number(byte[] der, int from, int length) {
    byte[] bytes = new byte[length];
    System.arraycopy(der, from, bytes, 0, length);
    return new BigInteger(bytes);
  }
}
