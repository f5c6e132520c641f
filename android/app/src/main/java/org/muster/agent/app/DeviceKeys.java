package org.muster.agent.app;

import android.os.Build;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.DevicePort;

/** Keys in Android's key store: made there, used there, never out of it; attested by the chip where it can. */
final class DeviceKeys implements DevicePort.Keys {
  private static final String STORE = "AndroidKeyStore";

  @Override
  public List<byte[]> generate(String alias, byte[] challenge) throws DevicePort.KeyTrouble {
    try {
      make(alias, challenge);
      return chain(alias);
    } catch (GeneralSecurityException | IOException | ProviderException trouble) {
      throw new DevicePort.KeyTrouble("The device could not make a key.", trouble);
    }
  }

  /**
   * The best the device has: a chip of its own, else the trusted part of the processor, else without a word of the maker. A device that cannot
   * attest still enrolls; what its chain is worth is for the server to say.
   */
  private static void make(String alias, byte[] challenge) throws GeneralSecurityException {
    ProviderException refused = null;
    boolean chip = Build.VERSION.SDK_INT >= Build.VERSION_CODES.P;
    for (int attempt = chip ? 0 : 1; attempt < 3; attempt += 1)
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, STORE);
        generator.initialize(spec(alias, attempt < 2 ? challenge : null, attempt == 0));
        generator.generateKeyPair();
        return;
      } catch (ProviderException not) {
        refused = not;
      }
    throw refused;
  }

  private static KeyGenParameterSpec spec(String alias, byte[] challenge, boolean strongBox) {
    KeyGenParameterSpec.Builder builder = new KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
        .setAlgorithmParameterSpec(new ECGenParameterSpec("secp256r1"))
        .setDigests(KeyProperties.DIGEST_SHA256);
    if (challenge != null) builder.setAttestationChallenge(challenge);
    if (strongBox) builder.setIsStrongBoxBacked(true);
    return builder.build();
  }

  private static List<byte[]> chain(String alias) throws GeneralSecurityException, IOException {
    List<byte[]> chain = new ArrayList<byte[]>();
    Certificate[] certificates = store().getCertificateChain(alias);
    if (certificates != null) for (Certificate certificate : certificates) chain.add(certificate.getEncoded());
    return chain;
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE);
    store.load(null);
    return store;
  }

  @Override
  public byte[] publicKey(String alias) throws DevicePort.KeyTrouble {
    try {
      Certificate certificate = store().getCertificate(alias);
      return certificate == null ? null : certificate.getPublicKey().getEncoded();
    } catch (GeneralSecurityException | IOException trouble) {
      throw new DevicePort.KeyTrouble("The key store cannot be read.", trouble);
    }
  }

  @Override
  public byte[] sign(String alias, byte[] data) throws DevicePort.KeyTrouble {
    try {
      PrivateKey key = (PrivateKey) store().getKey(alias, null);
      if (key == null) throw new GeneralSecurityException("there is no key " + alias);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException | IOException | ProviderException trouble) {
      throw new DevicePort.KeyTrouble("The device could not sign.", trouble);
    }
  }

  @Override
  public void remove(String alias) {
    try {
      store().deleteEntry(alias);
    } catch (GeneralSecurityException | IOException gone) {
      // A key that cannot be reached cannot be used either.
    }
  }
}
