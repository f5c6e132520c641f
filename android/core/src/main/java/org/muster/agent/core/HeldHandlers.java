package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What passes between the work side and the personal side, whether the device knows where it is, and who can set it up again after a reset. */
final class HeldHandlers {
  private static final String COPY = "no_cross_profile_copy_paste";
  private static final String SHARE = "no_sharing_into_profile";
  private static final String LOCATION = "no_config_location";

  private HeldHandlers() {}

  static void into(Map<String, Handler> handlers, DevicePort port) {
    handlers.put("work-and-personal", sides(port));
    handlers.put("accounts", accounts(port));
    handlers.put("location", location(port));
    handlers.put("reset-protection", protection(port));
  }

  /** A switch of the device that a setting turns off. */
  private static final String[][] SWITCHES = {
    {"contacts", "work-contacts"}, {"personalCamera", "personal-camera"}, {"personalScreenCapture", "personal-screen-capture"},
  };
  private static final String DAYS = "daysWorkOff";

  private static Handler sides(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        Sum sum = new Sum();
        forbid(COPY, "copyPaste", !value.is("copyPaste", true), trace, sum);
        String sharing = value.text("sharing", "to-work");
        forbid(SHARE, "sharing", sharing.equals("none"), trace, sum);
        // What leaves the work side is let through by Android for no app but those that ask for it themselves.
        if (sharing.equals("both")) sum.add("sharing", Outcome.unsupported("sharing from work to personal"));
        for (String[] one : SWITCHES) turn(one, value.is(one[0], true), trace, sum);
        days((int) value.whole(DAYS, 0), trace, sum);
        return sum.outcome();
      }

      private void forbid(String key, String what, boolean on, Map<String, Object> trace, Sum sum) {
        if (!on && !trace.containsKey(key)) return;
        if (on) trace.put(key, Boolean.TRUE);
        Outcome outcome = port.limits().restrict(key, on);
        if (!on && outcome.isDone()) trace.remove(key);
        sum.add(what, outcome);
      }

      private void turn(String[] one, boolean on, Map<String, Object> trace, Sum sum) {
        if (on && !trace.containsKey(one[1])) return;
        if (!on) trace.put(one[1], Boolean.TRUE);
        Outcome outcome = port.limits().turn(one[1], on);
        if (on && outcome.isDone()) trace.remove(one[1]);
        sum.add(one[0], outcome);
      }

      private void days(int days, Map<String, Object> trace, Sum sum) {
        if (days == 0 && !trace.containsKey(DAYS)) return;
        trace.put(DAYS, Boolean.TRUE);
        Outcome outcome = port.limits().daysOff(days);
        if (days == 0 && outcome.isDone()) trace.remove(DAYS);
        sum.add(DAYS, outcome);
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Sum sum = new Sum();
        forbid(COPY, "copyPaste", false, trace, sum);
        forbid(SHARE, "sharing", false, trace, sum);
        for (String[] one : SWITCHES) turn(one, true, trace, sum);
        days(0, trace, sum);
        return sum.outcome();
      }
    };
  }

  /** Types of accounts people cannot add; the trace holds those that were closed, each under its side. */
  private static Handler accounts(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        Sum sum = new Sum();
        close("blockedTypes", value.texts("blockedTypes"), trace, sum);
        close("personalBlockedTypes", value.texts("personalBlockedTypes"), trace, sum);
        return sum.outcome();
      }

      private void close(String side, List<String> now, Map<String, Object> trace, Sum sum) {
        boolean personal = side.startsWith("personal");
        List<String> before = Said.of(trace).texts(side);
        List<Object> closed = new ArrayList<Object>(before);
        for (String type : now) if (!closed.contains(type)) closed.add(type);
        if (closed.isEmpty()) return;
        trace.put(side, new ArrayList<Object>(closed));
        for (String type : now) sum.add(type, port.limits().accounts(type, false, personal));
        for (String type : before) {
          if (now.contains(type)) continue;
          Outcome outcome = port.limits().accounts(type, true, personal);
          if (outcome.isDone()) closed.remove(type);
          sum.add(type, outcome);
        }
        trace.put(side, closed);
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return apply(Said.of(null), trace);
      }
    };
  }

  private static Handler location(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        String services = value.text("services", "user");
        if (services.equals("user")) return remove(trace);
        Sum sum = new Sum();
        trace.put(LOCATION, Boolean.TRUE);
        sum.add("services", port.limits().turn("location", services.equals("on")));
        sum.add("services", port.limits().restrict(LOCATION, true));
        return sum.outcome();
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        // How it stands is left to the person; it was theirs before, and nobody noted how.
        if (!trace.containsKey(LOCATION)) return Outcome.done();
        Outcome outcome = port.limits().restrict(LOCATION, false);
        if (outcome.isDone()) trace.remove(LOCATION);
        return outcome;
      }
    };
  }

  private static Handler protection(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        List<String> accounts = new ArrayList<String>(value.texts("accountIds"));
        if (accounts.isEmpty() && !value.is("off")) return remove(trace);
        trace.put("accounts", Boolean.TRUE);
        return accounts.isEmpty() ? port.care().resetProtectionOff() : port.care().resetProtection(accounts);
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        if (!trace.containsKey("accounts")) return Outcome.done();
        Outcome outcome = port.care().resetProtection(Collections.<String>emptyList());
        if (outcome.isDone()) trace.remove("accounts");
        return outcome;
      }
    };
  }
}
