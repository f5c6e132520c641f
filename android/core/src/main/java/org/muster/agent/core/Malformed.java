package org.muster.agent.core;

/** Something that came from outside cannot be read. */
public final class Malformed extends Exception {
  public Malformed(String what) {
    super(what);
  }
}
