package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the device to what the document says: what is new or changed is applied, what is gone is taken back, what failed is tried again ever more
 * rarely, and what no item named is not touched. How far each item is, is kept, and told until the server has seen it.
 */
final class Policy {
  private static final long FIRST_RETRY_MS = 60_000;
  private static final long MOST_RETRY_MS = 6 * 3_600_000L;
  private static final int MOST_DOUBLINGS = 9;
  private static final int LONGEST_DETAIL = 900;
  /** In a trace: after how long what stands has to be brought again. */
  static final String DUE_IN_MS = "dueInMs";
  /** What depends on the apps that are there. */
  private static final List<String> OF_APPS = Arrays.asList("app", "restrictions", "app-permissions", "work-time");

  private final Map<String, Handler> handlers;
  private final Kept kept;
  private final Clock clock;

  Policy(Map<String, Handler> handlers, Keep keep, Clock clock) {
    this.handlers = handlers;
    this.clock = clock;
    kept = new Kept(keep, "items");
  }

  /**
   * Applies what is not as the document says, and what is due to be tried again. After a new document everything is told again, because the server may
   * have asked to try something that has not changed.
   */
  void apply(Said document, boolean fresh) {
    if (fresh) retryAndTell();
    Set<String> named = new HashSet<String>();
    for (Said item : document.objects("items")) named.add(item.text("item"));
    for (String id : new ArrayList<String>(kept.all.keySet())) if (!named.contains(id)) takeBack(id);
    for (Said item : document.objects("items")) bring(item);
  }

  /** Whether something is to be tried again by now, or was not come to: the agent ended in the middle of a document. */
  boolean isDue(Said document) {
    Set<String> named = new HashSet<String>();
    for (Said item : document.objects("items")) {
      named.add(item.text("item"));
      if (isWhole(item) && !stands(item)) return true;
    }
    for (Map.Entry<String, Object> one : kept.all.entrySet()) {
      Said entry = Said.of(one.getValue());
      if (entry.whole("retryAt", Long.MAX_VALUE) <= clock.now()) return true;
      if (!named.contains(one.getKey()) && !entry.has("removing") && !"removed".equals(entry.text("state"))) return true;
    }
    return false;
  }

  private static boolean isWhole(Said item) {
    return item.text("item") != null && item.text("version") != null && item.text("kind") != null;
  }

  /** Whether it was brought in this version, however it ended. */
  private boolean stands(Said item) {
    Said before = Said.of(kept.all.get(item.text("item")));
    return item.text("version").equals(before.text("version")) && !"removed".equals(before.text("state"));
  }

  private void retryAndTell() {
    for (Object one : kept.all.values()) {
      Map<String, Object> entry = Said.of(one).all;
      entry.remove("told");
      if ("failed".equals(entry.get("state"))) entry.put("retryAt", 0L);
    }
  }

  /** Lets what depends on the apps that are there be looked at again, because they changed. */
  void recheckApps() {
    for (Object one : kept.all.values()) {
      Said entry = Said.of(one);
      if (OF_APPS.contains(entry.text("kind")) && !"removed".equals(entry.text("state"))) entry.all.put("retryAt", 0L);
    }
  }

  private void bring(Said item) {
    String id = item.text("item");
    String version = item.text("version");
    String kind = item.text("kind");
    if (!isWhole(item)) return;
    Said before = Said.of(kept.all.get(id));
    boolean same = stands(item);
    boolean due = before.whole("retryAt", Long.MAX_VALUE) <= clock.now();
    if (same && !due) return;
    Map<String, Object> trace = new LinkedHashMap<String, Object>(before.object("trace").all);
    Handler handler = handlers.get(kind);
    Outcome outcome;
    if (handler == null) outcome = Outcome.unsupported(kind);
    else if (!met(item)) outcome = Outcome.waiting("Something this needs is not there yet.");
    else outcome = handler.bring(item, trace);
    keep(id, Said.map("version", version, "kind", kind, "trace", trace), outcome, same ? before.whole("tries", 0) : 0);
  }

  private boolean met(Said item) {
    for (String need : item.texts("needs")) if (!"applied".equals(Said.of(kept.all.get(need)).text("state"))) return false;
    return true;
  }

  private void takeBack(String id) {
    Said before = Said.of(kept.all.get(id));
    if ("removed".equals(before.text("state"))) return;
    if (before.has("removing") && before.whole("retryAt", 0) > clock.now()) return;
    Map<String, Object> trace = before.object("trace").all;
    Handler handler = handlers.get(before.text("kind"));
    Outcome outcome = handler == null || trace.isEmpty() && "unsupported".equals(before.text("state")) ? Outcome.done() : handler.remove(trace);
    boolean stays = outcome.code.equals(Outcome.FAILED) || outcome.code.equals(Outcome.WAITING);
    Map<String, Object> entry = Said.map("version", before.text("version"), "kind", before.text("kind"), "trace", trace);
    if (stays) {
      entry.put("removing", Boolean.TRUE);
      keep(id, entry, outcome, before.has("removing") ? before.whole("tries", 0) : 0);
    } else {
      kept.put(id, Said.map("version", before.text("version"), "kind", before.text("kind"), "state", "removed"));
      kept.write();
    }
  }

  private void keep(String id, Map<String, Object> entry, Outcome outcome, long tries) {
    String state = stateOf(outcome);
    entry.put("state", state);
    if (!outcome.isDone()) entry.put("code", outcome.code);
    if (outcome.detail != null) entry.put("detail", outcome.detail.length() > LONGEST_DETAIL ? outcome.detail.substring(0, LONGEST_DETAIL) : outcome.detail);
    if (state.equals("failed")) {
      entry.put("tries", tries + 1);
      entry.put("retryAt", clock.now() + Math.min(MOST_RETRY_MS, FIRST_RETRY_MS << Math.min(MOST_DOUBLINGS, tries)));
    }
    // What has an end of its own is looked at before it comes.
    Long due = Said.of(entry).object("trace").whole(DUE_IN_MS);
    if (state.equals("applied") && due != null) entry.put("retryAt", clock.now() + due);
    Said before = Said.of(kept.all.get(id));
    boolean same = entry.get("version").equals(before.text("version")) && state.equals(before.text("state"));
    // The code of what is done is not kept.
    if (before.is("told") && same && (outcome.isDone() || outcome.code.equals(before.text("code")))) entry.put("told", Boolean.TRUE);
    // The order of a document's items is the order of the list; what changes goes where it was.
    kept.put(id, entry);
    kept.write();
  }

  private static String stateOf(Outcome outcome) {
    if (outcome.isDone()) return "applied";
    boolean unable = outcome.code.equals(Outcome.API_LEVEL) || outcome.code.equals(Outcome.MANAGEMENT_MODE) || outcome.code.equals(Outcome.UNSUPPORTED);
    return unable ? "unsupported" : "failed";
  }

  /** What the server has not heard yet. */
  List<Object> words() {
    List<Object> words = new ArrayList<Object>();
    for (Map.Entry<String, Object> one : kept.all.entrySet()) {
      Said entry = Said.of(one.getValue());
      if (entry.is("told")) continue;
      String detail = entry.text("detail");
      words.add(Said.map("item", one.getKey(), "version", entry.text("version"), "state", entry.text("state"), "code", entry.text("code"), "detail", detail));
    }
    return words;
  }

  /** The server heard these; what changed meanwhile is told again. */
  void told(List<?> words) {
    boolean changed = false;
    for (Object one : words) {
      Said word = Said.of(one);
      String id = word.text("item");
      Said entry = Said.of(kept.all.get(id));
      if (!word.text("version").equals(entry.text("version")) || !word.text("state").equals(entry.text("state"))) continue;
      changed = true;
      if ("removed".equals(entry.text("state"))) kept.all.remove(id);
      else entry.all.put("told", Boolean.TRUE);
    }
    if (changed) kept.write();
  }

  /** The packages that items of the document are about. */
  Set<String> packages() {
    Set<String> packages = new HashSet<String>();
    for (Object one : kept.all.values()) {
      String name = Said.of(one).object("trace").text("package");
      if (name != null) packages.add(name);
    }
    return packages;
  }

  /** Each item, for people. */
  List<Agent.Status.Item> items() {
    List<Agent.Status.Item> items = new ArrayList<Agent.Status.Item>();
    for (Object one : kept.all.values()) {
      Said entry = Said.of(one);
      if (!"removed".equals(entry.text("state"))) items.add(new Agent.Status.Item(entry.text("kind"), entry.text("state"), entry.object("trace").text("package")));
    }
    return items;
  }

  /** Takes everything back, when management ends. */
  void takeAllBack() {
    for (String id : new ArrayList<String>(kept.all.keySet())) takeBack(id);
  }

  void forget() {
    kept.clear();
  }
}
