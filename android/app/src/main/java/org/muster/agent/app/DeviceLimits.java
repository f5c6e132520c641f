package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.os.BatteryManager;
import android.provider.Settings;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Restriction;

/** Restrictions and the switches that Android keeps apart from them. */
final class DeviceLimits implements DevicePort.Limits {
  private static final String PLUGGED_IN =
      String.valueOf(BatteryManager.BATTERY_PLUGGED_AC | BatteryManager.BATTERY_PLUGGED_USB | BatteryManager.BATTERY_PLUGGED_WIRELESS);

  private final Device device;

  DeviceLimits(Device device) {
    this.device = device;
  }

  @Override
  public Outcome restrict(final String key, final boolean on) {
    final Restriction restriction = Restriction.find(key);
    if (restriction == null) return Outcome.failed("This agent does not know the restriction " + key + ".");
    return device.attempt(restriction.gate, new Device.Deed() {
      @Override
      public Outcome run() {
        boolean outside = restriction.outside && device.mode() == Mode.COMPANY_PROFILE;
        DevicePolicyManager policies = outside ? device.outside() : device.dpm;
        if (on) policies.addUserRestriction(device.admin, key);
        else policies.clearUserRestriction(device.admin, key);
        boolean stands = policies.getUserRestrictions(device.admin).getBoolean(key);
        return Device.answered(stands == on, "The device did not keep it.");
      }
    });
  }

  @Override
  public Outcome turn(String name, boolean on) {
    switch (name) {
      case "auto-time":
        return autoTime(on);
      case "auto-time-zone":
        return autoTimeZone(on);
      case "location":
        return location(on);
      case "usb-data":
        return usbData(on);
      case "work-contacts":
      case "personal-camera":
      case "personal-screen-capture":
        return new DeviceSides(device).turn(name, on);
      default:
        return turnOlder(name, on);
    }
  }

  /** Those that every Android the agent runs on knows. */
  private Outcome turnOlder(final String name, final boolean on) {
    Ability ability = older(name);
    if (ability == null) return Outcome.failed("This agent does not know the switch " + name + ".");
    return device.attempt(ability, new Device.Deed() {
      @Override
      public Outcome run() {
        return flip(name, on);
      }
    });
  }

  private static Ability older(String name) {
    switch (name) {
      case "camera":
        return Ability.CAMERA;
      case "screen-capture":
        return Ability.SCREEN_CAPTURE;
      case "status-bar":
        return Ability.STATUS_BAR_OFF;
      case "keyguard":
        return Ability.KEYGUARD_OFF;
      case "mute":
        return Ability.MUTE;
      case "backup":
        return Ability.BACKUP;
      case "screen-awake":
        return Ability.SCREEN_AWAKE;
      default:
        return null;
    }
  }

  private Outcome flip(String name, boolean on) {
    DevicePolicyManager dpm = device.dpm;
    switch (name) {
      case "camera":
        dpm.setCameraDisabled(device.admin, !on);
        break;
      case "screen-capture":
        dpm.setScreenCaptureDisabled(device.admin, !on);
        break;
      case "status-bar":
        return Device.answered(dpm.setStatusBarDisabled(device.admin, !on), "The device did not change its status bar.");
      case "keyguard":
        return Device.answered(dpm.setKeyguardDisabled(device.admin, !on), "A device with a passcode keeps its lock screen.");
      case "mute":
        dpm.setMasterVolumeMuted(device.admin, on);
        break;
      case "backup":
        dpm.setBackupServiceEnabled(device.admin, on);
        break;
      default:
        dpm.setGlobalSetting(device.admin, Settings.Global.STAY_ON_WHILE_PLUGGED_IN, on ? PLUGGED_IN : "0");
    }
    return Outcome.done();
  }

  private Outcome autoTime(final boolean on) {
    return device.attempt(Ability.AUTO_TIME, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setAutoTimeEnabled(device.admin, on);
        return Outcome.done();
      }
    });
  }

  private Outcome autoTimeZone(final boolean on) {
    return device.attempt(Ability.AUTO_TIME, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setAutoTimeZoneEnabled(device.admin, on);
        return Outcome.done();
      }
    });
  }

  private Outcome location(final boolean on) {
    return device.attempt(Ability.LOCATION_ON, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setLocationEnabled(device.admin, on);
        return Outcome.done();
      }
    });
  }

  private Outcome usbData(final boolean on) {
    return device.attempt(Ability.USB_DATA, new Device.Deed() {
      @Override
      public Outcome run() {
        if (!device.dpm.canUsbDataSignalingBeDisabled()) return Outcome.failed("The port of this device cannot be switched to charging only.");
        device.dpm.setUsbDataSignalingEnabled(on);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome daysOff(int days) {
    return new DeviceSides(device).daysOff(days);
  }

  @Override
  public Outcome accounts(String type, boolean may, boolean personal) {
    return new DeviceSides(device).accounts(type, may, personal);
  }

  @Override
  public Outcome lockScreenText(final String text) {
    return device.attempt(Ability.LOCK_SCREEN_TEXT, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setDeviceOwnerLockScreenInfo(device.admin, text);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome supportText(final String brief, final String full) {
    return device.attempt(Ability.SUPPORT_TEXT, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setShortSupportMessage(device.admin, brief);
        device.dpm.setLongSupportMessage(device.admin, full);
        return Outcome.done();
      }
    });
  }
}
