package org.muster.agent.core;

/** What became of something made of several acts: the worst counts, and what cannot be had here is named beside what was done. */
final class Sum {
  private Outcome failed;
  private Outcome unable;
  private boolean done;
  private final StringBuilder missing = new StringBuilder();

  Sum add(String what, Outcome outcome) {
    if (outcome.isDone()) done = true;
    else if (outcome.code.equals(Outcome.API_LEVEL) || outcome.code.equals(Outcome.MANAGEMENT_MODE) || outcome.code.equals(Outcome.UNSUPPORTED)) {
      unable = outcome;
      missing.append(missing.length() == 0 ? "" : ", ").append(what).append(" (").append(outcome).append(')');
    } else failed = outcome;
    return this;
  }

  Outcome outcome() {
    if (failed != null) return failed;
    if (unable == null) return Outcome.done();
    return done ? Outcome.partly(missing.toString()) : unable;
  }
}
