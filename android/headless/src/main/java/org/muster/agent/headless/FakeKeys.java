package org.muster.agent.headless;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collections;
import java.util.List;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Malformed;
import org.muster.agent.core.Said;

/** Keys in the file of the system: there is no chip, so nothing is attested. */
final class FakeKeys implements DevicePort.Keys {
  private final FakeOs os;
  private final String part;

  FakeKeys(FakeOs os) {
    this(os, "keys");
  }

  /** Those in that part of the system's file. */
  FakeKeys(FakeOs os, String part) {
    this.os = os;
    this.part = part;
  }

  @Override
  public List<byte[]> generate(String alias, byte[] challenge) throws DevicePort.KeyTrouble {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      os.part(part).put(alias, Said.map("private", Bytes.base64(pair.getPrivate().getEncoded()), "public", Bytes.base64(pair.getPublic().getEncoded())));
      os.write();
      return Collections.emptyList();
    } catch (GeneralSecurityException odd) {
      throw new DevicePort.KeyTrouble("no key could be made", odd);
    }
  }

  private byte[] bytes(String alias, String half) throws DevicePort.KeyTrouble {
    String text = Said.of(os.part(part).get(alias)).text(half);
    try {
      return text == null ? null : Bytes.fromBase64(text);
    } catch (Malformed odd) {
      throw new DevicePort.KeyTrouble("the key cannot be read", odd);
    }
  }

  @Override
  public byte[] publicKey(String alias) throws DevicePort.KeyTrouble {
    return bytes(alias, "public");
  }

  @Override
  public byte[] sign(String alias, byte[] data) throws DevicePort.KeyTrouble {
    byte[] key = bytes(alias, "private");
    if (key == null) throw new DevicePort.KeyTrouble("there is no such key", null);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException odd) {
      throw new DevicePort.KeyTrouble("the key could not sign", odd);
    }
  }

  @Override
  public void remove(String alias) {
    os.part(part).remove(alias);
    os.write();
  }
}
