package org.muster.agent.core;

/** What time it is, in milliseconds since 1970, by the device. */
public interface Clock {
  long now();

  /** The device's own clock. */
  Clock SYSTEM = new Clock() {
    @Override
    public long now() {
      return System.currentTimeMillis();
    }
  };
}
