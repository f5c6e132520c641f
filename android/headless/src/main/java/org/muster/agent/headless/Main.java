package org.muster.agent.headless;

import java.io.File;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Agents;
import org.muster.agent.core.Clock;
import org.muster.agent.core.FolderKeep;
import org.muster.agent.core.HttpLine;
import org.muster.agent.core.Json;
import org.muster.agent.core.Keep;
import org.muster.agent.core.Line;
import org.muster.agent.core.Malformed;
import org.muster.agent.core.Said;

/**
 * A device without a screen:
 * {@code java -jar muster-agent-headless.jar --payload <code or link> --state DIR [--mode fully-managed] [--api 36] [--serial X] [--port 0] [--by-hand]}.
 */
public final class Main {
  private static final String EXTRAS = "android.app.extra.PROVISIONING_ADMIN_EXTRAS_BUNDLE";
  private static final int NEWEST = 36;

  private Main() {}

  public static void main(String[] words) throws IOException, InterruptedException, Malformed {
    Map<String, String> asked = new HashMap<String, String>();
    for (int at = 0; at < words.length; at += 1)
      if (words[at].startsWith("--")) asked.put(words[at].substring(2), at + 1 < words.length && !words[at + 1].startsWith("--") ? words[at + 1] : "");
    if (asked.get("state") == null) {
      System.err.println("--state DIR is needed: where the device is kept. --payload says where it enrolls, as its code or link does.");
      System.exit(2);
    }
    Said payload = payload(asked.get("payload"));
    Agent.Invitation invitation = payload.text("t") == null ? null : new Agent.Invitation(payload.text("u"), payload.text("t"), payload.text("p"));
    String mode = word(asked, "mode", payload.text("m", "fully-managed"));
    String serial = word(asked, "serial", "HL" + UUID.randomUUID().toString().substring(0, 8).toUpperCase());
    File folder = new File(asked.get("state"));
    final FakeOs os = new FakeOs(folder, FakeOs.fresh(mode, Integer.parseInt(word(asked, "api", String.valueOf(NEWEST))), serial));
    Keep keep = new FolderKeep(new File(folder, "agent"));
    if (asked.containsKey("journal-late")) keep = new LateKeep(keep);
    // People set the clock of a device as they like.
    Clock clock = new Clock() {
      @Override
      public long now() {
        return System.currentTimeMillis() + os.said().whole("clockAheadMs", 0);
      }
    };
    Host host = new Host(Agents.open(new FakePort(os), folder, keep, lines(os), clock), invitation);
    int port = new Control(os, host).start(Integer.parseInt(word(asked, "port", "0")));
    System.out.println("control: http://127.0.0.1:" + port);
    if (asked.containsKey("by-hand")) byHand(host, invitation);
    else host.run();
  }

  /** Enrolls, and from then on calls only when it is told to. */
  private static void byHand(Host host, Agent.Invitation invitation) throws InterruptedException {
    if (invitation != null && !host.agent().enrolled()) System.out.println("enroll: " + host.agent().enroll(invitation));
    Thread.sleep(Long.MAX_VALUE);
  }

  private static String word(Map<String, String> asked, String name, String otherwise) {
    String said = asked.get(name);
    return said == null || said.isEmpty() ? otherwise : said;
  }

  /** What a code to scan says, or a link; only its extras are of interest to a device that has the agent already. */
  static Said payload(String text) throws Malformed, IOException {
    if (text == null || text.isEmpty()) return Said.of(null);
    if (!text.startsWith("{")) return link(text);
    Said said = Said.of(Json.readObject(text));
    return said.has(EXTRAS) ? said.object(EXTRAS) : said;
  }

  private static Said link(String text) throws IOException {
    Map<String, Object> said = Said.map();
    int query = Math.max(text.indexOf('?'), text.indexOf('#'));
    for (String pair : text.substring(query + 1).split("&")) {
      int is = pair.indexOf('=');
      if (is > 0) said.put(pair.substring(0, is), URLDecoder.decode(pair.substring(is + 1), "UTF-8"));
    }
    return Said.of(said);
  }

  private static Line.Opener lines(final FakeOs os) {
    return new Line.Opener() {
      @Override
      public Line to(String server, String pin) {
        final Line line = new HttpLine(server, pin);
        return new Line() {
          @Override
          public Reply send(String method, String path, byte[] body, Map<String, String> headers, int patienceMs) throws IOException {
            if (!os.said().is("online")) throw new IOException("The device has no network.");
            return line.send(method, path, body, headers, patienceMs);
          }

          @Override
          public Pipe pipe(String url) throws IOException {
            if (!os.said().is("online")) throw new IOException("The device has no network.");
            return line.pipe(url);
          }

          @Override
          public void fetch(String url, File into, long longest) throws IOException {
            if (!os.said().is("online")) throw new IOException("The device has no network.");
            line.fetch(url, into, longest);
          }
        };
      }
    };
  }
}
