package org.muster.agent.core;

import java.util.HashMap;
import java.util.Map;

/** Keeps in memory what is otherwise on the disk. */
final class MemoryKeep implements Keep {
  final Map<String, String> all = new HashMap<String, String>();
  boolean broken;

  @Override
  public String read(String name) {
    return all.get(name);
  }

  @Override
  public void write(String name, String text) {
    if (broken) throw new Trouble("the disk is full", null);
    all.put(name, text);
  }

  @Override
  public void remove(String name) {
    all.remove(name);
  }
}
