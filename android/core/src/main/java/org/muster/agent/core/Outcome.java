package org.muster.agent.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one thing asked of the device; refusals of the system are outcomes, not exceptions. */
public final class Outcome {
  public static final String DONE = "done";
  /** The system refused or something broke; the detail says what. */
  public static final String FAILED = "failed";
  /** This Android is too old for it; the detail is the first level that can. */
  public static final String API_LEVEL = "api-level";
  /** Not possible, or not permitted, in the way this device is managed. */
  public static final String MANAGEMENT_MODE = "management-mode";
  /** Nothing like it exists where this agent runs. */
  public static final String UNSUPPORTED = "unsupported";
  /** A person has to agree on the device first. */
  public static final String WAITING = "waiting";

  public final String code;
  public final String detail;
  /** What the device answered, where it was asked something; never null. */
  public final Map<String, Object> data;

  private Outcome(String code, String detail, Map<String, Object> data) {
    this.code = code;
    this.detail = detail;
    this.data = data;
  }

  public boolean isDone() {
    return code.equals(DONE);
  }

  public static Outcome done() {
    return new Outcome(DONE, null, Collections.<String, Object>emptyMap());
  }

  public static Outcome done(Map<String, Object> data) {
    return new Outcome(DONE, null, Collections.unmodifiableMap(new LinkedHashMap<String, Object>(data)));
  }

  /** Done as far as this device can; the detail names the rest. */
  static Outcome partly(String rest) {
    return new Outcome(DONE, rest, Collections.<String, Object>emptyMap());
  }

  public static Outcome unsupported(String detail) {
    return new Outcome(UNSUPPORTED, detail, Collections.<String, Object>emptyMap());
  }

  public static Outcome failed(String detail) {
    return new Outcome(FAILED, detail, Collections.<String, Object>emptyMap());
  }

  public static Outcome apiLevel(int needed) {
    return new Outcome(API_LEVEL, String.valueOf(needed), Collections.<String, Object>emptyMap());
  }

  public static Outcome managementMode(Mode mode) {
    return new Outcome(MANAGEMENT_MODE, mode.word, Collections.<String, Object>emptyMap());
  }

  /** The agent itself does not do it, for a reason of its own. */
  public static Outcome refused(String code, String detail) {
    return new Outcome(code, detail, Collections.<String, Object>emptyMap());
  }

  public static Outcome waiting(String detail) {
    return new Outcome(WAITING, detail, Collections.<String, Object>emptyMap());
  }

  @Override
  public String toString() {
    return detail == null ? code : code + ": " + detail;
  }
}
