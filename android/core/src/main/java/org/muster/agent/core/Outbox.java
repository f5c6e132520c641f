package org.muster.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What happened on the device, until the server has seen it. */
final class Outbox {
  private static final String EVENTS = "events";
  private static final int MOST = 500;
  private static final int MOST_TOLD = 100;

  private final Kept kept;

  Outbox(Keep keep) {
    kept = new Kept(keep, "outbox");
  }

  void add(String type, long at, Map<String, Object> data) {
    List<Object> events = new ArrayList<Object>(kept.said().list(EVENTS));
    events.add(Said.map("id", UUID.randomUUID().toString(), "at", at, "type", type, "data", data));
    // When nobody listens for long, the oldest is what is missed least.
    kept.put(EVENTS, events.size() > MOST ? new ArrayList<Object>(events.subList(events.size() - MOST, events.size())) : events);
    kept.write();
  }

  List<Object> events() {
    List<?> events = kept.said().list(EVENTS);
    return new ArrayList<Object>(events.subList(0, Math.min(MOST_TOLD, events.size())));
  }

  void seen(List<String> ids) {
    List<Object> left = new ArrayList<Object>();
    for (Object event : kept.said().list(EVENTS)) if (!ids.contains(Said.of(event).text("id"))) left.add(event);
    if (left.size() == kept.said().list(EVENTS).size()) return;
    kept.put(EVENTS, left);
    kept.write();
  }

  void forget() {
    kept.clear();
  }
}
