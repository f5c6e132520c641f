package org.muster.agent.core;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client of a broker (MQTT 3.1.1) that listens to one topic and says nothing: what a wake takes, and no more. */
final class Mqtt {
  private static final int LONGEST = 16 * 1024;
  private static final int LONGEST_TEXT = 65_535;
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 9;
  private static final int PINGREQ = 0xC0;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 0xE0;
  /** Name, password, and nothing of a session before. */
  private static final int FLAGS = 0xC2;
  private static final int LEVEL = 4;
  private static final int REFUSED = 0x80;
  private static final int MORE = 0x80;

  private final Line.Pipe pipe;
  private final int pingMs;
  private final int answerMs;
  private final Deque<byte[]> heard = new ArrayDeque<byte[]>();
  private boolean pinged;

  private Mqtt(Line.Pipe pipe, int pingMs, int answerMs) {
    this.pipe = pipe;
    this.pingMs = pingMs;
    this.answerMs = answerMs;
  }

  /**
   * Opens it with topic, clientId, username and password; when this returns the broker has agreed to tell of the topic. After so much silence it asks
   * whether the broker is still there, and gives it so long to answer.
   */
  static Mqtt open(Line.Pipe pipe, Said access, int pingMs, int answerMs) throws IOException {
    try {
      Mqtt client = new Mqtt(pipe, pingMs, answerMs);
      pipe.patience(answerMs);
      client.connect(access);
      client.subscribe(access.text("topic", ""));
      return client;
    } catch (IOException failed) {
      pipe.close();
      throw failed;
    }
  }

  private void connect(Said access) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(LEVEL);
    body.write(FLAGS);
    // The broker lets a client go after half as much again in silence.
    number(body, Math.min(LONGEST_TEXT, Math.max(1, pingMs / 1000) + 60));
    text(body, access.text("clientId", ""));
    text(body, access.text("username", ""));
    text(body, access.text("password", ""));
    send(CONNECT, body.toByteArray());
    byte[] answer = expect(CONNACK);
    if (answer.length != 2 || answer[1] != 0) throw new IOException("the broker refused: " + (answer.length == 2 ? answer[1] : -1));
  }

  private void subscribe(String topic) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, 1);
    text(body, topic);
    body.write(1);
    send(SUBSCRIBE, body.toByteArray());
    byte[] answer = expect(SUBACK);
    if (answer.length != 3 || answer[1] != 1 || (answer[2] & REFUSED) != 0) throw new IOException("the broker does not tell of the topic");
  }

  /** Waits for the next message, as long as the line holds; keeps it alive meanwhile. */
  byte[] next() throws IOException {
    while (heard.isEmpty()) {
      pipe.patience(pinged ? answerMs : pingMs);
      int first;
      try {
        first = pipe.in().read();
      } catch (InterruptedIOException silence) {
        if (pinged) throw new IOException("the broker is silent");
        send(PINGREQ, new byte[0]);
        pinged = true;
        continue;
      }
      pipe.patience(answerMs);
      take(first, rest(first));
    }
    return heard.poll();
  }

  private byte[] expect(int kind) throws IOException {
    while (true) {
      int first = pipe.in().read();
      byte[] body = rest(first);
      if (first >> 4 == kind) return body;
      take(first, body);
    }
  }

  private void take(int first, byte[] body) throws IOException {
    pinged = false;
    if (first >> 4 == PINGRESP) return;
    if (first >> 4 != PUBLISH) throw new IOException("an odd packet of the broker");
    int quality = first >> 1 & 3;
    int at = body.length < 2 ? LONGEST : 2 + number(body, 0);
    int from = quality == 0 ? at : at + 2;
    if (quality > 1 || from > body.length) throw new IOException("an odd message of the broker");
    byte[] message = new byte[body.length - from];
    System.arraycopy(body, from, message, 0, message.length);
    heard.add(message);
    if (quality == 1) send(PUBACK, new byte[] {body[at], body[at + 1]});
  }

  private byte[] rest(int first) throws IOException {
    if (first < 0) throw new EOFException("the broker closed the line");
    try {
      int length = 0;
      for (int shift = 0; ; shift += 7) {
        int one = one(pipe.in());
        length |= (one & ~MORE) << shift;
        if ((one & MORE) == 0) break;
        if (shift > 14) throw new IOException("an odd length");
      }
      if (length > LONGEST) throw new IOException("too long a packet");
      return exactly(pipe.in(), length);
    } catch (InterruptedIOException cut) {
      throw new IOException("half a packet");
    }
  }

  static int one(InputStream in) throws IOException {
    int one = in.read();
    if (one < 0) throw new EOFException("the line was closed");
    return one;
  }

  static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int have = 0; have < length; ) {
      int some = in.read(bytes, have, length - have);
      if (some < 0) throw new EOFException("the line was closed");
      have += some;
    }
    return bytes;
  }

  private void send(int first, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    int left = body.length;
    do {
      packet.write(left > 127 ? left & 127 | MORE : left);
      left >>= 7;
    } while (left > 0);
    packet.write(body);
    pipe.out().write(packet.toByteArray());
    pipe.out().flush();
  }

  private static void text(ByteArrayOutputStream to, String text) throws IOException {
    byte[] bytes = Bytes.utf8(text);
    if (bytes.length > LONGEST_TEXT) throw new IOException("too long a text");
    number(to, bytes.length);
    to.write(bytes);
  }

  private static void number(ByteArrayOutputStream to, int number) {
    to.write(number >> 8);
    to.write(number);
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  /** Takes leave if the broker still listens. */
  void close() {
    try {
      send(DISCONNECT, new byte[0]);
    } catch (IOException gone) {
      // It will notice.
    }
    pipe.close();
  }
}
