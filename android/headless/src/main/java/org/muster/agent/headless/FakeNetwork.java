package org.muster.agent.headless;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Said;
import org.muster.agent.core.WifiRule;

/** The networks of a device without a screen. */
final class FakeNetwork implements DevicePort.Network {
  private final FakeOs os;
  private final FakePort port;

  FakeNetwork(FakeOs os, FakePort port) {
    this.os = os;
    this.port = port;
  }

  @Override
  public Outcome addWifi(WifiRule wifi) {
    Outcome refusal = Ability.WIFI.gate.refusal(port.apiLevel(), port.mode());
    if (refusal != null) return refusal;
    Map<String, Object> network = Said.map("security", wifi.security, "hidden", wifi.hidden);
    if (wifi.alias != null) {
      Outcome old = Ability.WIFI_KEY_PAIR.gate.refusal(port.apiLevel(), port.mode());
      if (old != null) return old;
      if (!Said.of(os.part(FakeTrust.OWN).get(wifi.alias)).has("chain")) return Outcome.failed("There is no such key.");
      network.put("key", wifi.alias);
    }
    return os.effect("wifi", wifi.ssid, "wifi", wifi.ssid, network);
  }

  @Override
  public Outcome removeWifi(String ssid) {
    return os.effect("wifi-removed", ssid, "wifi", ssid, null);
  }

  @Override
  public Outcome lockWifi(boolean on) {
    return port.attempt(Ability.WIFI_LOCKED, "wifi-locked", null, on ? Boolean.TRUE : null);
  }

  @Override
  public Outcome minimumSecurity(String level) {
    return port.attempt(Ability.WIFI_MIN_SECURITY, "wifi-security", null, level.equals("open") ? null : level);
  }

  @Override
  public Outcome ssids(String rule, List<String> names) {
    return port.attempt(Ability.WIFI_SSIDS, "ssids", rule, rule.equals("none") ? null : new ArrayList<Object>(names));
  }

  @Override
  public Outcome alwaysOnVpn(String name, boolean lockdown, List<String> exempt) {
    return port.attempt(Ability.VPN, "vpn", null, name == null ? null : Said.map("app", name, "lockdown", lockdown));
  }

  @Override
  public Outcome privateDns(String host) {
    return port.attempt(Ability.PRIVATE_DNS, "private-dns", null, host);
  }

  @Override
  public Outcome proxy(String host, int number, List<String> except, String script) {
    return port.attempt(Ability.PROXY, "proxy", null, host != null ? host + ":" + number : script);
  }
}
