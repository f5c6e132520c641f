package org.muster.agent.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the organization told the person lately, so that a notice wiped away can be read again. */
final class Messages {
  private static final String KEPT = "messages";
  private static final String BETWEEN = "\u001e";
  private static final int MOST = 3;

  private Messages() {}

  static void keep(Device device, String text) {
    List<String> all = new ArrayList<String>(list(device));
    all.remove(text);
    all.add(0, text.replace(BETWEEN, " "));
    device.notes().edit().putString(KEPT, String.join(BETWEEN, all.subList(0, Math.min(MOST, all.size())))).commit();
  }

  static void forget(Device device) {
    device.notes().edit().remove(KEPT).commit();
  }

  /** The newest first. */
  static List<String> list(Device device) {
    String kept = device.notes().getString(KEPT, "");
    return kept.isEmpty() ? new ArrayList<String>() : Arrays.asList(kept.split(BETWEEN));
  }
}
