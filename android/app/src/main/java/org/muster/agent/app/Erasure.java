package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.os.Build;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/**
 * The only place from which anything is erased. On a personal device there is no path from here to an erased device: the one call that is left
 * there asks the profile's own policies, and those can remove the profile and nothing else.
 */
final class Erasure {
  /** How a whole device is erased. */
  enum Way {
    NEVER,
    OWNER,
    OWNER_DEVICE,
    OUTSIDE,
    OUTSIDE_DEVICE
  }

  private final Device device;

  Erasure(Device device) {
    this.device = device;
  }

  /** The way for that mode and level; a personal device, and one nobody manages, has none. */
  static Way way(Mode mode, int apiLevel) {
    boolean newer = apiLevel >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE;
    if (mode.ownsDevice()) return newer ? Way.OWNER_DEVICE : Way.OWNER;
    if (mode != Mode.COMPANY_PROFILE || apiLevel < Build.VERSION_CODES.R) return Way.NEVER;
    return newer ? Way.OUTSIDE_DEVICE : Way.OUTSIDE;
  }

  Outcome wholeDevice(String reason, int flags) {
    Mode mode = device.mode();
    switch (way(mode, device.apiLevel())) {
      case OWNER:
        erase(device.dpm, reason, flags);
        return Outcome.done();
      case OWNER_DEVICE:
        device.dpm.wipeDevice(flags);
        return Outcome.done();
      case OUTSIDE:
        device.outside().wipeData(flags);
        return Outcome.done();
      case OUTSIDE_DEVICE:
        device.outside().wipeDevice(flags);
        return Outcome.done();
      default:
        return Outcome.managementMode(mode);
    }
  }

  /** Removes the work profile. Refused where the agent owns the device, because the same call would erase all of it. */
  Outcome profile(String reason) {
    Mode mode = device.mode();
    if (mode != Mode.WORK_PROFILE && mode != Mode.COMPANY_PROFILE) return Outcome.managementMode(mode);
    erase(device.dpm, reason, 0);
    return Outcome.done();
  }

  private void erase(DevicePolicyManager policies, String reason, int flags) {
    if (device.apiLevel() >= Build.VERSION_CODES.P && reason != null && !reason.isEmpty()) policies.wipeData(flags, reason);
    else policies.wipeData(flags);
  }
}
