package org.muster.agent.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of policy the agent understands. */
final class Handlers {
  private static final long DAY_MS = 24 * 3_600_000L;
  private static final long MINUTE_MS = 60_000;
  private static final int STRONG_LENGTH = 8;

  private Handlers() {}

  static Map<String, Handler> of(DevicePort port, AppFiles files) {
    Map<String, Handler> handlers = new LinkedHashMap<String, Handler>();
    handlers.put("passcode", passcode(port));
    handlers.put("restrictions", new RestrictionsHandler(port));
    handlers.put("wifi", wifi(port));
    handlers.put("certificates", certificates(port));
    handlers.put("os-update", updates(port));
    handlers.put("app", new AppHandler(port, files));
    return handlers;
  }

  private static Handler passcode(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        return port.passcode().require(rule(value));
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return port.passcode().require(new PasscodeRule());
      }
    };
  }

  static PasscodeRule rule(Said value) {
    PasscodeRule rule = new PasscodeRule();
    rule.lockAfterMs = value.whole("maxInactivityMinutes", 0) * MINUTE_MS;
    if (!value.is("required")) return rule;
    rule.minLength = (int) value.whole("minLength", 0);
    boolean letters = value.is("alphanumeric") || value.whole("minComplexCharacters", 0) > 0;
    if (value.whole("minComplexCharacters", 0) > 0) rule.quality = "complex";
    else if (letters) rule.quality = "alphanumeric";
    if (letters || rule.minLength >= STRONG_LENGTH) rule.complexity = "high";
    else rule.complexity = rule.minLength > 0 || !value.is("simple", true) ? "medium" : "low";
    rule.history = (int) value.whole("history", 0);
    rule.expiresAfterMs = value.whole("maxAgeDays", 0) * DAY_MS;
    rule.failedBeforeErase = (int) value.whole("maxFailedAttempts", 0);
    return rule;
  }

  private static Handler wifi(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        String ssid = value.text("ssid");
        if (ssid == null) return Outcome.failed("The network has no name.");
        String before = (String) trace.get("ssid");
        if (before != null && !before.equals(ssid)) port.network().removeWifi(before);
        trace.put("ssid", ssid);
        Said eap = value.object("eap");
        if ("tls".equals(eap.text("method")) && pkcs12(eap) == null) return Outcome.unsupported("A certificate that is not in the document.");
        try {
          return port.network().addWifi(wifiRule(value, ssid, eap));
        } catch (Malformed odd) {
          return Outcome.failed("A certificate of the network cannot be read.");
        }
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Object ssid = trace.get("ssid");
        return ssid == null ? Outcome.done() : port.network().removeWifi((String) ssid);
      }
    };
  }

  private static WifiRule wifiRule(Said value, String ssid, Said eap) throws Malformed {
    WifiRule rule = new WifiRule();
    rule.ssid = ssid;
    String security = value.text("security", "open");
    rule.security = security.equals("open") ? "none" : security.startsWith("enterprise") ? "enterprise" : "wpa";
    rule.password = rule.security.equals("enterprise") ? eap.text("password") : value.text("password");
    rule.hidden = value.is("hidden");
    rule.autoJoin = value.is("autoJoin", true);
    if (!rule.security.equals("enterprise")) return rule;
    rule.method = eap.text("method");
    if ("ttls".equals(rule.method)) rule.inner = eap.text("inner", "mschapv2");
    rule.identity = eap.text("username");
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

  private static Handler certificates(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        List<Object> now = new ArrayList<Object>();
        Sum sum = new Sum();
        try {
          for (Object one : value.list("certificates"))
            for (byte[] der : Pem.certificates(one)) {
              String text = Bytes.base64(der);
              now.add(text);
              sum.add("certificate", port.trust().addAuthority(der));
            }
        } catch (Malformed odd) {
          return Outcome.failed("A certificate cannot be read.");
        }
        List<Object> gone = new ArrayList<Object>(Said.of(trace).list("certificates"));
        gone.removeAll(now);
        takeBack(gone, sum);
        trace.put("certificates", now);
        return sum.outcome();
      }

      private void takeBack(List<?> gone, Sum sum) {
        for (Object one : gone)
          try {
            sum.add("certificate", port.trust().removeAuthority(Bytes.fromBase64((String) one)));
          } catch (Malformed never) {
            sum.add("certificate", Outcome.failed("A certificate cannot be read."));
          }
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Sum sum = new Sum();
        takeBack(Said.of(trace).list("certificates"), sum);
        return sum.outcome();
      }
    };
  }

  private static Handler updates(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        UpdateRule rule = new UpdateRule();
        if (value.has("deferDays") || "never".equals(value.text("installs"))) rule.when = "postpone";
        else if ("always".equals(value.text("installs")) || value.has("minimum")) rule.when = "automatic";
        return port.updates().require(rule);
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return port.updates().require(new UpdateRule());
      }
    };
  }
}
