package org.muster.agent.headless;

import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Restriction;

/** What the people of a device without a screen cannot do. */
final class FakeLimits implements DevicePort.Limits {
  private final FakePort port;

  FakeLimits(FakePort port) {
    this.port = port;
  }

  @Override
  public Outcome restrict(String key, boolean on) {
    Restriction restriction = Restriction.find(key);
    if (restriction == null) return Outcome.unsupported(key);
    Outcome refusal = restriction.gate.refusal(port.apiLevel(), port.mode());
    return refusal != null ? refusal : port.attempt(Ability.SUPPORT_TEXT, "restrict:" + key, on ? "on" : "off", on ? Boolean.TRUE : null);
  }

  @Override
  public Outcome turn(String name, boolean on) {
    // What is kept is what differs from a device as it comes.
    boolean plain = !name.equals("screen-awake");
    return port.attempt(abilityOf(name), "turn:" + name, on ? "on" : "off", on == plain ? null : (Object) on);
  }

  private static Ability abilityOf(String name) {
    switch (name) {
      case "camera":
        return Ability.CAMERA;
      case "screen-capture":
        return Ability.SCREEN_CAPTURE;
      case "backup":
        return Ability.BACKUP;
      case "auto-time":
        return Ability.AUTO_TIME;
      case "usb-data":
        return Ability.USB_DATA;
      case "screen-awake":
        return Ability.SCREEN_AWAKE;
      case "work-contacts":
        return Ability.WORK_CONTACTS;
      case "personal-camera":
        return Ability.PERSONAL_CAMERA;
      case "personal-screen-capture":
        return Ability.PERSONAL_SCREEN_CAPTURE;
      case "location":
        return Ability.LOCATION_ON;
      default:
        return Ability.STATUS_BAR_OFF;
    }
  }

  @Override
  public Outcome daysOff(int days) {
    return port.attempt(Ability.PROFILE_OFF_LIMIT, "days-off", days, days == 0 ? null : (Object) (long) days);
  }

  @Override
  public Outcome accounts(String type, boolean may, boolean personal) {
    String verb = (personal ? "personal-account:" : "account:") + type;
    return port.attempt(personal ? Ability.PERSONAL_ACCOUNTS : Ability.ACCOUNTS, verb, may ? "on" : "off", may ? null : Boolean.FALSE);
  }

  @Override
  public Outcome lockScreenText(String text) {
    return port.attempt(Ability.LOCK_SCREEN_TEXT, "lock-screen-text", null, text);
  }

  @Override
  public Outcome supportText(String brief, String full) {
    return port.attempt(Ability.SUPPORT_TEXT, "support-text", null, brief);
  }
}
