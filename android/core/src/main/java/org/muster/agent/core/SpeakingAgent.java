package org.muster.agent.core;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The agent: enrolls, calls home, does what its server says and signed, and remembers all of it. */
final class SpeakingAgent implements Agent {
  private static final int MOST_ROUNDS = 50;
  private static final long HOUR_MS = 3_600_000;
  private static final long AGAIN_MS = 60_000;
  private static final long WAIT_MARGIN_MS = 15_000;
  private static final long LONGEST_HOLD_MS = 240_000;

  private final DevicePort port;
  private final Clock clock;
  private final Identity identity;
  private final Speech speech;
  private final Journal journal;
  private final Orders orders;
  private final Outbox outbox;
  private final Telling telling;
  private final OwnCertificates own;
  private final Policy policy;
  private final Kept document;
  private final Kept state;
  private final Random random = new Random();
  private final Backoff backoff = new Backoff(random);
  private final Ears ears;
  private int failures;
  private int refusals;
  private final Clock serverTime;
  private volatile Status status;

  SpeakingAgent(DevicePort port, Keep keep, File files, final Clock clock, Line.Opener lines) {
    this.port = port;
    this.clock = clock;
    ears = new Ears(clock, random);
    speech = new Speech(port.keys(), keep, clock);
    identity = new Identity(port, keep, speech, lines);
    journal = new Journal(keep);
    outbox = new Outbox(keep);
    telling = new Telling(port, keep);
    document = new Kept(keep, "document");
    state = new Kept(keep, "state");
    // What has an end is judged by the server's clock, because people set that of a device.
    serverTime = new Clock() {
      @Override
      public long now() {
        return clock.now() + speech.offset();
      }
    };
    own = new OwnCertificates(port, keep, new OwnCertificates.Certifier() {
      @Override
      public Said certify(String item, String version, String alias) throws DevicePort.KeyTrouble {
        return identity.certify(item, version, alias);
      }

      @Override
      public long now() {
        return serverTime.now();
      }
    });
    policy = new Policy(Handlers.of(port, new AppFiles(files, new AppFiles.LineSource() {
      @Override
      public Line line() {
        return identity.line();
      }
    }), own), keep, serverTime);
    orders = new Orders(port, journal, keep, new Orders.Hooks() {
      @Override
      public void tellAll() {
        telling.tellAll();
      }

      @Override
      public Said identity() {
        return identity.said();
      }

      @Override
      public long now() {
        return serverTime.now();
      }
    });
    orders.recover();
    status = look();
  }

  @Override
  public boolean enrolled() {
    return identity.enrolled();
  }

  @Override
  public synchronized Outcome enroll(Invitation invitation) {
    if (enrolled()) return Outcome.done();
    try {
      return identity.enroll(invitation);
    } catch (DevicePort.KeyTrouble trouble) {
      return Outcome.failed(trouble.getMessage());
    }
  }

  @Override
  public synchronized long contact(Wake wake) {
    if (!enrolled()) return HOUR_MS;
    try {
      if (orders.leaving()) return leave();
      return rounds(wake);
    } catch (DevicePort.KeyTrouble trouble) {
      return again(trouble.getMessage(), 0);
    } catch (Keep.Trouble trouble) {
      // What cannot be remembered is not done.
      failures += 1;
      return backoff.after(failures, 0);
    } finally {
      status = look();
    }
  }

  @Override
  public synchronized long keepTime() {
    if (!enrolled() || orders.leaving()) return Hours.NEVER;
    long next = Hours.next(document.said(), serverTime.now());
    if (next == Hours.NEVER) return next;
    try {
      Said due = Hours.at(document.said(), serverTime.now());
      if (policy.isDue(due)) policy.apply(due, false);
    } catch (Keep.Trouble trouble) {
      return AGAIN_MS;
    } finally {
      status = look();
    }
    return Math.max(1, next - serverTime.now());
  }

  private long rounds(Wake wake) throws DevicePort.KeyTrouble {
    Wake by = wake;
    for (int round = 0; round < MOST_ROUNDS; round += 1) {
      Telling.Words words = telling.words(document.said(), policy.packages());
      Said due = Hours.at(document.said(), serverTime.now());
      if (words.appsChanged || policy.isDue(due)) {
        if (words.appsChanged) policy.recheckApps();
        policy.apply(due, false);
        telling.looked(words);
        words = telling.words(document.said(), policy.packages());
      }
      List<Object> items = first(policy.words());
      List<Object> results = journal.results();
      Map<String, Object> message = message(by, words, items, results);
      Said answer = speech.post(identity.line(), "/agent/v1/contact", message, identity.alias(), identity.kid());
      by = null;
      if ("agent.clock".equals(answer.text("code")) && answer.has("serverTime") && round < 2) {
        speech.setServerTime(answer.whole("serverTime", clock.now()));
        continue;
      }
      if (!(answer.get("seen") instanceof Map)) return unheard(answer);
      heard(answer, words, items, results);
      boolean more = telling.told(words, answer.texts("need")) | take(answer);
      if (orders.leaving()) return farewell(answer);
      if (answer.text("action").equals("reauth")) identity.renew();
      if (refusals > 0 && !more) return backoff.after(refusals, 0);
      // A token that is used up is followed at once, while there is a line to tell the next one by.
      boolean again = round == 0 && answer.object("channels").object("sms").is("spent");
      if (!more && !again && policy.words().isEmpty()) return planned(answer);
    }
    return again("The server keeps asking.", HOUR_MS / 4);
  }

  private static List<Object> first(List<Object> words) {
    return words.size() > 1000 ? new ArrayList<Object>(words.subList(0, 1000)) : words;
  }

  private Map<String, Object> message(Wake by, Telling.Words words, List<Object> items, List<Object> results) {
    Map<String, Object> message = Said.map("v", 1, "n", speech.count(), "instance", identity.said().text("instance"), "boot", port.boot());
    message.put("woken", by == null || by.nonce == null ? null : Said.map("channel", by.channel, "nonce", by.nonce));
    Map<String, Object> have = Said.map();
    have.put("etag", document.said().text("etag"));
    have.put("generation", document.said().whole("generation"));
    have.put("ordersSeen", journal.highest());
    message.put("have", have);
    message.put("items", items);
    message.put("results", results);
    message.put("facts", words.changed);
    message.put("factsHash", words.factsHash);
    message.put("lists", words.apps == null ? Said.map() : Said.map("apps", words.apps));
    message.put("events", outbox.events());
    Map<String, Object> ways = Said.map("mqtt", Boolean.TRUE, "wait", Boolean.TRUE);
    if (port.mode().ownsDevice()) ways.put("sms", texts(state.said().object("channels").object("sms").is("spent") || spent(by)));
    if (ways.get("sms") == null) ways.remove("sms");
    message.put("channels", ways);
    return message;
  }

  private static boolean spent(Wake by) {
    return by != null && "sms".equals(by.channel);
  }

  /** What a text to this device has to hold; each is good once. */
  private Map<String, Object> texts(boolean fresh) {
    String token = port.texts().token(fresh);
    if (token == null) return null;
    Map<String, Object> texts = Said.map("token", token);
    texts.put("number", port.texts().number());
    texts.put("expiresAt", null);
    return texts;
  }

  /** No answer to the contact: later, and with the new identity if the old one is over. Whatever was said, it does not un-enroll. */
  private long unheard(Said answer) throws DevicePort.KeyTrouble {
    if ("reauth".equals(answer.text("action")) && identity.renew()) return 0;
    // An ended management says so with a signed order, also where it says nothing else.
    String trouble = answer.text("code", answer.text("trouble", "no answer"));
    return again(trouble, answer.whole("retryAfterMs", 0));
  }

  private long again(String trouble, long atLeastMs) {
    failures += 1;
    state.put("trouble", trouble);
    state.write();
    return backoff.after(failures, atLeastMs);
  }

  private void heard(Said answer, Telling.Words words, List<Object> items, List<Object> results) {
    failures = 0;
    speech.setServerTime(answer.whole("serverTime", clock.now() + speech.offset()));
    journal.seen(answer.object("seen").texts("results"), results);
    outbox.seen(answer.object("seen").texts("events"));
    policy.told(items);
    telling.looked(words);
    state.all.remove("trouble");
    state.put("contactAt", clock.now());
    state.put("channels", answer.object("channels").all);
    state.write();
  }

  /** Takes the document and the orders of an answer; answers whether there is something to tell at once. */
  private boolean take(Said answer) {
    boolean more = false;
    if (answer.has("document")) more = takeDocument(answer.text("document", ""));
    if (answer.has("orders")) more = takeOrders(answer.text("orders", "")) || more;
    return more;
  }

  private Trust.Held held() {
    Trust.Held held = identity.held();
    held.generation = document.said().whole("generation");
    held.etag = document.said().text("etag");
    return held;
  }

  private boolean takeDocument(String text) {
    try {
      Said taken = Trust.document(text, held());
      refusals = 0;
      boolean first = document.all.isEmpty();
      document.all.clear();
      document.all.putAll(taken.all);
      document.write();
      if (!identity.learn(taken)) happened("document.refused", Said.map("code", "approvers"));
      if (first) port.belong(identity.said().text("org"), identity.said().text("orgName", ""));
      orders.prepare();
      policy.apply(Hours.at(taken, serverTime.now()), true);
      return true;
    } catch (Trust.Refused refused) {
      return refused(refused.getMessage());
    }
  }

  /** What is refused comes again and again: the server is told why, and asked ever more rarely. */
  private boolean refused(String code) {
    refusals += 1;
    happened("document.refused", Said.map("code", code));
    return false;
  }

  private boolean takeOrders(String text) {
    try {
      return orders.obey(Trust.orders(text, held()).objects("orders"));
    } catch (Trust.Refused refused) {
      return refused(refused.getMessage());
    }
  }

  /** Where the server knows that this ends, nothing more is told; where the order came as any other, it hears first that it was obeyed. */
  private long farewell(Said answer) throws DevicePort.KeyTrouble {
    if (!"unenroll".equals(answer.text("action"))) {
      List<Object> results = new ArrayList<Object>(journal.results());
      for (String id : journal.interrupted()) results.add(Said.map("order", id, "status", "done"));
      Telling.Words words = telling.words(document.said(), policy.packages());
      Map<String, Object> message = message(null, words, policy.words(), results);
      speech.post(identity.line(), "/agent/v1/contact", message, identity.alias(), identity.kid());
    }
    return leave();
  }

  /** Takes back what the document brought, lets go of the device, and forgets. */
  private long leave() {
    policy.takeAllBack();
    Outcome outcome = port.care().leave("");
    if (!outcome.isDone()) return again(outcome.toString(), HOUR_MS / 4);
    ears.close();
    telling.forget();
    outbox.forget();
    policy.forget();
    own.forget();
    orders.forget();
    state.clear();
    document.clear();
    journal.forget();
    // Last: as long as the agent knows who it is, it is told again to leave if it ends before.
    identity.forget();
    return HOUR_MS;
  }

  private long planned(Said answer) {
    Said next = answer.object("next");
    long after = Math.max(0, next.whole("afterMs", HOUR_MS / 4));
    return Math.max(1000, after) + (long) (random.nextDouble() * Math.max(0, next.whole("jitterMs", 0)));
  }

  @Override
  public Wake await() {
    while (true) {
      final Said channels;
      final Line line;
      synchronized (this) {
        if (!enrolled()) return null;
        channels = Said.of(new LinkedHashMap<String, Object>(state.said().object("channels").all));
        line = identity.line();
      }
      Wake wake = ears.next(line, channels, new Ears.Held() {
        @Override
        public Wake hold(long mostMs) {
          return held(line, channels.object("wait"), mostMs);
        }
      });
      if (wake != Ears.QUIET) return wake;
    }
  }

  /** Asks the server to answer when it wants to be called. */
  private Wake held(Line line, Said wait, long mostMs) {
    String alias;
    String kid;
    synchronized (this) {
      if (!enrolled() || wait.text("path") == null) return null;
      alias = identity.alias();
      kid = identity.kid();
    }
    long hold = Math.min(mostMs, Math.min(LONGEST_HOLD_MS, Math.max(1, wait.whole("holdMs", LONGEST_HOLD_MS))));
    long since = clock.now();
    try {
      Said answer = speech.get(line, wait.text("path") + "?hold=" + hold, alias, kid, (int) (hold + WAIT_MARGIN_MS));
      if (answer.get("wake") instanceof Map) return new Wake("wait", answer.object("wake").text("nonce"));
      // Whoever answers at once that there is nothing is not asked again at once.
      return answer.is("empty") && clock.now() - since >= hold / 2 ? Ears.QUIET : null;
    } catch (DevicePort.KeyTrouble trouble) {
      return null;
    }
  }

  @Override
  public synchronized void happened(String type, Map<String, Object> data) {
    outbox.add(type, clock.now() + speech.offset(), data == null ? Collections.<String, Object>emptyMap() : data);
  }

  /** What stood when the agent spoke last; asked from any thread, also while it speaks. */
  @Override
  public Status status() {
    return status;
  }

  private Status look() {
    Status status = new Status();
    Said support = document.said().object("support");
    status.organization = support.text("org", identity.said().text("orgName"));
    status.supportText = support.text("text");
    status.supportContact = support.text("contact");
    status.supportUrl = support.text("url");
    status.server = identity.said().text("server");
    status.contactAt = state.said().whole("contactAt", 0);
    status.trouble = state.said().text("trouble");
    status.items = policy.items();
    status.facts = document.said().object("collect").texts("facts");
    status.apps = document.said().object("collect").text("apps", "none");
    return status;
  }
}
