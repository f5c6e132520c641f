package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoursTest {
  private final MemoryKeep keep = new MemoryKeep();
  private final Recorder device = new Recorder();
  private long now = 500;

  private static Map<String, Object> item(String id, String kind, Map<String, Object> value) {
    return Said.map("item", id, "version", "1", "kind", kind, "value", value, "needs", new ArrayList<Object>());
  }

  private static List<Object> span(long from, long to) {
    return Arrays.<Object>asList(from, to);
  }

  /** From 1000 to 9000 known: off from 1000 to 2000 and from 3000 to 4000. */
  private static Said document(Object... items) {
    Map<String, Object> off = item("work-time", "work-time", Said.map("camera", false));
    Map<String, Object> hours = Said.map("item", off, "from", 1000L, "until", 9000L, "off", Arrays.<Object>asList(span(1000, 2000), span(3000, 4000), "odd"));
    return Said.of(Said.map("items", new ArrayList<Object>(Arrays.asList(items)), "hours", hours));
  }

  private List<String> takenAt(Policy policy, Said document, long at) {
    now = at;
    policy.apply(Hours.at(document, at), false);
    return device.take();
  }

  @Test
  @DisplayName("an item of hours comes and goes with them and leaves the others alone; where hours are not known, the list counts")
  void comesAndGoes() {
    Policy policy = new Policy(Handlers.of(device.port(), null, null), keep, new Clock() {
      @Override
      public long now() {
        return now;
      }
    });
    List<String> off = Arrays.asList("limits.turn[camera, false]");
    List<String> on = Arrays.asList("limits.turn[camera, true]");
    Said said = document(item("dns", "private-dns", Said.map("mode", "resolver", "resolver", "dns.example")));
    assertEquals(Arrays.asList("network.privateDns[dns.example]"), takenAt(policy, said, 999));
    assertEquals(off, takenAt(policy, said, 1000));
    assertEquals(Arrays.asList(), takenAt(policy, said, 1999));
    assertEquals(on, takenAt(policy, said, 2000));
    assertEquals(off, takenAt(policy, said, 3000));
    // What the server said while it was so does not outlast the hour.
    Said listed = document(item("dns", "private-dns", Said.map("mode", "resolver", "resolver", "dns.example")), item("work-time", "work-time", Said.map("camera", false)));
    assertEquals(Arrays.asList(), takenAt(policy, listed, 3500));
    assertEquals(on, takenAt(policy, listed, 4000));
    assertEquals(off, takenAt(policy, listed, 9000));
  }

  @Test
  @DisplayName("the next hour is the nearest beginning or end that is known, and none after the last")
  void next() {
    Said said = document();
    long[] asked = {0, 1000, 1500, 2000, 3999, 4000, 8999, 9000};
    long[] expected = {1000, 2000, 2000, 3000, 4000, 9000, 9000, Hours.NEVER};
    for (int at = 0; at < asked.length; at += 1) assertEquals(expected[at], Hours.next(said, asked[at]), "at " + asked[at]);
    assertEquals(Hours.NEVER, Hours.next(Said.of(Said.map("items", new ArrayList<Object>())), 5));
  }
}
