package org.muster.agent.core;

import java.io.File;
import java.io.IOException;
import java.util.Map;

/** How the agent reaches its server. */
public interface Line {
  /** Sends a request and waits for its answer, whatever its status; throws when none came. */
  Reply send(String method, String path, byte[] body, Map<String, String> headers, int patienceMs) throws IOException;

  /** Fetches a file of the server into that one, going on where an attempt before was cut. */
  void fetch(String url, File into, long longest) throws IOException;

  /** Opens the way to a server; a pin is the hash of the key it must have. */
  interface Opener {
    Line to(String server, String pin);
  }

  /** What came back. */
  final class Reply {
    public final int status;
    public final byte[] body;

    public Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }
  }
}
