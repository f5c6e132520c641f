package org.muster.agent.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a document says for some hours only: the agent keeps the time by itself, also where it reaches nobody. */
final class Hours {
  static final long NEVER = Long.MAX_VALUE;

  private Hours() {}

  /** The document as it counts at an instant, by the server's clock. */
  static Said at(Said document, long now) {
    Said hours = document.object("hours");
    Said item = hours.object("item");
    if (item.text("item") == null || now < hours.whole("from", NEVER) || now >= hours.whole("until", 0)) return document;
    List<Object> items = new ArrayList<Object>();
    for (Said one : document.objects("items")) if (!item.text("item").equals(one.text("item"))) items.add(one.all);
    for (long[] span : spans(hours)) if (span[0] <= now && now < span[1]) items.add(item.all);
    Map<String, Object> all = new LinkedHashMap<String, Object>(document.all);
    all.put("items", items);
    return Said.of(all);
  }

  /** The next instant at which that may be something else, or {@link #NEVER}. */
  static long next(Said document, long now) {
    Said hours = document.object("hours");
    long until = hours.whole("until", 0);
    long next = NEVER;
    for (long[] span : spans(hours))
      for (long instant : span) if (instant > now && instant <= until) next = Math.min(next, instant);
    long from = hours.whole("from", 0);
    if (from > now && from <= until) next = Math.min(next, from);
    return until > now ? Math.min(next, until) : next;
  }

  private static List<long[]> spans(Said hours) {
    List<long[]> spans = new ArrayList<long[]>();
    for (Object one : hours.list("off")) {
      if (!(one instanceof List) || ((List<?>) one).size() != 2) continue;
      Said pair = Said.of(Said.map("from", ((List<?>) one).get(0), "to", ((List<?>) one).get(1)));
      if (pair.whole("from") != null && pair.whole("to") != null) spans.add(new long[] {pair.whole("from"), pair.whole("to")});
    }
    return spans;
  }
}
