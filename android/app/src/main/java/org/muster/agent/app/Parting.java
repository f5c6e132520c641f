package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.os.Build;
import android.provider.Settings;
import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.Outcome;

/** Gives a device that was managed whole back to its people: nothing stays forbidden that only the agent could allow again. */
final class Parting {
  private final Device device;
  private final DevicePolicyManager dpm;

  Parting(Device device) {
    this.device = device;
    this.dpm = device.dpm;
  }

  /** One thing to undo; what it throws must not keep the rest from being undone. */
  private abstract static class Undo {
    abstract void run() throws Exception;

    final void quietly() {
      try {
        run();
      } catch (Exception already) {
        // The owner's end lifts what is left, or it never stood.
      }
    }
  }

  @SuppressWarnings("deprecation")
  Outcome release() {
    new DeviceKiosk(device).endLost();
    restrictions();
    apps();
    network();
    switches();
    String own = device.context.getPackageName();
    Messages.forget(device);
    dpm.clearDeviceOwnerApp(own);
    return Device.answered(!dpm.isDeviceOwnerApp(own), "The device did not let go.");
  }

  private void restrictions() {
    for (final String key : dpm.getUserRestrictions(device.admin).keySet())
      new Undo() {
        @Override
        void run() {
          dpm.clearUserRestriction(device.admin, key);
        }
      }.quietly();
  }

  /** Apps that are hidden count as not installed, so they are asked for by name. */
  private void apps() {
    final List<String> names = new ArrayList<String>();
    for (PackageInfo app : device.context.getPackageManager().getInstalledPackages(PackageManager.MATCH_UNINSTALLED_PACKAGES))
      names.add(app.packageName);
    for (final String name : names)
      new Undo() {
        @Override
        void run() {
          if (dpm.isApplicationHidden(device.admin, name)) dpm.setApplicationHidden(device.admin, name, false);
          if (dpm.isUninstallBlocked(device.admin, name)) dpm.setUninstallBlocked(device.admin, name, false);
        }
      }.quietly();
    new Undo() {
      @Override
      void run() {
        dpm.setPackagesSuspended(device.admin, names.toArray(new String[0]), false);
      }
    }.quietly();
  }

  private void network() {
    new Undo() {
      @Override
      void run() throws Exception {
        dpm.setAlwaysOnVpnPackage(device.admin, null, false);
      }
    }.quietly();
    new Undo() {
      @Override
      void run() {
        dpm.setRecommendedGlobalProxy(device.admin, null);
      }
    }.quietly();
    new Undo() {
      @Override
      void run() {
        if (device.apiLevel() >= Build.VERSION_CODES.Q) dpm.setGlobalPrivateDnsModeOpportunistic(device.admin);
        if (device.apiLevel() >= Build.VERSION_CODES.TIRAMISU) dpm.setWifiSsidPolicy(null);
      }
    }.quietly();
    new Undo() {
      @Override
      @SuppressWarnings("deprecation")
      void run() {
        if (device.apiLevel() >= Build.VERSION_CODES.R) dpm.setConfiguredNetworksLockdownState(device.admin, false);
        else dpm.setGlobalSetting(device.admin, Settings.Global.WIFI_DEVICE_OWNER_CONFIGS_LOCKDOWN, "0");
      }
    }.quietly();
  }

  private void switches() {
    new Undo() {
      @Override
      void run() {
        dpm.setLockTaskPackages(device.admin, new String[0]);
        dpm.clearPackagePersistentPreferredActivities(device.admin, device.context.getPackageName());
      }
    }.quietly();
    new Undo() {
      @Override
      void run() {
        dpm.setCameraDisabled(device.admin, false);
        dpm.setScreenCaptureDisabled(device.admin, false);
        dpm.setStatusBarDisabled(device.admin, false);
        dpm.setKeyguardDisabled(device.admin, false);
        dpm.setMasterVolumeMuted(device.admin, false);
        dpm.setSystemUpdatePolicy(device.admin, null);
        dpm.setDeviceOwnerLockScreenInfo(device.admin, null);
      }
    }.quietly();
    new Undo() {
      @Override
      void run() {
        if (device.apiLevel() >= Build.VERSION_CODES.R) dpm.setFactoryResetProtectionPolicy(device.admin, null);
        if (device.apiLevel() >= Build.VERSION_CODES.S && dpm.canUsbDataSignalingBeDisabled()) dpm.setUsbDataSignalingEnabled(true);
      }
    }.quietly();
  }
}
