package org.muster.agent.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether enough people agreed to what cannot be undone. Whoever holds the server can write any order, but not the signatures of the approvers whose
 * passkeys were pinned when the device enrolled (WebAuthn §7.2).
 */
final class Approvals {
  static final String MISSING = "approval-missing";
  static final String INVALID = "approval-invalid";
  static final String EXPIRED = "approval-expired";
  /** The act by which approvers are changed. */
  private static final String APPROVERS = "guard.approvers";
  private static final int MOST = 20;
  private static final int MOST_STEPS = 1000;
  private static final int MOST_ENDORSING = 50;
  private static final int FLAGS_AT = 32;
  private static final int SHORTEST = 37;
  private static final int PRESENT_AND_VERIFIED = 0x05;

  private Approvals() {}

  /** Null when enough different pinned approvers agreed to this act, with these details, on this device; else why not. */
  static String against(Said order, String org, String device, Said approvers, long now) {
    long need = approvers.whole("need", 0);
    if (need == 0) return null;
    List<Said> all = order.objects("approval");
    if (all.isEmpty()) return MISSING;
    Set<String> agreed = new HashSet<String>();
    boolean expired = false;
    for (Said one : all.subList(0, Math.min(MOST, all.size()))) {
      Said key = keyOf(one, approvers);
      if (key == null || !holds(one, order.text("kind"), org, approvers, key) || !isAbout(one, order.object("args"), device)) return INVALID;
      if (one.object("statement").whole("until", 0) < now && one.object("batch").whole("expiresAt", 0) < now) expired = true;
      else agreed.add(personOf(key));
    }
    if (agreed.size() >= need) return null;
    return expired ? EXPIRED : MISSING;
  }

  /**
   * The approvers to know from now on: those a document names, if those known now endorsed them, or those whom these endorsed, and so on; null where they
   * did not. Whoever asks for no approvals yet takes the first: that gives nobody a power they lack.
   */
  static Said next(Said known, Said document, String org) {
    Said now = known;
    List<Said> chain = document.objects("endorsed");
    for (Said step : chain.subList(0, Math.min(MOST_STEPS, chain.size()))) {
      Said next = step.object("approvers");
      if (next.whole("version", 0) <= now.whole("version", 0)) continue;
      if (now.whole("need", 0) == 0 || isEndorsed(now, next, step.objects("approval"), org)) now = next;
    }
    Said told = document.object("approvers");
    return now.whole("need", 0) == 0 || Json.canonical(now.all).equals(Json.canonical(told.all)) ? told : null;
  }

  private static boolean isEndorsed(Said now, Said next, List<Said> all, String org) {
    String payload = Bytes.hash(Json.canonical(next.all));
    Set<String> agreed = new HashSet<String>();
    for (Said one : all.subList(0, Math.min(MOST_ENDORSING, all.size()))) {
      Said key = keyOf(one, now);
      if (key != null && payload.equals(one.object("batch").text("payload")) && holds(one, APPROVERS, org, now, key)) agreed.add(personOf(key));
    }
    return agreed.size() >= now.whole("need", 0);
  }

  private static Said keyOf(Said one, Said approvers) {
    String id = one.object("assertion").text("id");
    for (Said key : approvers.objects("keys")) if (id != null && id.equals(key.text("id"))) return key;
    return null;
  }

  /** Two keys of one person are one agreement. */
  private static String personOf(Said key) {
    return key.text("by", key.text("id"));
  }

  /** Whether what was approved is exactly this, on this device too. */
  private static boolean isAbout(Said one, Said args, String device) {
    Said batch = one.object("batch");
    List<String> list = one.texts("list");
    if (!list.contains(device) || list.size() != one.list("list").size()) return false;
    StringBuilder devices = new StringBuilder();
    for (String id : list) devices.append(id).append('\n');
    return Bytes.hash(Json.canonical(args.all)).equals(batch.text("arguments")) && Bytes.hash(devices.toString()).equals(batch.text("devices"));
  }

  private static boolean holds(Said one, String kind, String org, Said approvers, Said key) {
    Said statement = one.object("statement");
    Said batch = one.object("batch");
    if (!org.equals(statement.text("org")) || !org.equals(batch.text("org")) || kind == null || !kind.equals(batch.text("action"))) return false;
    String intent = batch.text("intent");
    if (intent == null || !intent.equals(statement.text("of"))) return false;
    if (!Bytes.hash(Json.canonical(batch.all)).equals(statement.text("hash"))) return false;
    try {
      return signed(one.object("assertion"), Bytes.hash(Json.canonical(statement.all)), approvers, key.object("jwk"));
    } catch (Malformed odd) {
      return false;
    }
  }

  private static boolean signed(Said assertion, String challenge, Said approvers, Said jwk) throws Malformed {
    byte[] said = Bytes.fromBase64url(assertion.text("clientDataJSON"));
    byte[] data = Bytes.fromBase64url(assertion.text("authenticatorData"));
    Said client = Said.of(Json.readObject(Bytes.text(said)));
    if (!"webauthn.get".equals(client.text("type")) || !challenge.equals(client.text("challenge"))) return false;
    if (client.text("origin") == null || !approvers.texts("origins").contains(client.text("origin"))) return false;
    if (data.length < SHORTEST || !startsWith(data, Bytes.sha256(Bytes.utf8(approvers.text("rpId", ""))))) return false;
    if ((data[FLAGS_AT] & PRESENT_AND_VERIFIED) != PRESENT_AND_VERIFIED) return false;
    return P256.verifiesDer(P256.key(jwk), Bytes.join(data, Bytes.sha256(said)), Bytes.fromBase64url(assertion.text("signature")));
  }

  private static boolean startsWith(byte[] data, byte[] start) {
    for (int at = 0; at < start.length; at += 1) if (data[at] != start[at]) return false;
    return true;
  }
}
