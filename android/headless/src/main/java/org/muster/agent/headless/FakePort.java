package org.muster.agent.headless;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.LostNote;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Said;
import org.muster.agent.core.UpdateRule;

/** A device without a screen: every verb has the effect it would have, on the {@link FakeOs}, or is refused as a real device would refuse it. */
final class FakePort implements DevicePort {
  private static final String SET = "set";
  private final FakeOs os;
  private final Keys keys;

  FakePort(FakeOs os) {
    this.os = os;
    keys = new FakeKeys(os);
  }

  Outcome attempt(Ability ability, String verb, Object detail, Object value) {
    Outcome refusal = ability.gate.refusal(apiLevel(), mode());
    return refusal != null ? refusal : os.effect(verb, detail, SET, verb, value);
  }

  @Override
  public Mode mode() {
    return Mode.of(os.said().text("mode"));
  }

  @Override
  public int apiLevel() {
    return (int) os.said().whole("apiLevel", 36);
  }

  @Override
  public String boot() {
    return os.said().text("boot");
  }

  @Override
  public Map<String, Object> introduction() {
    Said said = os.said();
    Map<String, Object> told = new LinkedHashMap<String, Object>();
    told.putAll(Said.map("platform", "android", "mode", mode().word, "brand", "Muster", "manufacturer", "Muster"));
    told.putAll(Said.map("model", said.text("model"), "product", "headless", "osVersion", said.text("osVersion"), "apiLevel", apiLevel()));
    told.put("patch", said.text("patch"));
    told.put("build", "headless");
    told.put("serial", mode().personal() ? null : said.text("serial"));
    // As Android 12 and newer, which have no such id before they know whose they are.
    String org = said.object("set").text("belong");
    told.put("enrollmentId", org == null || apiLevel() < 31 ? null : "esid-" + org + "-" + said.text("serial"));
    told.put("locale", Locale.getDefault().toLanguageTag());
    told.put("timeZone", TimeZone.getDefault().getID());
    Map<String, Object> agent = Said.map("version", "0.1.0", "code", 1);
    agent.put("signer", null);
    told.put("agent", agent);
    return told;
  }

  @Override
  public Map<String, Object> facts() {
    Said said = os.said();
    Map<String, Object> facts = Said.map("identity.platform", "android", "identity.model", said.text("model"), "os.version", said.text("osVersion"));
    facts.putAll(Said.map("os.apiLevel", apiLevel(), "os.patch", said.text("patch"), "identity.supervised", mode().ownsDevice()));
    facts.putAll(Said.map("battery.level", said.get("battery"), "security.encrypted", true, "security.passcode", !said.text("passcode", "").isEmpty()));
    if (!mode().personal()) facts.put("identity.serial", said.text("serial"));
    return facts;
  }

  @Override
  public Outcome belong(String organizationId, String name) {
    return attempt(Ability.ORGANIZATION, "belong", name, organizationId);
  }

  @Override
  public Passcode passcode() {
    return new FakePasscode(os, this);
  }

  @Override
  public Limits limits() {
    return new FakeLimits(this);
  }

  @Override
  public Apps apps() {
    return new FakeApps(os, this);
  }

  @Override
  public Network network() {
    return new FakeNetwork(os, this);
  }

  @Override
  public Trust trust() {
    return new FakeTrust(os, this);
  }

  static String hash(byte[] bytes) {
    return org.muster.agent.core.Bytes.hash(bytes);
  }

  @Override
  public Kiosk kiosk() {
    return new Kiosk() {
      @Override
      public Outcome allow(List<String> names, List<String> features, boolean launcher) {
        if (!features.isEmpty() && Ability.KIOSK_FEATURES.gate.refusal(apiLevel(), mode()) != null) return Ability.KIOSK_FEATURES.gate.refusal(apiLevel(), mode());
        Object value = Said.map("apps", new ArrayList<Object>(names), "features", new ArrayList<Object>(features), "launcher", launcher);
        return attempt(Ability.KIOSK, "kiosk", null, names.isEmpty() ? null : value);
      }

      @Override
      public Outcome leaveBy(String code) {
        return attempt(Ability.KIOSK, "kiosk-code", null, code == null ? null : hash(org.muster.agent.core.Bytes.utf8(code)));
      }

      @Override
      public Outcome showLost(LostNote note) {
        Map<String, Object> shown = Said.map("message", note.message, "phone", note.phone, "organization", note.organization);
        return attempt(Ability.LOST_MODE, "lost", null, shown);
      }

      @Override
      public Outcome endLost() {
        return attempt(Ability.LOST_MODE, "lost", "ended", null);
      }
    };
  }

  @Override
  public Updates updates() {
    return new Updates() {
      @Override
      public Outcome require(UpdateRule rule) {
        List<Object> freezes = new ArrayList<Object>();
        for (UpdateRule.Freeze one : rule.freezes) freezes.add(one.fromMonth + "-" + one.fromDay + " " + one.toMonth + "-" + one.toDay);
        Object said = Said.map("when", rule.when, "from", (long) rule.fromMinute, "to", (long) rule.toMinute, "freezes", freezes);
        return attempt(freezes.isEmpty() ? Ability.UPDATE_POLICY : Ability.UPDATE_FREEZE, "updates", null, rule.when.equals("none") ? null : said);
      }
    };
  }

  @Override
  public Care care() {
    return new Care() {
      @Override
      public Outcome locate(long patienceMs) {
        Outcome refusal = Ability.LOCATE.gate.refusal(apiLevel(), mode());
        if (refusal != null) return refusal;
        Map<String, Object> position = os.said().object("location").all;
        return position.isEmpty() ? Outcome.failed("There is no position.") : Outcome.done(position);
      }

      @Override
      public Outcome ring(long forMs) {
        return attempt(Ability.RING, "ring", forMs, null);
      }

      @Override
      public Outcome tell(String title, String text) {
        return attempt(Ability.MESSAGE, "message", text, null);
      }

      @Override
      public Outcome restart() {
        Outcome outcome = attempt(Ability.RESTART, "restart", null, null);
        if (outcome.isDone()) os.put("boot", java.util.UUID.randomUUID().toString());
        return outcome;
      }

      @Override
      public Outcome leave(String reason) {
        Outcome outcome = attempt(Ability.LEAVE, "leave", null, null);
        if (outcome.isDone()) os.put("left", true);
        return outcome;
      }

      @Override
      public Outcome erase(String reason, boolean externalStorage, boolean keepResetProtection) {
        return attempt(Ability.ERASE, "erase", externalStorage, true);
      }

      @Override
      public Outcome resetProtectionOff() {
        return attempt(Ability.RESET_PROTECTION, "reset-protection", null, "off");
      }

      @Override
      public Outcome resetProtection(List<String> accounts) {
        return attempt(Ability.RESET_PROTECTION, "reset-protection", null, accounts.isEmpty() ? null : new ArrayList<Object>(accounts));
      }
    };
  }

  /** Its system makes words for texts; a new one ends the one before, as Android's does. */
  @Override
  public Texts texts() {
    return new Texts() {
      @Override
      public String token(boolean fresh) {
        if (!os.said().has("sim")) return null;
        if (fresh || !os.said().has("textToken")) os.put("textToken", hash(org.muster.agent.core.Bytes.random(8)).substring(0, 11));
        return os.said().text("textToken");
      }

      @Override
      public String number() {
        return os.said().object("sim").text("number");
      }
    };
  }

  @Override
  public Keys keys() {
    return keys;
  }
}
