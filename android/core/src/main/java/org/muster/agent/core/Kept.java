package org.muster.agent.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object the agent keeps; changed in memory and written whole. */
final class Kept {
  private final Keep keep;
  private final String name;
  final Map<String, Object> all;

  Kept(Keep keep, String name) {
    this.keep = keep;
    this.name = name;
    Map<String, Object> read = new LinkedHashMap<String, Object>();
    String text = keep.read(name);
    if (text != null)
      try {
        read = Json.readObject(text);
      } catch (Malformed odd) {
        throw new Keep.Trouble(name + " cannot be read", odd);
      }
    this.all = read;
  }

  Said said() {
    return Said.of(all);
  }

  void put(String key, Object value) {
    all.put(key, value);
  }

  void write() {
    keep.write(name, Json.write(all));
  }

  void clear() {
    all.clear();
    keep.remove(name);
  }
}
