package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What became of every order, so that none is carried out twice: an order is written down as begun, and that is on the disk, before it takes effect. What
 * the server has seen is forgotten in time; then the highest number among the forgotten says that an order was here before.
 */
final class Journal {
  private static final String HORIZON = "horizon";
  private static final String ORDERS = "orders";
  private static final String HIGHEST = "highest";
  private static final int MOST_SEEN = 200;
  private static final int MOST_TOLD = 100;
  /** No number of an order that others may follow. */
  private static final long LAST = Json.SAFE;

  private final Kept kept;

  Journal(Keep keep) {
    kept = new Kept(keep, "journal");
    if (!kept.all.containsKey(ORDERS)) kept.put(ORDERS, Said.map());
  }

  private Map<String, Object> orders() {
    return kept.said().object(ORDERS).all;
  }

  /** The order as it was written down, or null. */
  Said find(String id) {
    return orders().containsKey(id) ? Said.of(orders().get(id)) : null;
  }

  /** Whether an order of that number, which is not written down, was here and has been forgotten. */
  boolean forgotten(long seq) {
    return seq <= kept.said().whole(HORIZON, 0);
  }

  /** The highest number an order has had. */
  long highest() {
    return kept.said().whole(HIGHEST, 0);
  }

  void forget() {
    kept.clear();
    kept.put(ORDERS, Said.map());
  }

  /** Writes it down as begun; when this returns it is on the disk. */
  void begin(String id, long seq, String kind, String boot) {
    orders().put(id, Said.map("seq", seq, "kind", kind, "boot", boot, "state", "begun"));
    if (seq < LAST) kept.put(HIGHEST, Math.max(seq, highest()));
    kept.write();
  }

  void finish(String id, Map<String, Object> result) {
    Map<String, Object> entry = Said.of(orders().get(id)).all;
    entry.put("state", "deferred".equals(result.get("status")) ? "deferred" : "done");
    entry.put("result", result);
    kept.write();
  }

  /** Orders that were begun and never finished: the agent, or the device, ended in the middle. */
  List<String> interrupted() {
    List<String> ids = new ArrayList<String>();
    for (Map.Entry<String, Object> entry : orders().entrySet()) if ("begun".equals(Said.of(entry.getValue()).text("state"))) ids.add(entry.getKey());
    return ids;
  }

  /** What the server has not seen yet. */
  List<Object> results() {
    List<Object> results = new ArrayList<Object>();
    for (Object entry : orders().values()) {
      Said said = Said.of(entry);
      if (said.has("result") && results.size() < MOST_TOLD) results.add(said.get("result"));
    }
    return results;
  }

  /** The server has seen these; a deferral was told and the order will come again. */
  void seen(List<String> ids, List<?> told) {
    boolean changed = false;
    for (Object one : told) {
      Said result = Said.of(one);
      String id = result.text("order");
      Map<String, Object> entry = Said.of(orders().get(id)).all;
      boolean deferred = "deferred".equals(result.text("status"));
      if (!deferred && !ids.contains(id)) continue;
      if (entry.remove("result") != null) changed = true;
      if (!deferred) entry.put("state", "seen");
    }
    if (prune() || changed) kept.write();
  }

  private boolean prune() {
    int seen = 0;
    for (Object entry : orders().values()) if ("seen".equals(Said.of(entry).text("state"))) seen += 1;
    boolean pruned = false;
    Iterator<Object> all = orders().values().iterator();
    while (seen > MOST_SEEN && all.hasNext()) {
      Said said = Said.of(all.next());
      if (!"seen".equals(said.text("state"))) continue;
      kept.put(HORIZON, Math.max(kept.said().whole(HORIZON, 0), said.whole("seq", 0)));
      all.remove();
      seen -= 1;
      pruned = true;
    }
    return pruned;
  }
}
