package org.muster.agent.app;

import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.os.Build;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.muster.agent.core.Mode;

/** What a device says of itself when it enrolls; the serial number never of a personal one, which has an id for this organization alone. */
final class Introduction {
  private final Device device;

  Introduction(Device device) {
    this.device = device;
  }

  Map<String, Object> read() {
    Map<String, Object> said = new LinkedHashMap<String, Object>();
    said.put("platform", "android");
    said.put("mode", device.mode().word);
    said.put("brand", Build.BRAND);
    said.put("manufacturer", Build.MANUFACTURER);
    said.put("model", Build.MODEL);
    said.put("product", Build.PRODUCT);
    said.put("osVersion", Build.VERSION.RELEASE);
    said.put("apiLevel", Build.VERSION.SDK_INT);
    said.put("patch", Build.VERSION.SECURITY_PATCH);
    said.put("build", Build.DISPLAY);
    said.put("serial", serial());
    said.put("enrollmentId", enrollmentId());
    said.put("locale", Locale.getDefault().toLanguageTag());
    said.put("timeZone", TimeZone.getDefault().getID());
    said.put("agent", agent());
    return said;
  }

  private String serial() {
    Mode mode = device.mode();
    if (!mode.ownsDevice() && mode != Mode.COMPANY_PROFILE) return null;
    try {
      String serial = Build.getSerial();
      return Build.UNKNOWN.equals(serial) ? null : serial;
    } catch (SecurityException hidden) {
      return null;
    }
  }

  private String enrollmentId() {
    if (device.apiLevel() < Build.VERSION_CODES.S) return null;
    try {
      String id = device.dpm.getEnrollmentSpecificId();
      return id.isEmpty() ? null : id;
    } catch (SecurityException notOurs) {
      return null;
    }
  }

  /** Which agent speaks: its signer is what a device's key attestation names too. */
  @SuppressWarnings("deprecation")
  private Map<String, Object> agent() {
    Map<String, Object> agent = new LinkedHashMap<String, Object>();
    try {
      PackageInfo own = device.context.getPackageManager().getPackageInfo(device.context.getPackageName(), Signers.flag());
      agent.put("version", own.versionName);
      agent.put("code", own.versionCode);
      agent.put("signer", Signers.current(own));
    } catch (PackageManager.NameNotFoundException never) {
      throw new IllegalStateException(never);
    }
    return agent;
  }
}
