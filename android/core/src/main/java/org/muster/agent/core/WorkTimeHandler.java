package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What remains of a device outside working time. The server knows when that is: while people work, no document says any of this, and what was held back
 * is given back.
 */
final class WorkTimeHandler implements Handler {
  /** Whatever else is closed: calling, and the settings, which say who manages the device. */
  private static final List<String> ALWAYS =
      Arrays.asList("org.muster.agent", "com.android.settings", "com.android.dialer", "com.google.android.dialer", "com.samsung.android.dialer");
  private static final Map<String, String> MEANS = new HashMap<String, String>();

  static {
    MEANS.put("camera", "turn:camera");
    MEANS.put("screenCapture", "turn:screen-capture");
    MEANS.put("appInstallation", "restrict:no_install_apps");
  }

  private final DevicePort port;

  WorkTimeHandler(DevicePort port) {
    this.port = port;
  }

  @Override
  public Outcome apply(Said value, Map<String, Object> trace) {
    Sum sum = new Sum();
    Set<String> set = new LinkedHashSet<String>();
    for (Map.Entry<String, Object> said : value.all.entrySet()) {
      if (!Boolean.FALSE.equals(said.getValue())) continue;
      String means = MEANS.get(said.getKey());
      if (means == null) sum.add(said.getKey(), Outcome.unsupported(said.getKey()));
      else set.add(means);
    }
    List<String> gone = new ArrayList<String>(Said.of(trace).texts("set"));
    gone.removeAll(set);
    Set<String> all = new LinkedHashSet<String>(set);
    all.addAll(gone);
    trace.put("set", new ArrayList<Object>(all));
    for (String one : gone) sum.add(one, forbid(one, false));
    for (String one : set) sum.add(one, forbid(one, true));
    rest(value, trace, sum);
    Outcome outcome = sum.outcome();
    if (!outcome.code.equals(Outcome.FAILED)) trace.put("set", new ArrayList<Object>(set));
    return outcome;
  }

  private Outcome forbid(String what, boolean forbidden) {
    if (what.startsWith("turn:")) return port.limits().turn(what.substring(5), !forbidden);
    return port.limits().restrict(what.substring("restrict:".length()), forbidden);
  }

  /** Lets every app with a place on the home screen rest that is not allowed; those the system does not let rest go on, and are named. */
  private void rest(Said value, Map<String, Object> trace, Sum sum) {
    List<String> before = Said.of(trace).texts("resting");
    List<String> now = new ArrayList<String>();
    if (value.has("allowedApps"))
      for (InstalledApp app : port.apps().list(false))
        if (app.launchable && !ALWAYS.contains(app.name) && !value.texts("allowedApps").contains(app.name)) now.add(app.name);
    List<String> back = new ArrayList<String>(before);
    back.removeAll(now);
    now.removeAll(before);
    if (back.isEmpty() && now.isEmpty()) return;
    Set<String> may = new LinkedHashSet<String>(before);
    may.addAll(now);
    trace.put("resting", new ArrayList<Object>(may));
    if (!back.isEmpty()) sum.add("allowedApps", suspended(back, false));
    if (!now.isEmpty()) sum.add("allowedApps", suspended(now, true));
    may.removeAll(back);
    trace.put("resting", new ArrayList<Object>(may));
  }

  /** Some apps are never let rest (the home screen, who installs apps), and some are gone by now: neither is a failure of the rest. */
  private Outcome suspended(List<String> names, boolean on) {
    Outcome outcome = port.apps().suspend(names, on);
    return outcome.code.equals(Outcome.FAILED) && outcome.detail != null && outcome.detail.startsWith(REFUSED) ? Outcome.partly(outcome.detail) : outcome;
  }

  /** How a device begins to say which apps it does not let rest. */
  static final String REFUSED = "Not these: ";

  @Override
  public Outcome remove(Map<String, Object> trace) {
    Said said = Said.of(trace);
    Sum sum = new Sum();
    for (String one : said.texts("set")) sum.add(one, forbid(one, false));
    if (!said.texts("resting").isEmpty()) sum.add("allowedApps", suspended(said.texts("resting"), false));
    return sum.outcome();
  }
}
