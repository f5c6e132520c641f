package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.os.Build;
import android.security.AttestedKeyPair;
import android.security.KeyChain;
import android.security.KeyChainException;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Malformed;
import org.muster.agent.core.Outcome;

/** Authorities the device trusts and identities it can show. */
final class DeviceTrust implements DevicePort.Trust {
  private static final String KEY = "key:";
  private final Device device;

  DeviceTrust(Device device) {
    this.device = device;
  }

  @Override
  public Outcome addAuthority(final byte[] certificate) {
    return device.attempt(Ability.CERTIFICATE, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        WifiNetworks.certificate(certificate);
        if (device.dpm.hasCaCertInstalled(device.admin, certificate)) return Outcome.done();
        return Device.answered(device.dpm.installCaCert(device.admin, certificate), "The device did not take the certificate.");
      }
    });
  }

  @Override
  public Outcome removeAuthority(final byte[] certificate) {
    return device.attempt(Ability.CERTIFICATE, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.uninstallCaCert(device.admin, certificate);
        return Device.answered(!device.dpm.hasCaCertInstalled(device.admin, certificate), "The device kept the certificate.");
      }
    });
  }

  @Override
  public Outcome addIdentity(final String alias, final byte[] pkcs12, final String password, final boolean userMaySelect) {
    return device.attempt(Ability.KEY_PAIR, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        Identity own = Identity.open(pkcs12, password);
        boolean installed;
        if (device.apiLevel() >= Build.VERSION_CODES.P) {
          int flags = userMaySelect ? DevicePolicyManager.INSTALLKEY_SET_USER_SELECTABLE : 0;
          installed = device.dpm.installKeyPair(device.admin, own.key, own.chain, alias, flags);
        } else installed = device.dpm.installKeyPair(device.admin, own.key, own.chain, alias, false);
        return Device.answered(installed, "The device did not take the key.");
      }
    });
  }

  @Override
  public Outcome removeIdentity(final String alias) {
    return device.attempt(Ability.KEY_PAIR, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.removeKeyPair(device.admin, alias);
        device.notes().edit().remove(KEY + alias).apply();
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome makeKey(final String alias) {
    return device.attempt(Ability.KEY_PAIR_MADE, new Device.Deed() {
      @Override
      public Outcome run() {
        AttestedKeyPair made = device.dpm.generateKeyPair(device.admin, KeyProperties.KEY_ALGORITHM_EC, spec(alias), 0);
        if (made == null) return Outcome.failed("The device did not make the key.");
        String known = Bytes.base64(made.getKeyPair().getPublic().getEncoded());
        device.notes().edit().putString(KEY + alias, known).apply();
        return Outcome.done();
      }
    });
  }

  /** For TLS, which signs hashes of several kinds and such that it made itself. */
  private static KeyGenParameterSpec spec(String alias) {
    return new KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
        .setAlgorithmParameterSpec(new ECGenParameterSpec("secp256r1"))
        .setDigests(KeyProperties.DIGEST_NONE, KeyProperties.DIGEST_SHA256, KeyProperties.DIGEST_SHA384, KeyProperties.DIGEST_SHA512)
        .build();
  }

  @Override
  public Outcome certifyKey(final String alias, final List<byte[]> chain) {
    return device.attempt(Ability.KEY_PAIR_MADE, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        List<Certificate> certificates = new ArrayList<Certificate>();
        for (byte[] der : chain) certificates.add(WifiNetworks.certificate(der));
        // People may pick it where an app asks which certificate to show.
        boolean taken = device.dpm.setKeyPairCertificate(device.admin, alias, certificates, true);
        return Device.answered(taken, "The device did not take the certificate of its key.");
      }
    });
  }

  /** As it was when it was made; Android does not give a key of its own back before it has a certificate. */
  @Override
  public byte[] publicKey(String alias) throws DevicePort.KeyTrouble {
    String known = device.notes().getString(KEY + alias, null);
    if (known == null || device.apiLevel() >= Build.VERSION_CODES.S && !device.dpm.hasKeyPair(alias)) return null;
    try {
      return Bytes.fromBase64(known);
    } catch (Malformed odd) {
      throw new DevicePort.KeyTrouble("The key cannot be read.", odd);
    }
  }

  @Override
  public byte[] sign(String alias, byte[] data) throws DevicePort.KeyTrouble {
    try {
      PrivateKey key = KeyChain.getPrivateKey(device.context, alias);
      if (key == null) throw new GeneralSecurityException("there is no key " + alias);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new DevicePort.KeyTrouble("The device was interrupted.", ended);
    } catch (GeneralSecurityException | KeyChainException | RuntimeException trouble) {
      throw new DevicePort.KeyTrouble("The device could not sign.", trouble);
    }
  }
}
