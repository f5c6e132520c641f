package org.muster.agent.core;

import java.io.File;
import java.util.Collections;
import java.util.Map;

/** Makes the agent of a device. */
public final class Agents {
  private static final long HOUR_MS = 3_600_000;

  private Agents() {}

  /** The agent that keeps what it knows in that folder. */
  public static Agent open(DevicePort port, File folder) {
    return new Unspoken();
  }

  /** Stands where the protocol will: it knows no server. */
  private static final class Unspoken implements Agent {
    @Override
    public boolean enrolled() {
      return false;
    }

    @Override
    public Outcome enroll(Invitation invitation) {
      return Outcome.failed("This agent does not speak yet.");
    }

    @Override
    public long contact(Wake wake) {
      return HOUR_MS;
    }

    @Override
    public Wake await() {
      return null;
    }

    @Override
    public void happened(String type, Map<String, Object> data) {}

    @Override
    public Status status() {
      Status status = new Status();
      status.items = Collections.<Status.Item>emptyList();
      return status;
    }
  }
}
