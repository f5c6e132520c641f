package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds of policy that make a device one for few things, and those that are as small. */
final class DedicatedHandlers {
  private DedicatedHandlers() {}

  static void into(Map<String, Handler> handlers, DevicePort port) {
    handlers.put("kiosk", kiosk(port));
    handlers.put("single-app", singleApp(port));
    handlers.put("private-dns", privateDns(port));
    handlers.put("app-permissions", permissions(port));
    handlers.put("lock-screen", lockScreen(port));
    handlers.put("encryption", encryption(port));
    handlers.put("vpn", vpn(port));
  }

  private static Handler kiosk(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        List<String> apps = value.texts("apps");
        if (apps.isEmpty()) return Outcome.failed("The kiosk has no app.");
        List<String> features = new ArrayList<String>();
        for (String feature : value.texts("features")) features.add(feature.equals("lock-screen") ? "keyguard" : feature);
        Sum sum = new Sum();
        if (!shut(port, apps, features, sum)) return sum.outcome();
        trace.put("kiosk", Boolean.TRUE);
        sum.add("exitCode", port.kiosk().leaveBy(value.text("exitCode")));
        if (value.has("awakeWhilePlugged") || trace.containsKey("awake")) {
          boolean awake = value.is("awakeWhilePlugged");
          sum.add("awakeWhilePlugged", port.limits().turn("screen-awake", awake));
          if (awake) trace.put("awake", Boolean.TRUE);
          else trace.remove("awake");
        }
        return sum.outcome();
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Sum sum = new Sum();
        if (trace.containsKey("awake")) sum.add("awakeWhilePlugged", port.limits().turn("screen-awake", false));
        if (trace.containsKey("kiosk")) sum.add("exitCode", port.kiosk().leaveBy(null)).add("apps", open(port));
        return sum.outcome();
      }
    };
  }

  /** A device too old for buttons of choice is a kiosk without them; answers whether it is one. */
  private static boolean shut(DevicePort port, List<String> apps, List<String> features, Sum sum) {
    Outcome outcome = port.kiosk().allow(apps, features, true);
    if (outcome.code.equals(Outcome.API_LEVEL) && !features.isEmpty()) {
      sum.add("features", outcome);
      outcome = port.kiosk().allow(apps, Collections.<String>emptyList(), true);
    }
    sum.add("apps", outcome);
    return outcome.isDone();
  }

  private static Outcome open(DevicePort port) {
    return port.kiosk().allow(Collections.<String>emptyList(), Collections.<String>emptyList(), false);
  }

  private static Handler singleApp(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        String app = value.text("app");
        if (app == null) return Outcome.failed("The policy names no app.");
        Sum sum = new Sum();
        if (!shut(port, Collections.singletonList(app), Collections.<String>emptyList(), sum)) return sum.outcome();
        trace.put("kiosk", Boolean.TRUE);
        for (Map.Entry<String, Object> said : value.all.entrySet())
          if (said.getValue() instanceof Boolean && !said.getValue().equals(plain(said.getKey()))) sum.add(said.getKey(), Outcome.unsupported(said.getKey()));
        return sum.outcome();
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return trace.containsKey("kiosk") ? open(port) : Outcome.done();
      }
    };
  }

  /** How a device is where nobody says otherwise. */
  private static boolean plain(String key) {
    return Arrays.asList("touch", "rotation", "volumeButtons", "ringerSwitch", "sleepButton", "autoLock").contains(key);
  }

  private static Handler privateDns(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        boolean resolver = "resolver".equals(value.text("mode"));
        if (resolver && value.text("resolver") == null) return Outcome.failed("The policy names no resolver.");
        Outcome outcome = port.network().privateDns(resolver ? value.text("resolver") : null);
        if (outcome.isDone()) trace.put("set", Boolean.TRUE);
        return outcome;
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return trace.containsKey("set") ? port.network().privateDns(null) : Outcome.done();
      }
    };
  }

  /** What apps may do. An app that is not there yet is asked for again when the apps change. */
  private static Handler permissions(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        Sum sum = new Sum();
        if (value.has("byDefault") || trace.containsKey("byDefault")) {
          String said = value.text("byDefault", "ask");
          sum.add("byDefault", port.apps().permitByDefault(said.equals("ask") ? "prompt" : said));
          trace.put("byDefault", said);
        }
        Set<String> before = new LinkedHashSet<String>(Said.of(trace).texts("set"));
        Set<String> now = new LinkedHashSet<String>();
        for (Said one : value.objects("apps")) now.add(one.text("app") + " " + one.text("permission"));
        before.removeAll(now);
        // Written down before it is done: what may have been decided is left to the person again one day.
        trace.put("set", new ArrayList<Object>(now));
        for (String gone : before) permit(gone, "ask", sum);
        for (Said one : value.objects("apps")) permit(one.text("app") + " " + one.text("permission"), one.text("state", "ask"), sum);
        return sum.outcome();
      }

      private void permit(String what, String state, Sum sum) {
        String[] named = what.split(" ");
        if (named.length == 2 && isThere(named[0])) sum.add(what, port.apps().permit(named[0], named[1], state.equals("ask") ? "default" : state));
      }

      private boolean isThere(String name) {
        for (InstalledApp app : port.apps().list(false)) if (app.name.equals(name)) return true;
        return false;
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        Sum sum = new Sum();
        if (trace.containsKey("byDefault")) sum.add("byDefault", port.apps().permitByDefault("prompt"));
        for (String one : Said.of(trace).texts("set")) permit(one, "ask", sum);
        return sum.outcome();
      }
    };
  }

  private static Handler lockScreen(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        String message = value.text("message", "");
        String tag = value.text("assetTag", "");
        String text = message.isEmpty() || tag.isEmpty() ? message + tag : message + "\n" + tag;
        Outcome outcome = port.limits().lockScreenText(text.isEmpty() ? null : text);
        if (outcome.isDone()) trace.put("set", Boolean.TRUE);
        return outcome;
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return trace.containsKey("set") ? port.limits().lockScreenText(null) : Outcome.done();
      }
    };
  }

  /** Androids of today encrypt before anybody asks, so there is nothing to do but to look. */
  private static Handler encryption(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        if (!value.is("required")) return Outcome.done();
        boolean encrypted = Boolean.TRUE.equals(Said.of(port.facts()).get("security.encrypted"));
        return encrypted ? Outcome.done() : Outcome.failed("The storage of the device is not encrypted.");
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return Outcome.done();
      }
    };
  }

  /** A tunnel is some app's: the agent lets nothing go around it. The app itself learns where it goes from its own configuration. */
  private static Handler vpn(final DevicePort port) {
    return new Handler() {
      @Override
      public Outcome apply(Said value, Map<String, Object> trace) {
        String app = value.text("app");
        if (app == null) return Outcome.unsupported("Android needs an app that makes the tunnel; the policy names none.");
        if (!"always-on".equals(value.text("mode"))) return Outcome.unsupported("An agent turns a tunnel on for always, or leaves it to its app.");
        Outcome outcome = port.network().alwaysOnVpn(app, value.is("everything"), Collections.<String>emptyList());
        if (outcome.isDone()) trace.put("vpn", app);
        return outcome;
      }

      @Override
      public Outcome remove(Map<String, Object> trace) {
        return trace.containsKey("vpn") ? port.network().alwaysOnVpn(null, false, Collections.<String>emptyList()) : Outcome.done();
      }
    };
  }
}
