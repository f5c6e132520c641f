package org.muster.agent.core;

import java.io.IOException;
import java.util.Random;

/**
 * Listens for wakes by the best way the server offers that works: a broker's line, which stays open between wakes; while that cannot be had, a request
 * that the server holds. A line that failed is tried again ever more rarely.
 */
final class Ears {
  /** Nothing came, and the way is whole: to be asked again. */
  static final Agent.Wake QUIET = new Agent.Wake("none", null);
  private static final int PING_MS = 240_000;
  private static final int ANSWER_MS = 15_000;
  /** A line that lasted so long was a good one. */
  private static final long GOOD_MS = 60_000;
  /** The same wake twice within this is one. */
  private static final long SAME_MS = 30_000;
  private static final int LONGEST = 1024;

  private final Clock clock;
  private final Backoff backoff;
  private volatile Mqtt open;
  private String openTo = "";
  private long openedAt;
  private int failures;
  private long retryAt;
  private String last = "";
  private long lastAt;

  /** A request the server holds at most so long; {@link #QUIET} when nothing came, null when it was cut. */
  interface Held {
    Agent.Wake hold(long mostMs);
  }

  Ears(Clock clock, Random random) {
    this.clock = clock;
    backoff = new Backoff(random);
  }

  /** Waits for a wake; {@link #QUIET} when none came, null when there is no way to listen, or it was cut. */
  Agent.Wake next(Line line, Said channels, Held held) {
    Said access = channels.object("mqtt");
    for (String way : channels.texts("order")) {
      if (way.equals("mqtt") && access.has("url") && clock.now() >= retryAt) {
        Agent.Wake wake = byLine(line, access);
        if (wake != null) return wake;
      }
      if (way.equals("wait")) return held.hold(access.has("url") ? Math.max(1000, retryAt - clock.now()) : Long.MAX_VALUE);
    }
    return null;
  }

  private Agent.Wake byLine(Line line, Said access) {
    try {
      String to = Json.canonical(access.all);
      if (open != null && !to.equals(openTo)) close();
      if (open == null) {
        open = Mqtt.open(line.pipe(access.text("url")), access, PING_MS, ANSWER_MS);
        openTo = to;
        openedAt = clock.now();
      }
      while (true) {
        String nonce = nonceIn(open.next());
        boolean known = nonce == null || nonce.equals(last) && clock.now() - lastAt < SAME_MS;
        if (known) continue;
        last = nonce;
        lastAt = clock.now();
        return new Agent.Wake("mqtt", nonce);
      }
    } catch (IOException cut) {
      // Whoever lets every line go at once is not called at once by all.
      boolean good = open != null && clock.now() - openedAt >= GOOD_MS;
      failures = good ? 1 : failures + 1;
      retryAt = clock.now() + backoff.after(failures, 1000);
      close();
      return null;
    }
  }

  /** What a wake carries: a number that is used once. Anything else is none. */
  private static String nonceIn(byte[] message) {
    if (message.length > LONGEST) return null;
    try {
      Said said = Said.of(Json.readObject(Bytes.text(message)));
      return said.whole("w", 0) == 1 ? said.text("n") : null;
    } catch (Malformed odd) {
      return null;
    }
  }

  /** Hangs up; from any thread. */
  void close() {
    Mqtt mqtt = open;
    open = null;
    if (mqtt != null) mqtt.close();
  }
}
