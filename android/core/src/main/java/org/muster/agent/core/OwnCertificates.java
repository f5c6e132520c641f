package org.muster.agent.core;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The certificates of the device's own that items of the document want. For each the device makes a key that stays in it, and the server certifies it.
 * Which key is asked for is written down before it is made, so that an agent that dies asks for the same one again, and the server answers the same.
 */
final class OwnCertificates {
  static final String CODE = "certificate";
  private static final String ITEM = "certified";
  private static final String[] ENDS = {"-a", "-b"};
  private static final int NAME = 16;
  private static final long RETRY_MS = 3_600_000;

  private final DevicePort port;
  private final Kept kept;
  private final Certifier certifier;

  /** Whoever certifies. */
  interface Certifier {
    Said certify(String item, String version, String alias) throws DevicePort.KeyTrouble;

    /** The server's time. */
    long now();
  }

  OwnCertificates(DevicePort port, Keep keep, Certifier certifier) {
    this.port = port;
    this.certifier = certifier;
    kept = new Kept(keep, "own");
  }

  /** Sees to it that the certificate of an item is there and will last. What the source says is what the policy says of it. */
  Outcome ensure(Said item, Said source, Map<String, Object> trace) {
    String id = item.text("item");
    if (id == null) return Outcome.failed("The document does not say which item it is.");
    if ("scep".equals(source.text("source"))) return Outcome.unsupported("A certificate of another authority than this server's.");
    trace.put(ITEM, id);
    Said entry = Said.of(kept.all.get(id));
    String wish = Bytes.hash(Json.write(source.all));
    boolean there = entry.has("alias") && wish.equals(entry.text("wish"));
    long now = certifier.now();
    try {
      if (there && port.trust().publicKey(entry.text("alias")) == null) there = false;
      if (there && now < entry.whole("renewAt", 0)) return due(trace, entry.whole("renewAt", 0) - now);
      Outcome asked = ask(item, wish);
      if (asked.isDone()) return due(trace, Said.of(kept.all.get(id)).whole("renewAt", 0) - now);
      // The one that is there holds for a while.
      return there && now < entry.whole("notAfter", 0) ? due(trace, RETRY_MS) : asked;
    } catch (DevicePort.KeyTrouble trouble) {
      return Outcome.refused(CODE, trouble.getMessage());
    }
  }

  private static Outcome due(Map<String, Object> trace, long afterMs) {
    trace.put(Policy.DUE_IN_MS, Math.max(0, afterMs));
    return Outcome.done();
  }

  /** The name under which the key of an item is, once it is certified. */
  String alias(Map<String, Object> trace) {
    return Said.of(kept.all.get(trace.get(ITEM))).text("alias");
  }

  private Outcome ask(Said item, String wish) throws DevicePort.KeyTrouble {
    String id = item.text("item");
    String next = begin(id);
    if (port.trust().publicKey(next) == null) {
      Outcome made = port.trust().makeKey(next);
      if (!made.isDone()) return made;
    }
    Said answer = certifier.certify(id, item.text("version"), next);
    if (!"none".equals(answer.text("action")) || !answer.has("certificate"))
      return Outcome.refused(CODE, answer.text("code", answer.text("trouble", "The server did not answer.")));
    try {
      return take(id, wish, next, answer);
    } catch (Malformed odd) {
      return Outcome.refused(CODE, odd.getMessage());
    }
  }

  /** The name of the key to ask for: the one that was begun with, or the one that the key in use has not. */
  private String begin(String id) {
    Map<String, Object> entry = new LinkedHashMap<String, Object>(Said.of(kept.all.get(id)).all);
    String asking = (String) entry.get("asking");
    if (asking != null) return asking;
    String name = "muster-" + Bytes.hash(id).substring(0, NAME);
    String next = (name + ENDS[0]).equals(entry.get("alias")) ? name + ENDS[1] : name + ENDS[0];
    // Whatever was there under that name before is not the key that is meant.
    port.trust().removeIdentity(next);
    entry.remove("former");
    entry.put("asking", next);
    kept.put(id, entry);
    kept.write();
    return next;
  }

  private Outcome take(String id, String wish, String next, Said answer) throws Malformed, DevicePort.KeyTrouble {
    List<byte[]> chain = new ArrayList<byte[]>();
    chain.add(Bytes.fromBase64(answer.text("certificate")));
    for (String authority : answer.texts("authorities")) chain.add(Bytes.fromBase64(authority));
    X509Certificate certificate = read(chain.get(0));
    if (!Arrays.equals(certificate.getPublicKey().getEncoded(), port.trust().publicKey(next))) throw new Malformed("a certificate of another key");
    Outcome outcome = port.trust().certifyKey(next, chain);
    if (!outcome.isDone()) return outcome;
    long notAfter = certificate.getNotAfter().getTime();
    Map<String, Object> entry = Said.map("alias", next, "wish", wish, "notAfter", notAfter, "renewAt", answer.whole("renewAt", notAfter));
    String former = Said.of(kept.all.get(id)).text("alias");
    if (former != null) entry.put("former", former);
    kept.put(id, entry);
    kept.write();
    return Outcome.done();
  }

  private static X509Certificate read(byte[] der) throws Malformed {
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException odd) {
      throw new Malformed("not a certificate");
    }
  }

  /** What uses the certificate has it: the key before goes. */
  void settle(Map<String, Object> trace) {
    Map<String, Object> entry = Said.of(kept.all.get(trace.get(ITEM))).all;
    Object former = entry.get("former");
    if (former == null || !port.trust().removeIdentity((String) former).isDone()) return;
    entry.remove("former");
    kept.write();
  }

  /** Takes the keys of an item away, and their certificates with them. */
  Outcome remove(Map<String, Object> trace) {
    Object id = trace.get(ITEM);
    if (id == null) return Outcome.done();
    Said entry = Said.of(kept.all.get(id));
    for (String key : new String[] {"alias", "asking", "former"}) {
      Outcome outcome = entry.has(key) ? port.trust().removeIdentity(entry.text(key)) : Outcome.done();
      if (!outcome.isDone()) return outcome;
    }
    trace.remove(ITEM);
    trace.remove(Policy.DUE_IN_MS);
    kept.all.remove(id);
    kept.write();
    return Outcome.done();
  }

  void forget() {
    kept.clear();
  }
}
