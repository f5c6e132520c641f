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

  static Map<String, Handler> of(DevicePort port, AppFiles files, OwnCertificates own) {
    Map<String, Handler> handlers = new LinkedHashMap<String, Handler>();
    handlers.put("passcode", passcode(port));
    handlers.put("restrictions", new RestrictionsHandler(port));
    handlers.put("wifi", new WifiHandler(port, own));
    handlers.put("identity", new IdentityHandler(own));
    handlers.put("certificates", certificates(port));
    handlers.put("os-update", updates(port));
    handlers.put("app", new AppHandler(port, files));
    handlers.put("work-time", new WorkTimeHandler(port));
    DedicatedHandlers.into(handlers, port);
    HeldHandlers.into(handlers, port);
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
        Said window = value.object("window");
        if (value.has("deferDays") || "never".equals(value.text("installs"))) rule.when = "postpone";
        else if (window.has("from")) {
          rule.when = "windowed";
          rule.fromMinute = minute(window.text("from"));
          rule.toMinute = minute(window.text("to"));
        } else if ("always".equals(value.text("installs")) || value.has("minimum")) rule.when = "automatic";
        for (Said freeze : value.objects("freezes")) rule.freezes.add(freeze(freeze));
        return require(rule);
      }

      /** What an Android too old to stand still for a time can do is done all the same. */
      private Outcome require(UpdateRule rule) {
        Sum sum = new Sum();
        boolean invented = rule.when.equals("none") && !rule.freezes.isEmpty();
        if (invented) rule.when = "automatic";
        Outcome outcome = port.updates().require(rule);
        if (outcome.code.equals(Outcome.API_LEVEL) && !rule.freezes.isEmpty() && !invented) {
          sum.add("freezes", outcome);
          rule.freezes.clear();
          outcome = port.updates().require(rule);
        }
        if (invented && outcome.isDone()) return Outcome.partly("Outside these periods updates install by themselves: Android knows no period without a rule.");
        return sum.add("updates", outcome).outcome();
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return port.updates().require(new UpdateRule());
      }
    };
  }

  /** Minutes after midnight of "HH:MM"; a policy that says anything else was refused when it was saved. */
  private static int minute(String text) {
    int[] parts = two(text, ":");
    return parts[0] * 60 + parts[1];
  }

  private static UpdateRule.Freeze freeze(Said freeze) {
    int[] from = two(freeze.text("from"), "-");
    int[] to = two(freeze.text("to"), "-");
    return new UpdateRule.Freeze(from[0], from[1], to[0], to[1]);
  }

  private static int[] two(String text, String between) {
    String[] parts = text == null ? new String[0] : text.split(between);
    if (parts.length != 2 || !parts[0].matches("\\d{1,2}") || !parts[1].matches("\\d{1,2}")) return new int[] {0, 0};
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }
}
