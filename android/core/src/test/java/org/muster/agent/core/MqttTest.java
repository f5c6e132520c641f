package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MqttTest {
  private static final int[] WELCOME = {0x20, 2, 0, 0, 0x90, 3, 0, 1, 1};
  private static final Said ACCESS =
      Said.of(Said.map("url", "mqtt://localhost", "topic", "muster/e", "clientId", "e", "username", "o/e", "password", "secret"));

  /** What a broker says, one after the other; -1 is silence as long as anyone is patient. */
  private static final class Script extends InputStream implements Line.Pipe {
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final int[] said;
    private int at;
    boolean closed;

    Script(int[]... parts) {
      int length = 0;
      for (int[] part : parts) length += part.length;
      said = new int[length];
      int to = 0;
      for (int[] part : parts)
        for (int one : part) {
          said[to] = one;
          to += 1;
        }
    }

    @Override
    public int read() throws IOException {
      if (at >= said.length) return -1;
      at += 1;
      if (said[at - 1] == -1) throw new InterruptedIOException("silence");
      return said[at - 1];
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int one = read();
      if (one < 0) return -1;
      into[from] = (byte) one;
      return 1;
    }

    @Override
    public InputStream in() {
      return this;
    }

    @Override
    public OutputStream out() {
      return heard;
    }

    @Override
    public void patience(int ms) {}

    @Override
    public void close() {
      closed = true;
    }
  }

  private static int[] message(int quality, String text) {
    byte[] payload = Bytes.utf8(text);
    int head = quality == 0 ? 3 : 5;
    int[] packet = new int[2 + head + payload.length];
    packet[0] = 0x30 | quality << 1;
    packet[1] = head + payload.length;
    packet[3] = 1;
    packet[4] = 't';
    if (quality > 0) packet[6] = 7;
    for (int n = 0; n < payload.length; n += 1) packet[2 + head + n] = payload[n];
    return packet;
  }

  private static void refuses(final int[]... parts) {
    final Script broker = new Script(parts);
    assertThrows(IOException.class, new Executable() {
      @Override
      public void execute() throws IOException {
        Mqtt client = Mqtt.open(broker, ACCESS, 1000, 1000);
        client.next();
      }
    });
  }

  @Test
  @DisplayName("it says who it is and what it wants to hear, and confirms what it heard")
  void hears() throws IOException {
    Script broker = new Script(WELCOME, message(0, "a"), message(1, "b"));
    Mqtt client = Mqtt.open(broker, ACCESS, 1000, 1000);
    byte[] said = broker.heard.toByteArray();
    byte[] connect = {0x10, 26, 0, 4, 'M', 'Q', 'T', 'T', 4, (byte) 0xC2, 0, 61, 0, 1, 'e', 0, 3, 'o', '/', 'e', 0, 6, 's', 'e', 'c', 'r', 'e', 't'};
    byte[] subscribe = {(byte) 0x82, 13, 0, 1, 0, 8, 'm', 'u', 's', 't', 'e', 'r', '/', 'e', 1};
    assertEquals(Bytes.base64(Bytes.join(connect, subscribe)), Bytes.base64(said));
    broker.heard.reset();
    assertEquals("a", new String(client.next()));
    assertEquals(0, broker.heard.size());
    assertEquals("b", new String(client.next()));
    assertEquals(Bytes.base64(new byte[] {0x40, 2, 0, 7}), Bytes.base64(broker.heard.toByteArray()));
  }

  @Test
  @DisplayName("a message that comes before the broker has agreed is not lost")
  void early() throws IOException {
    Script broker = new Script(new int[] {0x20, 2, 0, 0}, message(1, "a"), new int[] {0x90, 3, 0, 1, 1});
    assertEquals("a", new String(Mqtt.open(broker, ACCESS, 1000, 1000).next()));
  }

  @Test
  @DisplayName("in silence it asks whether the broker is there, and hangs up when nobody answers")
  void silence() throws IOException {
    int[] still = {-1, 0xD0, 0, -1, 0xD0, 0};
    Script broker = new Script(WELCOME, still, message(0, "a"));
    Mqtt client = Mqtt.open(broker, ACCESS, 1000, 1000);
    broker.heard.reset();
    assertEquals("a", new String(client.next()));
    assertEquals(Bytes.base64(new byte[] {(byte) 0xC0, 0, (byte) 0xC0, 0}), Bytes.base64(broker.heard.toByteArray()));
    refuses(WELCOME, new int[] {-1, -1}, message(0, "too late"));
  }

  @Test
  @DisplayName("a broker that refuses, says oddities, too much or half of something is left")
  void odd() {
    refuses(new int[] {0x20, 2, 0, 5}, message(0, "a"));
    refuses(new int[] {0x20, 2, 0, 0, 0x90, 3, 0, 1, 0x80}, message(0, "a"));
    refuses(WELCOME, new int[] {0x30, 0xff, 0xff, 0xff, 0x7f});
    refuses(WELCOME, new int[] {0x30, 0xff, 0xff, 0xff, 0xff, 1});
    refuses(WELCOME, new int[] {0x30, 1, 0});
    refuses(WELCOME, new int[] {0x30, 4, 0, 9, 't', 'x'});
    refuses(WELCOME, new int[] {0x34, 5, 0, 1, 't', 0, 1});
    refuses(WELCOME, new int[] {0x32, 4, 0, 1, 't', 0});
    refuses(WELCOME, new int[] {0x30, 5, 0, -1, 1, 't', 'a'});
    refuses(WELCOME, new int[] {0xA2, 2, 0, 1});
  }

  private static final class Way implements Line {
    Script broker;
    int opened;

    @Override
    public Reply send(String method, String path, byte[] body, java.util.Map<String, String> headers, int patienceMs) throws IOException {
      throw new IOException("not asked");
    }

    @Override
    public Pipe pipe(String url) throws IOException {
      opened += 1;
      if (broker == null) throw new IOException("nobody listens");
      return broker;
    }

    @Override
    public void fetch(String url, java.io.File into, long longest) throws IOException {
      throw new IOException("not asked");
    }
  }

  private long now = 1_000_000;

  @Test
  @DisplayName("the best way that works is listened to: the broker's, else the server's, and the broker is tried again when its time has come")
  void ways() {
    final Way way = new Way();
    final long[] asked = new long[1];
    Ears ears = new Ears(new Clock() {
      @Override
      public long now() {
        return now;
      }
    }, new Random(1));
    Ears.Held held = new Ears.Held() {
      @Override
      public Agent.Wake hold(long mostMs) {
        asked[0] = mostMs;
        return Ears.QUIET;
      }
    };
    Said channels = Said.of(Said.map("order", Arrays.<Object>asList("mqtt", "fcm", "wait", "poll"), "mqtt", ACCESS.all));
    assertEquals(Ears.QUIET, ears.next(way, channels, held));
    assertTrue(asked[0] >= 1000 && asked[0] < 10_000, "it waits no longer than until the broker is tried again");
    assertEquals(Ears.QUIET, ears.next(way, channels, held));
    assertEquals(1, way.opened);
    now += 2000;
    int[] wake = message(1, "{\"w\":1,\"n\":\"abc\"}");
    way.broker = new Script(WELCOME, message(1, "junk"), message(1, "{\"w\":2,\"n\":\"x\"}"), wake, wake, message(1, "{\"w\":1,\"n\":\"def\"}"));
    Agent.Wake first = ears.next(way, channels, held);
    assertEquals("mqtt abc", first.channel + " " + first.nonce);
    assertEquals("def", ears.next(way, channels, held).nonce, "the same wake twice is one");
    assertEquals(2, way.opened, "the line stays open between wakes");
    assertEquals(Ears.QUIET, ears.next(way, channels, held), "the script is over: the server's way");
    assertTrue(way.broker.closed);
    assertEquals(null, ears.next(way, Said.of(Said.map("order", Arrays.<Object>asList("poll"))), held));
  }

  @Test
  @DisplayName("a password is sent in the clear to this machine alone, and to nobody by ways the agent does not know")
  void clear() {
    for (final String url : new String[] {"mqtt://192.0.2.1:1883", "ws://192.0.2.1/mqtt", "ftp://localhost", "mqtt:", "nonsense"})
      assertThrows(IOException.class, new Executable() {
        @Override
        public void execute() throws IOException {
          SocketPipe.open(url, "https://localhost", null);
        }
      }, url);
  }

  @Test
  @DisplayName("a certificate is for the hosts it names, and a star stands for one label")
  void names() throws Exception {
    String der = "MIIBtDCCAVmgAwIBAgIURFiqDsfcId/8+GhkdI1MtZY4KyIwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBeDAgFw0yNjExMjcxNTU1NDdaGA8yMT"
        + "I2MTEwMzE1NTU0N1owDDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEyMdzJkvTMUeb923C8LAzxiTINGGAXXW/Dv53Wo"
        + "uWsDU3BVX2d74PlmwFRxvTtp6kK6OannolJ5snM17TTDgcSjgZYwgZMwHQYDVR0OBBYEFKRjF/rf6bbc7mIBAXUXAXVi5YrfMB8GA1UdIwQYMB"
        + "aAFKRjF/rf6bbc7mIBAXUXAXVi5YrfMA8GA1UdEwEB/wQFMAMBAf8wQAYDVR0RBDkwN4INKi5leGFtcGxlLm9yZ4IOYnJva2VyLmV4YW1wbGWH"
        + "BAoAAAGHEP0AAAAAAAAAAAAAAAAAAAEwCgYIKoZIzj0EAwIDSQAwRgIhAOMhKR56mYFcJsh1QsvlaqETwrlD1rR0mxchHYphcw2oAiEAvMoP66"
        + "JookXI4q4frHaHSF5Bx5qBeXiM3yoNp17ZJ/4=";
    X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Bytes.fromBase64(der)));
    for (String host : new String[] {"a.example.org", "A.Example.Org", "broker.example", "10.0.0.1", "fd00:0:0:0:0:0:0:1"}) assertTrue(Pin.isFor(certificate, host), host);
    for (String host : new String[] {"example.org", "a.b.example.org", "x.example", "10.0.0.2", "fd00::2", "*.example.org.evil", "x"})
      assertFalse(Pin.isFor(certificate, host), host);
  }
}
