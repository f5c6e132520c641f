package org.muster.agent.app;

import org.muster.agent.core.Ability;
import org.muster.agent.core.Outcome;

/** The little an organization may say of the personal side of its own device, what passes to it, and which accounts there can be on either. */
final class DeviceSides {
  private static final long DAY_MS = 24 * 3_600_000L;

  private final Device device;

  DeviceSides(Device device) {
    this.device = device;
  }

  Outcome turn(String name, boolean on) {
    if (name.equals("work-contacts")) return contacts(on);
    return name.equals("personal-camera") ? camera(on) : screenCapture(on);
  }

  @SuppressWarnings("deprecation")
  private Outcome contacts(final boolean on) {
    return device.attempt(Ability.WORK_CONTACTS, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setCrossProfileContactsSearchDisabled(device.admin, !on);
        device.dpm.setCrossProfileCallerIdDisabled(device.admin, !on);
        return Outcome.done();
      }
    });
  }

  private Outcome camera(final boolean on) {
    return device.attempt(Ability.PERSONAL_CAMERA, new Device.Deed() {
      @Override
      public Outcome run() {
        device.outside().setCameraDisabled(device.admin, !on);
        return Outcome.done();
      }
    });
  }

  private Outcome screenCapture(final boolean on) {
    return device.attempt(Ability.PERSONAL_SCREEN_CAPTURE, new Device.Deed() {
      @Override
      public Outcome run() {
        device.outside().setScreenCaptureDisabled(device.admin, !on);
        return Outcome.done();
      }
    });
  }

  Outcome daysOff(final int days) {
    return device.attempt(Ability.PROFILE_OFF_LIMIT, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setManagedProfileMaximumTimeOff(device.admin, days * DAY_MS);
        return Outcome.done();
      }
    });
  }

  Outcome accounts(final String type, final boolean may, boolean personal) {
    if (personal)
      return device.attempt(Ability.PERSONAL_ACCOUNTS, new Device.Deed() {
        @Override
        public Outcome run() {
          device.outside().setAccountManagementDisabled(device.admin, type, !may);
          return Outcome.done();
        }
      });
    return device.attempt(Ability.ACCOUNTS, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setAccountManagementDisabled(device.admin, type, !may);
        return Outcome.done();
      }
    });
  }
}
