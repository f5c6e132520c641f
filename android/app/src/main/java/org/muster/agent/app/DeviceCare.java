package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.app.admin.FactoryResetProtectionPolicy;
import java.util.List;
import org.muster.agent.R;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;

/** Finding, ringing, restarting, parting and erasing. */
final class DeviceCare implements DevicePort.Care {
  private final Device device;

  DeviceCare(Device device) {
    this.device = device;
  }

  @Override
  public Outcome locate(final long patienceMs) {
    return device.attempt(Ability.LOCATE, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        return new Position(device).find(patienceMs);
      }
    });
  }

  @Override
  public Outcome ring(final long forMs) {
    return device.attempt(Ability.RING, new Device.Deed() {
      @Override
      public Outcome run() {
        return Bell.ring(device, forMs);
      }
    });
  }

  @Override
  public Outcome tell(final String title, final String text) {
    return device.attempt(Ability.MESSAGE, new Device.Deed() {
      @Override
      public Outcome run() {
        String heading = title == null ? device.context.getString(R.string.message_title) : title;
        Messages.keep(device, title == null ? text : title + "\n" + text);
        boolean heard = new Notices(device).show("message:" + text, heading, text, null);
        return Device.answered(heard, "The person has silenced the agent.");
      }
    });
  }

  @Override
  public Outcome restart() {
    return device.attempt(Ability.RESTART, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.reboot(device.admin);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome leave(final String reason) {
    return device.attempt(Ability.LEAVE, new Device.Deed() {
      @Override
      public Outcome run() {
        return device.mode().ownsDevice() ? new Parting(device).release() : new Erasure(device).profile(reason);
      }
    });
  }

  @Override
  public Outcome erase(final String reason, final boolean externalStorage, final boolean keepResetProtection) {
    return device.attempt(Ability.ERASE, new Device.Deed() {
      @Override
      public Outcome run() {
        int flags = externalStorage ? DevicePolicyManager.WIPE_EXTERNAL_STORAGE : 0;
        // With this flag the device forgets whose it was, so that anybody can set it up; only the owner of a device may say so.
        if (!keepResetProtection && device.mode().ownsDevice()) flags |= DevicePolicyManager.WIPE_RESET_PROTECTION_DATA;
        return new Erasure(device).wholeDevice(reason, flags);
      }
    });
  }

  @Override
  public Outcome resetProtectionOff() {
    return device.attempt(Ability.RESET_PROTECTION, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setFactoryResetProtectionPolicy(device.admin, new FactoryResetProtectionPolicy.Builder().setFactoryResetProtectionEnabled(false).build());
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome resetProtection(final List<String> accounts) {
    return device.attempt(Ability.RESET_PROTECTION, new Device.Deed() {
      @Override
      public Outcome run() {
        FactoryResetProtectionPolicy policy = accounts.isEmpty()
            ? null
            : new FactoryResetProtectionPolicy.Builder().setFactoryResetProtectionAccounts(accounts).setFactoryResetProtectionEnabled(true).build();
        device.dpm.setFactoryResetProtectionPolicy(device.admin, policy);
        return Outcome.done();
      }
    });
  }
}
