package org.muster.agent.core;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;

/** A connection inside a WebSocket (RFC 6455), where only ports of the web are open: a stream of bytes, whatever frames they come in. */
final class WebSocketPipe extends InputStream implements Line.Pipe {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int LONGEST_HEAD = 8192;
  private static final int LONGEST_FRAME = 65_536;
  private static final int CONTINUED = 0x0;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private final Line.Pipe pipe;
  private final OutputStream out;
  private byte[] frame = new byte[0];
  private int at;

  private WebSocketPipe(Line.Pipe pipe) {
    this.pipe = pipe;
    out = new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        send(BINARY, new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        send(BINARY, part);
      }
    };
  }

  static Line.Pipe open(Line.Pipe pipe, URI uri) throws IOException {
    String key = Bytes.base64(Bytes.random(16));
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String host = uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: " + key + "\r\n\r\n";
    pipe.out().write(Bytes.utf8(head));
    pipe.out().flush();
    String answer = head(pipe.in());
    String accepted = Bytes.base64(Bytes.sha1(Bytes.utf8(key + MAGIC)));
    boolean ours = false;
    for (String line : answer.split("\r\n")) if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-accept:")) ours = line.endsWith(accepted);
    if (!answer.startsWith("HTTP/1.1 101 ") || !ours) throw new IOException("no WebSocket there");
    return new WebSocketPipe(pipe);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0 || head.length() > LONGEST_HEAD) throw new IOException("no answer of the web");
      head.append((char) one);
    }
    return head.toString();
  }

  @Override
  public int read() throws IOException {
    while (at >= frame.length) next();
    at += 1;
    return frame[at - 1] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) return 0;
    while (at >= frame.length) next();
    int some = Math.min(length, frame.length - at);
    System.arraycopy(frame, at, into, from, some);
    at += some;
    return some;
  }

  /** Only the wait for a frame may end in between; half of one is of no use. */
  private void next() throws IOException {
    InputStream in = pipe.in();
    int first = in.read();
    if (first < 0) throw new EOFException("the line was closed");
    try {
      int kind = first & 0x0f;
      byte[] body = body(in);
      if (kind == PING) send(PONG, body);
      else if (kind == CLOSE) throw new EOFException("the line was closed");
      else if (kind == BINARY || kind == CONTINUED) {
        frame = body;
        at = 0;
      } else if (kind != PONG) throw new IOException("an odd frame");
    } catch (InterruptedIOException cut) {
      throw new IOException("half a frame");
    }
  }

  private static byte[] body(InputStream in) throws IOException {
    int said = Mqtt.one(in);
    if ((said & MASKED) != 0 || said == LONG) throw new IOException("an odd frame");
    int length = said == SHORT ? Mqtt.one(in) << 8 | Mqtt.one(in) : said;
    if (length > LONGEST_FRAME) throw new IOException("too long a frame");
    return Mqtt.exactly(in, length);
  }

  private synchronized void send(int kind, byte[] body) throws IOException {
    byte[] mask = Bytes.random(4);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(FINAL | kind);
    if (body.length < SHORT) all.write(MASKED | body.length);
    else {
      all.write(MASKED | SHORT);
      all.write(body.length >> 8);
      all.write(body.length);
    }
    all.write(mask);
    for (int n = 0; n < body.length; n += 1) all.write(body[n] ^ mask[n % mask.length]);
    pipe.out().write(all.toByteArray());
    pipe.out().flush();
  }

  @Override
  public InputStream in() {
    return this;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void patience(int ms) throws IOException {
    pipe.patience(ms);
  }

  @Override
  public void close() {
    pipe.close();
  }
}
