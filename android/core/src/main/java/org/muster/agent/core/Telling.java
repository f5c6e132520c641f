package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agent tells of its device: facts and apps as changes since the last time, no more than the document lets it collect. */
final class Telling {
  private static final String RESET_TOKEN = "security.resetToken";

  private final DevicePort port;
  private final Kept told;

  /** What is about to be told; noted as told when the server has answered. */
  static final class Words {
    Map<String, Object> facts = Collections.emptyMap();
    Map<String, Object> changed = Collections.emptyMap();
    String factsHash;
    Map<String, Object> apps;
    List<Object> allApps;
    boolean appsChanged;
  }

  Telling(DevicePort port, Keep keep) {
    this.port = port;
    told = new Kept(keep, "told");
  }

  /** Before there is a document nothing is known to be permitted, so nothing is told. */
  Words words(Said document, Set<String> managed) {
    Words words = new Words();
    Said collect = document.object("collect");
    words.facts = permitted(collect.texts("facts"));
    words.factsHash = Bytes.hash(Json.canonical(words.facts));
    Said before = told.said().object("facts");
    words.changed = new LinkedHashMap<String, Object>();
    for (Map.Entry<String, Object> fact : words.facts.entrySet())
      if (!before.has(fact.getKey()) || !Json.canonical(fact.getValue()).equals(Json.canonical(before.get(fact.getKey()))))
        words.changed.put(fact.getKey(), fact.getValue());
    String which = collect.text("apps", "none");
    if (!which.equals("none")) apps(words, which.equals("all") ? null : managed);
    return words;
  }

  private Map<String, Object> permitted(List<String> prefixes) {
    Map<String, Object> facts = new LinkedHashMap<String, Object>();
    Map<String, Object> all = new LinkedHashMap<String, Object>(port.facts());
    if (!port.mode().personal()) all.put(RESET_TOKEN, port.passcode().prepared());
    for (Map.Entry<String, Object> fact : all.entrySet())
      for (String prefix : prefixes)
        if (fact.getKey().startsWith(prefix)) {
          facts.put(fact.getKey(), fact.getValue());
          break;
        }
    return facts;
  }

  private void apps(Words words, Set<String> only) {
    List<InstalledApp> installed = new ArrayList<InstalledApp>(port.apps().list(true));
    Collections.sort(installed, new Comparator<InstalledApp>() {
      @Override
      public int compare(InstalledApp one, InstalledApp other) {
        return one.name.compareTo(other.name);
      }
    });
    List<Object> now = new ArrayList<Object>();
    for (InstalledApp app : installed) if (only == null || only.contains(app.name)) now.add(said(app));
    String hash = Bytes.hash(Json.canonical(now));
    String base = told.said().text("appsHash");
    words.allApps = now;
    words.appsChanged = !hash.equals(told.said().text("appsLooked"));
    if (hash.equals(base)) return;
    words.apps = new LinkedHashMap<String, Object>();
    words.apps.put("base", base);
    delta(words.apps, base == null ? Collections.emptyList() : told.said().list("apps"), now);
    words.apps.put("hash", hash);
  }

  private static void delta(Map<String, Object> into, List<?> before, List<Object> now) {
    Set<String> same = new HashSet<String>();
    List<Object> drop = new ArrayList<Object>();
    Set<String> names = new HashSet<String>();
    for (Object app : before) same.add(Json.canonical(app));
    List<Object> put = new ArrayList<Object>();
    for (Object app : now) {
      names.add(Said.of(app).text("package"));
      if (!same.contains(Json.canonical(app))) put.add(app);
    }
    for (Object app : before) if (!names.contains(Said.of(app).text("package"))) drop.add(Said.of(app).text("package"));
    into.put("put", put);
    into.put("drop", drop);
  }

  private static Map<String, Object> said(InstalledApp app) {
    Map<String, Object> said = Said.map("package", app.name, "name", shorten(app.label == null ? app.name : app.label));
    said.put("version", shorten(app.version == null ? "" : app.version));
    said.put("code", Math.max(0, app.code));
    said.put("signer", app.signer);
    said.put("installer", app.installer);
    said.put("system", app.system);
    if (app.hidden) said.put("hidden", true);
    if (app.hash != null) said.put("hash", app.hash);
    if (!app.permissions.isEmpty()) said.put("permissions", new ArrayList<Object>(app.permissions));
    return said;
  }

  private static String shorten(String text) {
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  /** The apps have been looked at for what the document says of them. */
  void looked(Words words) {
    if (words.allApps == null) return;
    told.put("appsLooked", Bytes.hash(Json.canonical(words.allApps)));
    told.write();
  }

  /** The server heard it; what it has lost sight of is told whole the next time. Answers whether there is something it wants and can have. */
  boolean told(Words words, List<String> need) {
    told.put("facts", need.contains("facts") ? Said.map() : words.facts);
    if (words.allApps != null) {
      told.put("apps", words.allApps);
      told.put("appsHash", Bytes.hash(Json.canonical(words.allApps)));
    }
    if (need.contains("apps") || words.allApps == null) forgetApps();
    told.write();
    return need.contains("facts") && !words.facts.isEmpty() || need.contains("apps") && words.allApps != null;
  }

  private void forgetApps() {
    told.all.remove("apps");
    told.all.remove("appsHash");
  }

  void tellAll() {
    told.put("facts", Said.map());
    forgetApps();
    told.write();
  }

  void forget() {
    told.clear();
  }
}
