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
    handlers.put("location", location(port));
    handlers.put("reset-protection", protection(port));
  }

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
        return sum.outcome();
      }

      private void forbid(String key, String what, boolean on, Map<String, Object> trace, Sum sum) {
        if (!on && !trace.containsKey(key)) return;
        if (on) trace.put(key, Boolean.TRUE);
        Outcome outcome = port.limits().restrict(key, on);
        if (!on && outcome.isDone()) trace.remove(key);
        sum.add(what, outcome);
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Sum sum = new Sum();
        if (trace.containsKey(COPY)) sum.add("copyPaste", port.limits().restrict(COPY, false));
        if (trace.containsKey(SHARE)) sum.add("sharing", port.limits().restrict(SHARE, false));
        return sum.outcome();
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
        if (accounts.isEmpty()) return remove(trace);
        trace.put("accounts", Boolean.TRUE);
        return port.care().resetProtection(accounts);
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
