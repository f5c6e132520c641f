package org.muster.agent.app;

import android.app.KeyguardManager;
import android.app.admin.DevicePolicyManager;
import android.app.admin.SystemUpdateInfo;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.net.ConnectivityManager;
import android.net.NetworkCapabilities;
import android.os.BatteryManager;
import android.os.Build;
import android.os.Environment;
import android.os.StatFs;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.muster.agent.core.Mode;

/** What the device says about itself. On a personal device: nothing that says whose it is, where it is or what else it does. */
final class DeviceFacts {
  private static final double PERCENT = 100.0;

  private final Device device;
  private final Mode mode;
  private final Map<String, Object> facts = new LinkedHashMap<String, Object>();

  DeviceFacts(Device device) {
    this.device = device;
    this.mode = device.mode();
  }

  /** One thing that may not be known; what it throws means that it is not. */
  private interface Question {
    Object ask() throws Exception;
  }

  private void put(String key, Question question) {
    try {
      Object answer = question.ask();
      if (answer != null) facts.put(key, answer);
    } catch (Exception | LinkageError unknown) {
      // The system keeps it to itself on this device.
    }
  }

  Map<String, Object> read() {
    what();
    protection();
    power();
    if (device.apiLevel() >= Build.VERSION_CODES.S)
      put("identity.enrollmentId", new Question() {
        @Override
        public Object ask() {
          String id = device.dpm.getEnrollmentSpecificId();
          return id.isEmpty() ? null : id;
        }
      });
    if (mode.ownsDevice() || mode == Mode.COMPANY_PROFILE) identifiers();
    if (mode.ownsDevice()) surroundings();
    return facts;
  }

  private void what() {
    facts.put("identity.platform", "android");
    facts.put("identity.model", Build.MODEL);
    facts.put("identity.modelName", Build.MANUFACTURER + " " + Build.MODEL);
    facts.put("os.version", Build.VERSION.RELEASE);
    facts.put("os.apiLevel", Build.VERSION.SDK_INT);
    facts.put("os.build", Build.DISPLAY);
    facts.put("os.patch", Build.VERSION.SECURITY_PATCH);
    facts.put("os.locale", Locale.getDefault().toLanguageTag());
    facts.put("identity.supervised", mode.ownsDevice());
    StatFs data = new StatFs(Environment.getDataDirectory().getPath());
    facts.put("storage.capacityBytes", data.getTotalBytes());
    facts.put("storage.availableBytes", data.getAvailableBytes());
  }

  private void protection() {
    final DevicePolicyManager dpm = device.dpm;
    put("security.passcode", new Question() {
      @Override
      public Object ask() {
        return ((KeyguardManager) device.context.getSystemService(Context.KEYGUARD_SERVICE)).isDeviceSecure();
      }
    });
    put("security.passcodeCompliant", new Question() {
      @Override
      public Object ask() {
        return dpm.isActivePasswordSufficient();
      }
    });
    put("security.encrypted", new Question() {
      @Override
      public Object ask() {
        int status = dpm.getStorageEncryptionStatus();
        return status == DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE
            || status == DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE_DEFAULT_KEY
            || status == DevicePolicyManager.ENCRYPTION_STATUS_ACTIVE_PER_USER;
      }
    });
    put("security.passcodeComplexity", new Question() {
      @Override
      public Object ask() {
        return device.apiLevel() >= Build.VERSION_CODES.Q ? strength(dpm.getPasswordComplexity()) : null;
      }
    });
    if (mode != Mode.UNMANAGED) facts.put("security.resetToken", new DevicePasscode(device).prepared());
    if (mode.ownsDevice()) {
      facts.put("security.lostMode", device.notes().getBoolean(DeviceKiosk.LOST, false));
      debugging();
    }
    pendingUpdate();
  }

  private static String strength(int complexity) {
    if (complexity >= DevicePolicyManager.PASSWORD_COMPLEXITY_HIGH) return "high";
    if (complexity >= DevicePolicyManager.PASSWORD_COMPLEXITY_MEDIUM) return "medium";
    return complexity >= DevicePolicyManager.PASSWORD_COMPLEXITY_LOW ? "low" : "none";
  }

  private void debugging() {
    put("security.debugging", new Question() {
      @Override
      public Object ask() throws Settings.SettingNotFoundException {
        return Settings.Global.getInt(device.context.getContentResolver(), Settings.Global.ADB_ENABLED) != 0;
      }
    });
    put("security.developerOptions", new Question() {
      @Override
      public Object ask() throws Settings.SettingNotFoundException {
        return Settings.Global.getInt(device.context.getContentResolver(), Settings.Global.DEVELOPMENT_SETTINGS_ENABLED) != 0;
      }
    });
  }

  private void pendingUpdate() {
    put("os.updateWaitingSince", new Question() {
      @Override
      public Object ask() {
        SystemUpdateInfo update = device.dpm.getPendingSystemUpdate(device.admin);
        return update == null ? null : update.getReceivedTime();
      }
    });
  }

  private void power() {
    Intent battery = device.context.registerReceiver(null, new IntentFilter(Intent.ACTION_BATTERY_CHANGED));
    if (battery == null) return;
    int level = battery.getIntExtra(BatteryManager.EXTRA_LEVEL, -1);
    int scale = battery.getIntExtra(BatteryManager.EXTRA_SCALE, 0);
    if (level >= 0 && scale > 0) facts.put("battery.level", Math.round(PERCENT * level / scale) / PERCENT);
    String health = health(battery.getIntExtra(BatteryManager.EXTRA_HEALTH, 0));
    if (health != null) facts.put("battery.health", health);
    facts.put("battery.isCharging", battery.getIntExtra(BatteryManager.EXTRA_PLUGGED, 0) != 0);
  }

  /** In the words that devices of other makers use, too. */
  private static String health(int said) {
    switch (said) {
      case BatteryManager.BATTERY_HEALTH_GOOD:
        return "normal";
      case BatteryManager.BATTERY_HEALTH_DEAD:
      case BatteryManager.BATTERY_HEALTH_UNSPECIFIED_FAILURE:
      case BatteryManager.BATTERY_HEALTH_OVER_VOLTAGE:
        return "service-recommended";
      default:
        return null;
    }
  }

  private void identifiers() {
    put("identity.serial", new Question() {
      @Override
      public Object ask() {
        String serial = Build.getSerial();
        return Build.UNKNOWN.equals(serial) ? null : serial;
      }
    });
    put("cellular.imei", new Question() {
      @Override
      public Object ask() {
        return bySlot(false);
      }
    });
    put("cellular.meid", new Question() {
      @Override
      public Object ask() {
        return bySlot(true);
      }
    });
    put("cellular.iccid", new Question() {
      @Override
      public Object ask() {
        return telephony().getSimSerialNumber();
      }
    });
    put("network.wifiMac", new Question() {
      @Override
      public Object ask() {
        return device.dpm.getWifiMacAddress(device.admin);
      }
    });
  }

  private void surroundings() {
    put("identity.name", new Question() {
      @Override
      public Object ask() {
        return Settings.Global.getString(device.context.getContentResolver(), Settings.Global.DEVICE_NAME);
      }
    });
    put("identity.timeZone", new Question() {
      @Override
      public Object ask() {
        return TimeZone.getDefault().getID();
      }
    });
    put("cellular.carrier", new Question() {
      @Override
      public Object ask() {
        String carrier = telephony().getNetworkOperatorName();
        return carrier.isEmpty() ? null : carrier;
      }
    });
    put("network.transport", new Question() {
      @Override
      public Object ask() {
        return transport();
      }
    });
  }

  /** One number for each slot that has one, in their order. */
  private Object bySlot(boolean meid) {
    List<Object> numbers = new ArrayList<Object>();
    for (int slot = 0; slot < telephony().getPhoneCount(); slot += 1) {
      String number = meid ? telephony().getMeid(slot) : telephony().getImei(slot);
      if (number != null && !number.isEmpty()) numbers.add(number);
    }
    return numbers.isEmpty() ? null : numbers.size() == 1 ? numbers.get(0) : numbers;
  }

  private TelephonyManager telephony() {
    return (TelephonyManager) device.context.getSystemService(Context.TELEPHONY_SERVICE);
  }

  private String transport() {
    ConnectivityManager networks = (ConnectivityManager) device.context.getSystemService(Context.CONNECTIVITY_SERVICE);
    NetworkCapabilities network = networks.getNetworkCapabilities(networks.getActiveNetwork());
    if (network == null) return null;
    if (network.hasTransport(NetworkCapabilities.TRANSPORT_WIFI)) return "wifi";
    if (network.hasTransport(NetworkCapabilities.TRANSPORT_ETHERNET)) return "ethernet";
    return network.hasTransport(NetworkCapabilities.TRANSPORT_CELLULAR) ? "cellular" : "other";
  }
}
