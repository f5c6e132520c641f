package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OrdersTest {
  private final MemoryKeep keep = new MemoryKeep();
  private final Recorder device = new Recorder();
  private Journal journal;
  private Map<String, Object> approvers = Said.map("need", 0L);

  private Orders orders() {
    journal = new Journal(keep);
    Orders orders = new Orders(device.port(), journal, keep, new Orders.Hooks() {
      @Override
      public void tellAll() {}

      @Override
      public Said identity() {
        return Said.of(Said.map("org", "org_1", "device", "dev_1", "approvers", approvers));
      }

      @Override
      public long now() {
        return 1000;
      }
    });
    orders.recover();
    return orders;
  }

  private static Said order(String id, long seq, String kind) {
    return Said.of(Said.map("id", id, "seq", seq, "kind", kind, "args", Said.map()));
  }

  private static List<Said> only(Said order) {
    return Collections.singletonList(order);
  }

  private String resultOf(String id) {
    Said result = journal.find(id).object("result");
    return result.text("status") + (result.has("code") ? ":" + result.text("code") : "");
  }

  @Test
  @DisplayName("an order takes effect once, however often it comes and however often the agent starts anew")
  void once() {
    Orders orders = orders();
    assertTrue(orders.obey(only(order("cmd_1", 1, "lock"))));
    assertFalse(orders.obey(only(order("cmd_1", 1, "lock"))));
    assertFalse(orders().obey(only(order("cmd_1", 1, "lock"))));
    assertEquals(1, device.take().size());
    assertEquals("done", resultOf("cmd_1"));
  }

  @Test
  @DisplayName("an order is written down before it takes effect: when the agent ends in the middle, it is not repeated and said to be interrupted")
  void before() {
    final String[] seen = new String[1];
    device.during = new Runnable() {
      @Override
      public void run() {
        seen[0] = keep.all.get("journal");
        throw new IllegalStateException("killed");
      }
    };
    final Orders orders = orders();
    assertThrows(IllegalStateException.class, new Executable() {
      @Override
      public void execute() {
        orders.obey(only(order("cmd_1", 1, "lock")));
      }
    });
    assertTrue(seen[0].contains("\"state\":\"begun\""));
    device.during = null;
    device.take();
    assertFalse(orders().obey(only(order("cmd_1", 1, "lock"))));
    assertEquals("failed:interrupted", resultOf("cmd_1"));
    assertEquals(0, device.take().size());
    // Control: without what was written down, the same order takes effect again.
    keep.all.remove("journal");
    assertTrue(orders().obey(only(order("cmd_1", 1, "lock"))));
    assertEquals(1, device.take().size());
  }

  @Test
  @DisplayName("what cannot be remembered is not done")
  void disk() {
    final Orders orders = orders();
    keep.broken = true;
    assertThrows(Keep.Trouble.class, new Executable() {
      @Override
      public void execute() {
        orders.obey(only(order("cmd_1", 1, "lock")));
      }
    });
    assertEquals(0, device.take().size());
  }

  @Test
  @DisplayName("a restart that was begun is done when the device has started since")
  void restart() {
    device.during = new Runnable() {
      @Override
      public void run() {
        throw new IllegalStateException("the power goes");
      }
    };
    final Orders orders = orders();
    assertThrows(IllegalStateException.class, new Executable() {
      @Override
      public void execute() {
        orders.obey(only(order("cmd_1", 1, "restart")));
      }
    });
    device.during = null;
    device.boot = "boot-2";
    orders();
    assertEquals("done", resultOf("cmd_1"));
  }

  @Test
  @DisplayName("an order whose time is over is not carried out")
  void expired() {
    Said late = order("cmd_1", 1, "lock");
    late.all.put("notAfter", 999L);
    orders().obey(only(late));
    assertEquals("expired", resultOf("cmd_1"));
    assertEquals(0, device.take().size());
  }

  @Test
  @DisplayName("of orders to turn lost mode on and off the newest counts, in whatever order they come")
  void lost() {
    Orders orders = orders();
    orders.obey(only(order("cmd_2", 2, "lost-mode.disable")));
    orders.obey(only(order("cmd_1", 1, "lost-mode.enable")));
    assertEquals("refused:older", resultOf("cmd_1"));
    assertEquals(Arrays.asList("kiosk.endLost[]"), device.take());
    orders().obey(only(order("cmd_3", 3, "lost-mode.enable")));
    assertEquals("done", resultOf("cmd_3"));
  }

  @Test
  @DisplayName("an order that was here and has been forgotten is refused as older")
  void horizon() {
    Orders orders = orders();
    for (int at = 1; at <= 300; at += 1) {
      orders.obey(only(order("cmd_" + at, at, "lock")));
      List<Object> told = journal.results();
      journal.seen(Collections.singletonList("cmd_" + at), told);
    }
    device.take();
    assertEquals(null, journal.find("cmd_5"));
    orders.obey(only(order("cmd_5", 5, "lock")));
    assertEquals("refused:older", resultOf("cmd_5"));
    assertEquals(0, device.take().size());
    assertEquals(300, journal.highest());
  }

  @Test
  @DisplayName("a personal device is not erased, located, restarted, put into lost mode or made to ring, whoever ordered it")
  void personal() {
    device.mode = Mode.WORK_PROFILE;
    Orders orders = orders();
    long seq = 0;
    for (String kind : new String[] {"wipe", "location.query", "restart", "lost-mode.enable", "lost-mode.sound"}) {
      seq += 1;
      orders.obey(only(order("cmd_" + kind, seq, kind)));
      assertEquals("refused:management-mode", resultOf("cmd_" + kind));
    }
    assertEquals(new ArrayList<String>(), device.take());
  }

  @Test
  @DisplayName("erasing needs the approvals that were pinned; where none are, the order is enough")
  void wipe() {
    approvers = Said.map("need", 1L, "rpId", "x", "origins", new ArrayList<Object>(), "keys", new ArrayList<Object>());
    Orders orders = orders();
    orders.obey(only(order("cmd_1", 1, "wipe")));
    assertEquals("refused:approval-missing", resultOf("cmd_1"));
    assertEquals(0, device.take().size());
    approvers = Said.map("need", 0L);
    orders.obey(only(order("cmd_2", 2, "wipe")));
    assertEquals(Arrays.asList("care.erase[, false, true]"), device.take());
  }

  @Test
  @DisplayName("whoever finds a locked or lost device reads what was left for them")
  void words() {
    Said lock = order("cmd_1", 1, "lock");
    lock.all.put("args", Said.map("message", "Call us.", "phoneNumber", "555"));
    orders().obey(only(lock));
    assertEquals(Arrays.asList("care.tell[null, Call us.\n555]", "passcode.lockNow[]"), device.take());
    Said lost = order("cmd_2", 2, "lost-mode.enable");
    lost.all.put("args", Said.map("message", "Lost", "phoneNumber", "555", "footnote", "A 7"));
    orders().obey(only(lost));
    assertEquals("Lost\nA 7|555", device.note);
  }

  @Test
  @DisplayName("what waits for a person is deferred, and carried out when it comes again")
  void deferred() {
    device.answers.put("passcode.lockNow[]", Outcome.waiting("not now"));
    Orders orders = orders();
    orders.obey(only(order("cmd_1", 1, "lock")));
    assertEquals("deferred:waiting", resultOf("cmd_1"));
    journal.seen(Collections.<String>emptyList(), journal.results());
    assertEquals(0, journal.results().size());
    device.answers.clear();
    orders().obey(only(order("cmd_1", 1, "lock")));
    assertEquals("done", resultOf("cmd_1"));
  }
}
