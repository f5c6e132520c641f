package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.SystemClock;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.LostNote;
import org.muster.agent.core.Outcome;

/** Lock task: a device with few apps, or, when it is lost, with one message. What the kiosk was is kept while the device is lost. */
final class DeviceKiosk implements DevicePort.Kiosk {
  static final String APPS = "kioskApps";
  private static final String FEATURES = "kioskFeatures";
  private static final String LAUNCHER = "kioskLauncher";
  private static final String CODE = "kioskCode";
  private static final String SALT = "kioskSalt";
  private static final String WRONG = "kioskWrong";
  private static final String WRONG_AT = "kioskWrongAt";
  private static final int SALT_BYTES = 16;
  private static final int MOST_WRONG = 5;
  private static final long AWAY_MS = 30 * 60_000L;
  static final String LOST = "lost";
  static final String MESSAGE = "lostMessage";
  static final String PHONE = "lostPhone";
  static final String ORGANIZATION = "lostOrganization";

  private final Device device;

  DeviceKiosk(Device device) {
    this.device = device;
  }

  @Override
  public Outcome allow(final List<String> names, final List<String> features, final boolean launcher) {
    // The order of a set of names is the order of the launcher, so it is kept as one text.
    final String apps = String.join("\n", new LinkedHashSet<String>(names));
    return device.attempt(features.isEmpty() ? Ability.KIOSK : Ability.KIOSK_FEATURES, new Device.Deed() {
      @Override
      public Outcome run() {
        bits(new HashSet<String>(features));
        device.notes().edit().putString(APPS, apps).putStringSet(FEATURES, new HashSet<String>(features)).putBoolean(LAUNCHER, launcher).commit();
        // A lost device stays lost; its kiosk comes back when it is found.
        if (!device.notes().getBoolean(LOST, false)) restore();
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome leaveBy(final String code) {
    return device.attempt(Ability.KIOSK, new Device.Deed() {
      @Override
      public Outcome run() {
        SharedPreferences.Editor notes = device.notes().edit();
        if (code == null) notes.remove(CODE).remove(SALT);
        else {
          String salt = Bytes.base64url(Bytes.random(SALT_BYTES));
          notes.putString(SALT, salt).putString(CODE, digest(salt, code));
        }
        notes.commit();
        return Outcome.done();
      }
    });
  }

  private static String digest(String salt, String code) {
    return Bytes.hash(salt + code);
  }

  boolean hasCode() {
    return device.notes().getString(CODE, null) != null;
  }

  /** Lets whoever knows the code out for a while. After some wrong ones nobody is asked for a while. */
  boolean leave(String code) {
    SharedPreferences notes = device.notes();
    long now = SystemClock.elapsedRealtime();
    int wrong = notes.getInt(WRONG, 0);
    // This clock begins anew with the device, which must not shorten the wait.
    long since = Math.min(notes.getLong(WRONG_AT, 0), now);
    if (wrong >= MOST_WRONG && now - (since == now ? 0 : since) < AWAY_MS) return false;
    if (!hasCode() || !digest(notes.getString(SALT, ""), code).equals(notes.getString(CODE, null))) {
      notes.edit().putInt(WRONG, wrong >= MOST_WRONG ? 1 : wrong + 1).putLong(WRONG_AT, now).commit();
      return false;
    }
    notes.edit().remove(WRONG).remove(WRONG_AT).commit();
    device.dpm.setLockTaskPackages(device.admin, new String[0]);
    home(false);
    Background.handler().postDelayed(new Runnable() {
      @Override
      public void run() {
        resume();
      }
    }, AWAY_MS);
    return true;
  }

  /** Puts the device into the kiosk that was last asked for, or out of any. */
  private void restore() {
    SharedPreferences notes = device.notes();
    String apps = notes.getString(APPS, "");
    boolean launcher = notes.getBoolean(LAUNCHER, false) && !apps.isEmpty();
    Set<String> names = new LinkedHashSet<String>();
    if (!apps.isEmpty()) names.addAll(Arrays.asList(apps.split("\n")));
    if (!names.isEmpty()) names.add(device.context.getPackageName());
    device.dpm.setLockTaskPackages(device.admin, names.toArray(new String[0]));
    if (device.apiLevel() >= Build.VERSION_CODES.P)
      device.dpm.setLockTaskFeatures(device.admin, bits(notes.getStringSet(FEATURES, Collections.<String>emptySet())));
    home(launcher);
    if (launcher) show(HomeActivity.class);
  }

  /** After a start of the device: a lost one shows so again, and whoever was let out of a kiosk is back in it. */
  void resume() {
    if (!device.mode().ownsDevice()) return;
    if (device.notes().getBoolean(LOST, false)) show(LostActivity.class);
    else if (!device.notes().getString(APPS, "").isEmpty()) restore();
  }

  private void home(boolean on) {
    ComponentName home = new ComponentName(device.context, HomeActivity.class);
    int state = on ? PackageManager.COMPONENT_ENABLED_STATE_ENABLED : PackageManager.COMPONENT_ENABLED_STATE_DEFAULT;
    device.context.getPackageManager().setComponentEnabledSetting(home, state, PackageManager.DONT_KILL_APP);
    if (!on) {
      device.dpm.clearPackagePersistentPreferredActivities(device.admin, device.context.getPackageName());
      return;
    }
    IntentFilter filter = new IntentFilter(Intent.ACTION_MAIN);
    filter.addCategory(Intent.CATEGORY_HOME);
    filter.addCategory(Intent.CATEGORY_DEFAULT);
    device.dpm.addPersistentPreferredActivity(device.admin, filter, home);
  }

  private void show(Class<?> screen) {
    device.context.startActivity(new Intent(device.context, screen).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK));
  }

  /** Android refuses the overview and the notifications without the home button, so they bring it along. */
  static int bits(Set<String> features) {
    int bits = DevicePolicyManager.LOCK_TASK_FEATURE_NONE;
    for (String feature : features) bits |= bit(feature);
    int needHome = DevicePolicyManager.LOCK_TASK_FEATURE_OVERVIEW | DevicePolicyManager.LOCK_TASK_FEATURE_NOTIFICATIONS;
    return (bits & needHome) == 0 ? bits : bits | DevicePolicyManager.LOCK_TASK_FEATURE_HOME;
  }

  private static int bit(String feature) {
    switch (feature) {
      case "system-info":
        return DevicePolicyManager.LOCK_TASK_FEATURE_SYSTEM_INFO;
      case "notifications":
        return DevicePolicyManager.LOCK_TASK_FEATURE_NOTIFICATIONS;
      case "home":
        return DevicePolicyManager.LOCK_TASK_FEATURE_HOME;
      case "overview":
        return DevicePolicyManager.LOCK_TASK_FEATURE_OVERVIEW;
      case "power":
        return DevicePolicyManager.LOCK_TASK_FEATURE_GLOBAL_ACTIONS;
      case "keyguard":
        return DevicePolicyManager.LOCK_TASK_FEATURE_KEYGUARD;
      case "block-other-screens":
        return DevicePolicyManager.LOCK_TASK_FEATURE_BLOCK_ACTIVITY_START_IN_TASK;
      default:
        throw new IllegalArgumentException("no such feature of a kiosk: " + feature);
    }
  }

  @Override
  public Outcome showLost(final LostNote note) {
    return device.attempt(Ability.LOST_MODE, new Device.Deed() {
      @Override
      public Outcome run() {
        device.notes().edit().putBoolean(LOST, true).putString(MESSAGE, note.message).putString(PHONE, note.phone)
            .putString(ORGANIZATION, note.organization).commit();
        device.dpm.setLockTaskPackages(device.admin, new String[] {device.context.getPackageName()});
        if (device.apiLevel() >= Build.VERSION_CODES.P)
          device.dpm.setLockTaskFeatures(device.admin, DevicePolicyManager.LOCK_TASK_FEATURE_KEYGUARD);
        device.dpm.setDeviceOwnerLockScreenInfo(device.admin, lines(note.message, note.phone));
        show(LostActivity.class);
        device.dpm.lockNow();
        return Outcome.done();
      }
    });
  }

  private static String lines(String first, String second) {
    if (first == null || second == null) return first == null ? second : first;
    return first + "\n" + second;
  }

  @Override
  public Outcome endLost() {
    return device.attempt(Ability.LOST_MODE, new Device.Deed() {
      @Override
      public Outcome run() {
        if (!device.notes().getBoolean(LOST, false)) return Outcome.done();
        device.notes().edit().remove(LOST).remove(MESSAGE).remove(PHONE).remove(ORGANIZATION).commit();
        device.dpm.setDeviceOwnerLockScreenInfo(device.admin, null);
        restore();
        LostActivity.close();
        return Outcome.done();
      }
    });
  }
}
