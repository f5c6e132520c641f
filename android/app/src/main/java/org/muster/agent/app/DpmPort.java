package org.muster.agent.app;

import android.content.Context;
import android.os.Build;
import android.provider.Settings;
import java.util.Map;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** The device the agent runs on, through Android's DevicePolicyManager and what goes with it. */
final class DpmPort implements DevicePort {
  private final Device device;
  private final DevicePasscode passcode;
  private final DeviceLimits limits;
  private final DeviceApps apps;
  private final DeviceNetwork network;
  private final DeviceTrust trust;
  private final DeviceKiosk kiosk;
  private final DeviceUpdates updates;
  private final DeviceCare care;
  private final DeviceKeys keys = new DeviceKeys();

  DpmPort(Context context) {
    this(new Device(context));
  }

  DpmPort(Device device) {
    this.device = device;
    passcode = new DevicePasscode(device);
    limits = new DeviceLimits(device);
    apps = new DeviceApps(device);
    network = new DeviceNetwork(device);
    trust = new DeviceTrust(device);
    kiosk = new DeviceKiosk(device);
    updates = new DeviceUpdates(device);
    care = new DeviceCare(device);
  }

  @Override
  public Mode mode() {
    return device.mode();
  }

  @Override
  public int apiLevel() {
    return device.apiLevel();
  }

  @Override
  public String boot() {
    return String.valueOf(Settings.Global.getInt(device.context.getContentResolver(), Settings.Global.BOOT_COUNT, 0));
  }

  @Override
  public Map<String, Object> introduction() {
    return new Introduction(device).read();
  }

  @Override
  public Map<String, Object> facts() {
    return new DeviceFacts(device).read();
  }

  @Override
  public Outcome belong(final String organizationId, final String name) {
    return device.attempt(Ability.ORGANIZATION, new Device.Deed() {
      @Override
      public Outcome run() {
        if (name != null) device.dpm.setOrganizationName(device.admin, name);
        // It can be said once only; the same again is refused, which is no harm.
        if (device.apiLevel() >= Build.VERSION_CODES.S && device.dpm.getEnrollmentSpecificId().isEmpty())
          device.dpm.setOrganizationId(organizationId);
        return Outcome.done();
      }
    });
  }

  @Override
  public Passcode passcode() {
    return passcode;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Apps apps() {
    return apps;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Trust trust() {
    return trust;
  }

  @Override
  public Kiosk kiosk() {
    return kiosk;
  }

  @Override
  public Updates updates() {
    return updates;
  }

  @Override
  public Care care() {
    return care;
  }

  @Override
  public Keys keys() {
    return keys;
  }

  @Override
  public Texts texts() {
    return new DeviceTexts(device, boot());
  }
}
