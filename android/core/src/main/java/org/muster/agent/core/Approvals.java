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
  private static final int MOST = 20;
  private static final int FLAGS_AT = 32;
  private static final int SHORTEST = 37;
  private static final int PRESENT_AND_VERIFIED = 0x05;

  private Approvals() {}

  /** Null when enough different pinned approvers agreed to this act on this device; else why not. */
  static String against(Said order, String org, String device, Said approvers, long now) {
    long need = approvers.whole("need", 0);
    if (need == 0) return null;
    List<Said> all = order.objects("approval");
    if (all.isEmpty()) return MISSING;
    Set<String> agreed = new HashSet<String>();
    boolean expired = false;
    for (Said one : all.subList(0, Math.min(MOST, all.size()))) {
      Said key = keyOf(one, approvers);
      if (key == null || !holds(one, order.text("kind"), org, device, approvers, key)) return INVALID;
      if (one.object("statement").whole("until", 0) < now && one.object("batch").whole("expiresAt", 0) < now) expired = true;
      else agreed.add(key.text("id"));
    }
    if (agreed.size() >= need) return null;
    return expired ? EXPIRED : MISSING;
  }

  private static Said keyOf(Said one, Said approvers) {
    String id = one.object("assertion").text("id");
    for (Said key : approvers.objects("keys")) if (id != null && id.equals(key.text("id"))) return key;
    return null;
  }

  private static boolean holds(Said one, String kind, String org, String device, Said approvers, Said key) {
    Said statement = one.object("statement");
    Said batch = one.object("batch");
    List<String> list = one.texts("list");
    if (!org.equals(statement.text("org")) || !org.equals(batch.text("org")) || kind == null || !kind.equals(batch.text("action"))) return false;
    String intent = batch.text("intent");
    if (intent == null || !intent.equals(statement.text("of")) || !list.contains(device)) return false;
    StringBuilder devices = new StringBuilder();
    for (String id : list) devices.append(id).append('\n');
    if (list.size() != one.list("list").size() || !Bytes.hash(devices.toString()).equals(batch.text("devices"))) return false;
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
