package org.muster.agent.headless;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Said;

/** The authorities that a device without a screen trusts, and the keys its apps and networks can use. */
final class FakeTrust implements DevicePort.Trust {
  static final String OWN = "own";
  private final FakeOs os;
  private final FakePort port;
  private final FakeKeys keys;

  FakeTrust(FakeOs os, FakePort port) {
    this.os = os;
    this.port = port;
    keys = new FakeKeys(os, OWN);
  }

  @Override
  public Outcome addAuthority(byte[] certificate) {
    return port.attempt(Ability.CERTIFICATE, "authority:" + FakePort.hash(certificate), null, true);
  }

  @Override
  public Outcome removeAuthority(byte[] certificate) {
    return port.attempt(Ability.CERTIFICATE, "authority:" + FakePort.hash(certificate), "removed", null);
  }

  @Override
  public Outcome addIdentity(String alias, byte[] pkcs12, String password, boolean userMaySelect) {
    return port.attempt(Ability.KEY_PAIR, "identity:" + alias, null, true);
  }

  @Override
  public Outcome removeIdentity(String alias) {
    Outcome refusal = Ability.KEY_PAIR.gate.refusal(port.apiLevel(), port.mode());
    if (refusal != null) return refusal;
    if (!os.part(OWN).containsKey(alias) && !os.part("set").containsKey("identity:" + alias)) return Outcome.done();
    os.part("set").remove("identity:" + alias);
    return os.effect("key-removed", alias, OWN, alias, null);
  }

  @Override
  public Outcome makeKey(String alias) {
    Outcome refusal = Ability.KEY_PAIR_MADE.gate.refusal(port.apiLevel(), port.mode());
    if (refusal != null) return refusal;
    try {
      keys.generate(alias, null);
    } catch (DevicePort.KeyTrouble trouble) {
      return Outcome.failed(trouble.getMessage());
    }
    return os.effect("key", alias, null, null, null);
  }

  @Override
  public Outcome certifyKey(String alias, List<byte[]> chain) {
    Outcome refusal = Ability.KEY_PAIR_MADE.gate.refusal(port.apiLevel(), port.mode());
    if (refusal != null) return refusal;
    Map<String, Object> key = new LinkedHashMap<String, Object>(Said.of(os.part(OWN).get(alias)).all);
    if (key.isEmpty()) return Outcome.failed("There is no such key.");
    List<Object> certificates = new ArrayList<Object>();
    for (byte[] der : chain) certificates.add(Bytes.base64(der));
    key.put("chain", certificates);
    return os.effect("key-certified", alias, OWN, alias, key);
  }

  @Override
  public byte[] publicKey(String alias) throws DevicePort.KeyTrouble {
    return keys.publicKey(alias);
  }

  @Override
  public byte[] sign(String alias, byte[] data) throws DevicePort.KeyTrouble {
    return keys.sign(alias, data);
  }
}
