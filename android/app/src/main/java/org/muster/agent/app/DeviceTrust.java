package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.os.Build;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;

/** Authorities the device trusts and identities it can show. */
final class DeviceTrust implements DevicePort.Trust {
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
        return Outcome.done();
      }
    });
  }
}
