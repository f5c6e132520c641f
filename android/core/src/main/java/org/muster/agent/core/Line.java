package org.muster.agent.core;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** How the agent reaches its server. */
public interface Line {
  /** Sends a request and waits for its answer, whatever its status; throws when none came. */
  Reply send(String method, String path, byte[] body, Map<String, String> headers, int patienceMs) throws IOException;

  /** Fetches a file of the server into that one, going on where an attempt before was cut. */
  void fetch(String url, File into, long longest) throws IOException;

  /** Opens a connection that stays open: mqtt, mqtts, ws or wss; throws where that cannot be had. */
  Pipe pipe(String url) throws IOException;

  /** Bytes both ways. A read that lasts longer than the patience throws InterruptedIOException; closing it, from any thread, ends every read. */
  interface Pipe {
    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    void patience(int ms) throws IOException;

    void close();
  }

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
