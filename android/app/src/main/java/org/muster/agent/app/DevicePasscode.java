package org.muster.agent.app;

import android.app.KeyguardManager;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.os.Build;
import android.os.UserManager;
import java.util.List;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.PasscodeRule;

/** Passcodes and the lock screen. */
final class DevicePasscode implements DevicePort.Passcode {
  private final Device device;

  DevicePasscode(Device device) {
    this.device = device;
  }

  @Override
  public Outcome require(final PasscodeRule rule) {
    return device.attempt(Ability.PASSCODE, new Device.Deed() {
      @Override
      public Outcome run() {
        DevicePolicyManager dpm = device.dpm;
        strength(rule);
        dpm.setPasswordHistoryLength(device.admin, rule.history);
        dpm.setPasswordExpirationTimeout(device.admin, rule.expiresAfterMs);
        dpm.setMaximumFailedPasswordsForWipe(device.admin, rule.failedBeforeErase);
        dpm.setMaximumTimeToLock(device.admin, rule.lockAfterMs);
        dpm.setRequiredStrongAuthTimeout(device.admin, rule.strongAuthMs);
        separate(rule.separate);
        return Device.answered(dpm.isActivePasswordSufficient(), "The passcode of the device does not meet the rule yet.");
      }
    });
  }

  /** Android 12 and newer know three strengths, older ones a kind and a length; the two must not be mixed. */
  private void strength(PasscodeRule rule) {
    DevicePolicyManager dpm = device.dpm;
    if (device.apiLevel() >= Build.VERSION_CODES.S && rule.quality == null) {
      dpm.setPasswordQuality(device.admin, DevicePolicyManager.PASSWORD_QUALITY_UNSPECIFIED);
      dpm.setRequiredPasswordComplexity(complexity(rule.complexity));
      return;
    }
    if (device.apiLevel() >= Build.VERSION_CODES.S) dpm.setRequiredPasswordComplexity(DevicePolicyManager.PASSWORD_COMPLEXITY_NONE);
    int quality = quality(rule);
    dpm.setPasswordQuality(device.admin, quality);
    if (quality >= DevicePolicyManager.PASSWORD_QUALITY_NUMERIC) dpm.setPasswordMinimumLength(device.admin, length(rule));
  }

  private static int complexity(String word) {
    if (word.equals("high")) return DevicePolicyManager.PASSWORD_COMPLEXITY_HIGH;
    if (word.equals("medium")) return DevicePolicyManager.PASSWORD_COMPLEXITY_MEDIUM;
    return word.equals("low") ? DevicePolicyManager.PASSWORD_COMPLEXITY_LOW : DevicePolicyManager.PASSWORD_COMPLEXITY_NONE;
  }

  /** What a strength means on Android before 12: the definitions of the levels, said as kind and length. */
  private static int quality(PasscodeRule rule) {
    String word = rule.quality;
    if (word == null) {
      if (rule.complexity.equals("none"))
        return rule.minLength > 0 ? DevicePolicyManager.PASSWORD_QUALITY_NUMERIC : DevicePolicyManager.PASSWORD_QUALITY_UNSPECIFIED;
      return rule.complexity.equals("low") ? DevicePolicyManager.PASSWORD_QUALITY_SOMETHING : DevicePolicyManager.PASSWORD_QUALITY_NUMERIC_COMPLEX;
    }
    if (word.equals("numeric")) return DevicePolicyManager.PASSWORD_QUALITY_NUMERIC;
    if (word.equals("numeric-complex")) return DevicePolicyManager.PASSWORD_QUALITY_NUMERIC_COMPLEX;
    if (word.equals("alphabetic")) return DevicePolicyManager.PASSWORD_QUALITY_ALPHABETIC;
    return word.equals("alphanumeric") ? DevicePolicyManager.PASSWORD_QUALITY_ALPHANUMERIC : DevicePolicyManager.PASSWORD_QUALITY_COMPLEX;
  }

  private static int length(PasscodeRule rule) {
    int least = rule.complexity.equals("high") ? 8 : rule.complexity.equals("medium") ? 4 : 0;
    return Math.max(least, rule.minLength);
  }

  /** A profile with a passcode of its own is a rule since Android 9, and of profiles only. */
  private void separate(boolean on) {
    if (device.apiLevel() < Build.VERSION_CODES.P || device.mode().ownsDevice()) return;
    if (on) device.dpm.addUserRestriction(device.admin, UserManager.DISALLOW_UNIFIED_PASSWORD);
    else device.dpm.clearUserRestriction(device.admin, UserManager.DISALLOW_UNIFIED_PASSWORD);
  }

  @Override
  public Outcome prepare(final byte[] token) {
    return device.attempt(Ability.PASSCODE_RESET, new Device.Deed() {
      @Override
      public Outcome run() {
        if (!device.dpm.setResetPasswordToken(device.admin, token)) return Outcome.failed("The device did not take the token.");
        return prepared() ? Outcome.done() : Outcome.waiting("The token works after the next unlock.");
      }
    });
  }

  @Override
  public boolean prepared() {
    try {
      return device.dpm.isResetPasswordTokenActive(device.admin);
    } catch (SecurityException notOurs) {
      return false;
    }
  }

  @Override
  public Outcome replace(final byte[] token, final String passcode) {
    return device.attempt(Ability.PASSCODE_RESET, new Device.Deed() {
      @Override
      public Outcome run() {
        if (!prepared()) return Outcome.failed("The token does not work yet: the device has to be unlocked once.");
        boolean set = device.dpm.resetPasswordWithToken(device.admin, passcode, token, 0);
        return Device.answered(set, "The device refused this passcode.");
      }
    });
  }

  @Override
  public Outcome lockNow() {
    return device.attempt(Ability.LOCK_NOW, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.lockNow();
        KeyguardManager guard = (KeyguardManager) device.context.getSystemService(Context.KEYGUARD_SERVICE);
        return guard.isDeviceSecure() ? Outcome.done() : Outcome.failed("The screen is off, but there is no passcode to lock it with.");
      }
    });
  }

  @Override
  public Outcome hide(final List<String> features) {
    return device.attempt(Ability.KEYGUARD_FEATURES, new Device.Deed() {
      @Override
      public Outcome run() {
        int bits = 0;
        for (String feature : features) bits |= bit(feature);
        device.dpm.setKeyguardDisabledFeatures(device.admin, bits);
        return Outcome.done();
      }
    });
  }

  private static int bit(String feature) {
    switch (feature) {
      case "camera":
        return DevicePolicyManager.KEYGUARD_DISABLE_SECURE_CAMERA;
      case "notifications":
        return DevicePolicyManager.KEYGUARD_DISABLE_SECURE_NOTIFICATIONS;
      case "unredacted-notifications":
        return DevicePolicyManager.KEYGUARD_DISABLE_UNREDACTED_NOTIFICATIONS;
      case "trust-agents":
        return DevicePolicyManager.KEYGUARD_DISABLE_TRUST_AGENTS;
      case "fingerprint":
        return DevicePolicyManager.KEYGUARD_DISABLE_FINGERPRINT;
      case "face":
        return DevicePolicyManager.KEYGUARD_DISABLE_FACE;
      case "iris":
        return DevicePolicyManager.KEYGUARD_DISABLE_IRIS;
      case "shortcuts":
        return DevicePolicyManager.KEYGUARD_DISABLE_SHORTCUTS_ALL;
      case "all":
        return DevicePolicyManager.KEYGUARD_DISABLE_FEATURES_ALL;
      default:
        throw new IllegalArgumentException("no such thing on a lock screen: " + feature);
    }
  }
}
