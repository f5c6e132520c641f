package org.muster.agent.headless;

import org.muster.agent.core.Keep;

/** Writes the journal only when the effect is over: the wrong way round, to show that it matters. For tests. */
final class LateKeep implements Keep {
  private final Keep keep;

  LateKeep(Keep keep) {
    this.keep = keep;
  }

  @Override
  public String read(String name) {
    return keep.read(name);
  }

  @Override
  public void write(String name, String text) {
    if (!name.equals("journal") || !text.contains("\"state\":\"begun\"")) keep.write(name, text);
  }

  @Override
  public void remove(String name) {
    keep.remove(name);
  }
}
