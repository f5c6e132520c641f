package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.SharedPreferences;
import android.os.Build;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Gate;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** The device as every part of the port reaches it: asked for its mode each time, because a mode can end. */
class Device {
  private static final String NOTES = "device";
  private static final String DEDICATED = "dedicated";

  final Context context;
  final DevicePolicyManager dpm;
  final ComponentName admin;

  Device(Context context) {
    this.context = context.getApplicationContext();
    this.dpm = (DevicePolicyManager) context.getSystemService(Context.DEVICE_POLICY_SERVICE);
    this.admin = new ComponentName(context, Admin.class);
  }

  /** Something to do to the device; what it throws is told as a failure. */
  interface Deed {
    Outcome run() throws Exception;
  }

  int apiLevel() {
    return Build.VERSION.SDK_INT;
  }

  Mode mode() {
    String own = context.getPackageName();
    if (dpm.isDeviceOwnerApp(own)) return notes().getBoolean(DEDICATED, false) ? Mode.DEDICATED : Mode.FULLY_MANAGED;
    if (!dpm.isProfileOwnerApp(own)) return Mode.UNMANAGED;
    return companyProfile() ? Mode.COMPANY_PROFILE : Mode.WORK_PROFILE;
  }

  /** Before Android 11 a profile could not say that its device is the organization's; such a device counts as personal. */
  boolean companyProfile() {
    return apiLevel() >= Build.VERSION_CODES.R && dpm.isOrganizationOwnedDeviceWithManagedProfile();
  }

  void dedicate(boolean on) {
    notes().edit().putBoolean(DEDICATED, on).apply();
  }

  /** What the agent itself must remember about the device between starts. */
  SharedPreferences notes() {
    return context.getSharedPreferences(NOTES, Context.MODE_PRIVATE);
  }

  /** The policies of the personal side of a company's device. */
  DevicePolicyManager outside() {
    return dpm.getParentProfileInstance(admin);
  }

  /** Does it where this mode and this Android can; says which of the two stands in the way where they cannot. */
  Outcome attempt(Ability ability, Deed deed) {
    return attempt(ability.gate, deed);
  }

  Outcome attempt(Gate gate, Deed deed) {
    Outcome refusal = gate.refusal(apiLevel(), mode());
    if (refusal != null) return refusal;
    try {
      return deed.run();
    } catch (Exception trouble) {
      return Outcome.failed(said(trouble));
    } catch (LinkageError missing) {
      // A maker's Android without what its level promises.
      return Outcome.failed(said(missing));
    }
  }

  static Outcome answered(boolean yes, String otherwise) {
    return yes ? Outcome.done() : Outcome.failed(otherwise);
  }

  private static String said(Throwable trouble) {
    String message = trouble.getMessage();
    String name = trouble.getClass().getSimpleName();
    return message == null || message.isEmpty() ? name : name + ": " + message;
  }
}
