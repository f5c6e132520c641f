package org.muster.agent.headless;

import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.PasscodeRule;
import org.muster.agent.core.Said;

/** The passcode of a device without a screen. */
final class FakePasscode implements DevicePort.Passcode {
  private final FakeOs os;
  private final FakePort port;

  FakePasscode(FakeOs os, FakePort port) {
    this.os = os;
    this.port = port;
  }

  @Override
  public Outcome require(PasscodeRule rule) {
    boolean asks = !rule.complexity.equals("none") || rule.minLength > 0 || rule.lockAfterMs > 0;
    Object said = Said.map("complexity", rule.complexity, "quality", rule.quality, "minLength", rule.minLength, "lockAfterMs", rule.lockAfterMs);
    Outcome outcome = port.attempt(Ability.PASSCODE, "passcode-rule", null, asks ? said : null);
    if (!outcome.isDone()) return outcome;
    boolean enough = os.said().text("passcode", "").length() >= rule.minLength;
    return enough ? outcome : Outcome.failed("The passcode of the device does not meet the rule yet.");
  }

  @Override
  public Outcome prepare(byte[] token) {
    return port.attempt(Ability.PASSCODE_RESET, "reset-token", null, Bytes.hash(token));
  }

  @Override
  public boolean prepared() {
    return os.part("set").containsKey("reset-token");
  }

  @Override
  public Outcome replace(byte[] token, String passcode) {
    if (!Bytes.hash(token).equals(os.part("set").get("reset-token"))) return Outcome.failed("The token is another.");
    Outcome outcome = port.attempt(Ability.PASSCODE_RESET, "passcode-replaced", null, null);
    if (outcome.isDone()) os.put("passcode", passcode);
    return outcome;
  }

  @Override
  public Outcome lockNow() {
    return port.attempt(Ability.LOCK_NOW, "lock", null, true);
  }

  @Override
  public Outcome hide(List<String> features) {
    return port.attempt(Ability.KEYGUARD_FEATURES, "lock-screen", null, features.isEmpty() ? null : new ArrayList<Object>(features));
  }
}
