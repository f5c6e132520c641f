package org.muster.agent.core;

import java.util.Random;

/** How long to wait after something failed again: a second, doubled each time up to a quarter of an hour, and of that a part at random. */
final class Backoff {
  private static final long FIRST_MS = 1000;
  private static final long MOST_MS = 15 * 60_000;
  private static final int MOST_DOUBLINGS = 10;

  private final Random random;

  Backoff(Random random) {
    this.random = random;
  }

  /** After so many failures in a row; not sooner than the server asked. */
  long after(int failures, long atLeastMs) {
    long most = Math.min(MOST_MS, FIRST_MS << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
    return Math.max(atLeastMs, 1 + (long) (random.nextDouble() * most));
  }
}
