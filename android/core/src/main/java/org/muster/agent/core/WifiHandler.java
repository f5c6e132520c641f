package org.muster.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A wireless network the device knows. Where the network asks for a certificate of the device's own, that is there before the network is. */
final class WifiHandler implements Handler {
  private final DevicePort port;
  private final OwnCertificates own;

  WifiHandler(DevicePort port, OwnCertificates own) {
    this.port = port;
    this.own = own;
  }

  @Override
  public Outcome apply(Said value, Map<String, Object> trace) {
    return bring(Said.of(Said.map("value", value.all)), trace);
  }

  @Override
  public Outcome bring(Said item, Map<String, Object> trace) {
    Said value = Said.of(item.get("value"));
    String ssid = value.text("ssid");
    if (ssid == null) return Outcome.failed("The network has no name.");
    String before = (String) trace.get("ssid");
    if (before != null && !before.equals(ssid)) port.network().removeWifi(before);
    Said eap = value.object("eap");
    boolean asks = "tls".equals(eap.text("method")) && pkcs12(eap) == null;
    if (asks) {
      Outcome outcome = certified(item, eap.object("identity"), trace);
      if (!outcome.isDone()) return outcome;
    }
    trace.put("ssid", ssid);
    return add(value, trace, asks);
  }

  /** Older Androids take a network's key from a file alone, and then it would not have stayed where it was made. */
  private Outcome certified(Said item, Said source, Map<String, Object> trace) {
    Outcome refusal = Ability.WIFI_KEY_PAIR.gate.refusal(port.apiLevel(), port.mode());
    return refusal != null ? refusal : own.ensure(item, source, trace);
  }

  private Outcome add(Said value, Map<String, Object> trace, boolean asks) {
    try {
      WifiRule rule = rule(value);
      if (asks) rule.alias = own.alias(trace);
      Outcome outcome = port.network().addWifi(rule);
      // The key before goes when the network knows the one after it.
      if (outcome.isDone() && asks) own.settle(trace);
      else if (outcome.isDone() && own != null) own.remove(trace);
      return outcome;
    } catch (Malformed odd) {
      return Outcome.failed("A certificate of the network cannot be read.");
    }
  }

  @Override
  public Outcome remove(Map<String, Object> trace) {
    Object ssid = trace.get("ssid");
    Outcome outcome = ssid == null ? Outcome.done() : port.network().removeWifi((String) ssid);
    return outcome.isDone() && own != null ? own.remove(trace) : outcome;
  }

  private static WifiRule rule(Said value) throws Malformed {
    Said eap = value.object("eap");
    WifiRule rule = new WifiRule();
    rule.ssid = value.text("ssid");
    String security = value.text("security", "open");
    rule.security = security.equals("open") ? "none" : security.startsWith("enterprise") ? "enterprise" : "wpa";
    rule.password = rule.security.equals("enterprise") ? eap.text("password") : value.text("password");
    rule.hidden = value.is("hidden");
    rule.autoJoin = value.is("autoJoin", true);
    if (!rule.security.equals("enterprise")) return rule;
    rule.method = eap.text("method");
    if ("ttls".equals(rule.method)) rule.inner = eap.text("inner", "mschapv2");
    rule.identity = eap.text("username");
    // A network that asks for a certificate wants a name beside it: the one it bears, where the policy says one.
    Said source = eap.object("identity");
    if (rule.identity == null) rule.identity = source.text("principalName", source.text("commonName"));
    rule.anonymousIdentity = eap.text("outerIdentity");
    List<String> names = eap.texts("serverNames");
    rule.domain = names.isEmpty() ? null : names.get(0);
    List<?> anchors = eap.list("anchors");
    List<byte[]> ders = anchors.isEmpty() ? new ArrayList<byte[]>() : Pem.certificates(anchors.get(0));
    rule.authority = ders.isEmpty() ? null : ders.get(0);
    Said identity = pkcs12(eap);
    if (identity != null) {
      rule.pkcs12 = Bytes.fromBase64(identity.object("pkcs12").text("$data"));
      rule.pkcs12Password = identity.text("password");
    }
    return rule;
  }

  private static Said pkcs12(Said eap) {
    Said identity = eap.object("identity");
    return identity.object("pkcs12").has("$data") ? identity : null;
  }
}
