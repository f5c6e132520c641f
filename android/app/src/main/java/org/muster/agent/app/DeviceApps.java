package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.content.pm.PackageManager;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.InstalledApp;
import org.muster.agent.core.Outcome;

/** Apps: installed, taken away, hidden, held back, configured. */
final class DeviceApps implements DevicePort.Apps {
  private static final long CLEAR_PATIENCE_S = 30;

  private final Device device;
  private final Installer installer;

  DeviceApps(Device device) {
    this.device = device;
    this.installer = new Installer(device);
    installer.restoreBan();
  }

  @Override
  public Outcome install(final String name, final File apk, final String signer) {
    return device.attempt(Ability.APP_INSTALL, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        return installer.install(name, apk, signer);
      }
    });
  }

  @Override
  public Outcome uninstall(final String name) {
    return device.attempt(Ability.APP_UNINSTALL, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        return installer.uninstall(name);
      }
    });
  }

  @Override
  public Outcome installExisting(final String name) {
    return device.attempt(Ability.APP_INSTALL_EXISTING, new Device.Deed() {
      @Override
      public Outcome run() {
        return Device.answered(device.dpm.installExistingPackage(device.admin, name), "The device does not have " + name + ".");
      }
    });
  }

  @Override
  public Outcome enableSystem(final String name) {
    return device.attempt(Ability.APP_ENABLE_SYSTEM, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.enableSystemApp(device.admin, name);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome hide(final String name, final boolean on) {
    return device.attempt(Ability.APP_HIDE, new Device.Deed() {
      @Override
      public Outcome run() {
        if (isOurs(name)) return Outcome.failed("The agent does not hide itself.");
        if (device.dpm.isApplicationHidden(device.admin, name) == on) return Outcome.done();
        boolean done = device.dpm.setApplicationHidden(device.admin, name, on);
        return Device.answered(done, "The device would not, or does not have " + name + ".");
      }
    });
  }

  @Override
  public Outcome suspend(final List<String> names, final boolean on) {
    return device.attempt(Ability.APP_SUSPEND, new Device.Deed() {
      @Override
      public Outcome run() {
        String[] refused = device.dpm.setPackagesSuspended(device.admin, names.toArray(new String[0]), on);
        return Device.answered(refused.length == 0, "Not these: " + Arrays.asList(refused));
      }
    });
  }

  @Override
  public Outcome keep(final String name, final boolean on) {
    return device.attempt(Ability.APP_KEEP, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setUninstallBlocked(device.admin, name, on);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome keepRunning(final List<String> names) {
    return device.attempt(Ability.APP_KEEP_RUNNING, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setUserControlDisabledPackages(device.admin, names);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome clearData(final String name) {
    return device.attempt(Ability.APP_CLEAR_DATA, new Device.Deed() {
      @Override
      public Outcome run() throws InterruptedException {
        if (isOurs(name)) return Outcome.failed("The agent does not forget itself.");
        final CountDownLatch answered = new CountDownLatch(1);
        final boolean[] cleared = new boolean[1];
        device.dpm.clearApplicationUserData(device.admin, name, Background.executor(), new DevicePolicyManager.OnClearApplicationUserDataListener() {
          @Override
          public void onApplicationUserDataCleared(String packageName, boolean succeeded) {
            cleared[0] = succeeded;
            answered.countDown();
          }
        });
        if (!answered.await(CLEAR_PATIENCE_S, TimeUnit.SECONDS)) return Outcome.failed("The device did not answer in time.");
        return Device.answered(cleared[0], "The device would not, or does not have " + name + ".");
      }
    });
  }

  @Override
  public Outcome configure(final String name, final Map<String, Object> values) {
    return device.attempt(Ability.APP_CONFIGURE, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setApplicationRestrictions(device.admin, name, Bundles.of(values));
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome permit(final String name, final String permission, final String state) {
    return device.attempt(Ability.APP_PERMISSION, new Device.Deed() {
      @Override
      public Outcome run() {
        int wanted = grant(state);
        boolean set = device.dpm.setPermissionGrantState(device.admin, name, permission, wanted);
        if (!set) return Outcome.failed(name + " does not ask for " + permission + ", or the device keeps that to its person.");
        int stands = device.dpm.getPermissionGrantState(device.admin, name, permission);
        return Device.answered(stands == wanted, "The device keeps " + permission + " to its person.");
      }
    });
  }

  private static int grant(String state) {
    if (state.equals("grant")) return DevicePolicyManager.PERMISSION_GRANT_STATE_GRANTED;
    return state.equals("deny") ? DevicePolicyManager.PERMISSION_GRANT_STATE_DENIED : DevicePolicyManager.PERMISSION_GRANT_STATE_DEFAULT;
  }

  @Override
  public Outcome permitByDefault(final String policy) {
    return device.attempt(Ability.APP_PERMISSION, new Device.Deed() {
      @Override
      public Outcome run() {
        int said = policy.equals("grant")
            ? DevicePolicyManager.PERMISSION_POLICY_AUTO_GRANT
            : policy.equals("deny") ? DevicePolicyManager.PERMISSION_POLICY_AUTO_DENY : DevicePolicyManager.PERMISSION_POLICY_PROMPT;
        device.dpm.setPermissionPolicy(device.admin, said);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome suspendPersonal(final boolean on) {
    return device.attempt(Ability.PERSONAL_APPS_SUSPEND, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setPersonalAppsSuspended(device.admin, on);
        return Outcome.done();
      }
    });
  }

  @Override
  public List<InstalledApp> list(boolean hashes) {
    Inventory.Hidden hidden = new Inventory.Hidden() {
      @Override
      public boolean is(String name) {
        return device.dpm.isApplicationHidden(device.admin, name);
      }
    };
    return new Inventory(device.context.getPackageManager(), hidden).read(hashes);
  }

  private boolean isOurs(String name) {
    return name.equals(device.context.getPackageName());
  }
}
