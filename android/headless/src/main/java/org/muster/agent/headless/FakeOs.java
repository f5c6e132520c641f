package org.muster.agent.headless;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.muster.agent.core.FolderKeep;
import org.muster.agent.core.Json;
import org.muster.agent.core.Keep;
import org.muster.agent.core.Malformed;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Said;

/**
 * An operating system that exists on disk alone: what is installed and set, and every effect anything had on it, in the order it had them. Whoever
 * tests can stop it right before or after an effect.
 */
final class FakeOs {
  private static final String FILE = "os";
  private final Keep keep;
  private final Map<String, Object> all;
  private String holdVerb;
  private boolean holdAfter;
  private volatile boolean held;

  FakeOs(File folder, Map<String, Object> fresh) {
    keep = new FolderKeep(folder);
    String text = keep.read(FILE);
    try {
      all = text == null ? fresh : Json.readObject(text);
    } catch (Malformed odd) {
      throw new IllegalStateException(odd);
    }
    write();
  }

  /** A device as it comes out of its box. */
  static Map<String, Object> fresh(String mode, int apiLevel, String serial) {
    Map<String, Object> apps = new LinkedHashMap<String, Object>();
    apps.put("com.android.settings", app("com.android.settings", "Settings", true));
    apps.put("com.android.dialer", app("com.android.dialer", "Phone", true));
    Map<String, Object> fresh = Said.map("mode", mode, "apiLevel", (long) apiLevel, "serial", serial, "model", "Headless", "osVersion", "16");
    fresh.putAll(Said.map("patch", "2026-11-05", "boot", UUID.randomUUID().toString(), "battery", 0.8, "passcode", "13579", "online", true));
    fresh.putAll(Said.map("apps", apps, "effects", new ArrayList<Object>(), "keys", Said.map(), "set", Said.map()));
    return fresh;
  }

  static Map<String, Object> app(String name, String label, boolean system) {
    return Said.map("name", name, "label", label, "version", "1.0", "code", 1L, "system", system);
  }

  synchronized Said said() {
    return Said.of(all);
  }

  synchronized String text() {
    return Json.write(all);
  }

  synchronized void put(String key, Object value) {
    all.put(key, value);
    write();
  }

  /** The part of that name, made when it is not there. */
  synchronized Map<String, Object> part(String name) {
    if (!(all.get(name) instanceof Map)) all.put(name, Said.map());
    return said().object(name).all;
  }

  synchronized void write() {
    keep.write(FILE, Json.write(all));
  }

  /** Lets the next effect of that name wait for the end of the process, right before it happens or right after. */
  synchronized void hold(String verb, boolean after) {
    holdVerb = verb;
    holdAfter = after;
  }

  boolean isHeld() {
    return held;
  }

  /** Something takes effect: it is on the disk, and in the list of all that did. */
  Outcome effect(String verb, Object detail, String part, String key, Object value) {
    stop(verb, false);
    synchronized (this) {
      if (part != null && value == null) part(part).remove(key);
      else if (part != null) part(part).put(key, value);
      List<Object> effects = new ArrayList<Object>(said().list("effects"));
      effects.add(Said.map("verb", verb, "detail", detail));
      all.put("effects", effects);
      write();
    }
    stop(verb, true);
    return Outcome.done();
  }

  private void stop(String verb, boolean after) {
    synchronized (this) {
      if (!verb.equals(holdVerb) || after != holdAfter) return;
    }
    held = true;
    while (true)
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException goOn) {
        continue;
      }
  }
}
