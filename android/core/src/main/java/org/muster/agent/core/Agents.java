package org.muster.agent.core;

import java.io.File;

/** Makes the agent of a device. */
public final class Agents {
  private Agents() {}

  /** The agent that keeps what it knows in that folder. */
  public static Agent open(DevicePort port, File folder) {
    return open(port, folder, new FolderKeep(folder), new Line.Opener() {
      @Override
      public Line to(String server, String pin) {
        return new HttpLine(server, pin);
      }
    });
  }

  /** The same with another place for what it knows, and other ways to servers; the folder then holds files that are being fetched. */
  public static Agent open(DevicePort port, File folder, Keep keep, Line.Opener lines) {
    return open(port, folder, keep, lines, Clock.SYSTEM);
  }

  /** The same by another clock. */
  public static Agent open(DevicePort port, File folder, Keep keep, Line.Opener lines, Clock clock) {
    return new SpeakingAgent(port, keep, new File(folder, "files"), clock, lines);
  }
}
