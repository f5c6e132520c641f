package org.muster.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who the agent is: where it enrolled, the key it speaks with, and whose signatures it trusts. */
final class Identity {
  private static final String[] ALIASES = {"agent-a", "agent-b"};

  private final DevicePort port;
  private final Speech speech;
  private final Line.Opener lines;
  private final Kept kept;
  private Line line;
  /** Asked from any thread. */
  private volatile boolean enrolled;

  Identity(DevicePort port, Keep keep, Speech speech, Line.Opener lines) {
    this.port = port;
    this.speech = speech;
    this.lines = lines;
    kept = new Kept(keep, "identity");
    enrolled = kept.said().has("enrollment");
  }

  Said said() {
    return kept.said();
  }

  boolean enrolled() {
    return enrolled;
  }

  String alias() {
    return kept.said().text("alias", ALIASES[0]);
  }

  String kid() {
    return kept.said().text("kid");
  }

  Line line() {
    if (line == null) line = lines.to(kept.said().text("server"), kept.said().text("pin"));
    return line;
  }

  Trust.Held held() {
    Trust.Held held = new Trust.Held();
    held.org = kept.said().text("org");
    held.enrollment = kept.said().text("enrollment");
    held.device = kept.said().text("device");
    held.keys = kept.said().objects("keys");
    return held;
  }

  /** Enrolls. What was begun is gone on with after a crash: the same key asks again with the same challenge and gets the same answer. */
  Outcome enroll(Agent.Invitation invitation) throws DevicePort.KeyTrouble {
    boolean begun = invitation.token.equals(kept.said().text("token")) && kept.said().has("challenge");
    kept.put("server", invitation.server);
    kept.put("pin", invitation.pin);
    kept.put("token", invitation.token);
    line = null;
    if (!begun) {
      Said first = begin(invitation.token);
      if (!"none".equals(first.text("action")) || !first.has("challenge")) return refused(first);
    }
    Said answer = speech.post(line(), "/agent/v1/enroll", introduction(invitation.token), alias(), null);
    if ("agent.clock".equals(answer.text("code"))) {
      speech.setServerTime(answer.whole("serverTime", 0));
      answer = speech.post(line(), "/agent/v1/enroll", introduction(invitation.token), alias(), null);
    }
    if ("agent.challenge".equals(answer.text("code"))) forgetChallenge();
    if (!"none".equals(answer.text("action")) || !answer.has("certificate")) return refused(answer);
    return accept(answer);
  }

  private Said begin(String token) throws DevicePort.KeyTrouble {
    if (port.keys().publicKey(alias()) == null) port.keys().generate(alias(), null);
    Said answer = speech.post(line(), "/agent/v1/challenge", Said.map("token", token), alias(), null);
    if (!answer.has("challenge")) return answer;
    // From this on the device has an id for the organization, which it tells when it says who it is.
    if (answer.has("org")) port.belong(answer.text("org"), null);
    List<byte[]> chain = port.keys().generate(alias(), Bytes.utf8(answer.text("challenge")));
    kept.put("alias", alias());
    kept.put("instance", UUID.randomUUID().toString());
    kept.put("challenge", answer.text("challenge"));
    kept.put("attestation", encoded(chain));
    kept.write();
    return answer;
  }

  private void forgetChallenge() {
    kept.all.remove("challenge");
    kept.write();
  }

  private Map<String, Object> introduction(String token) {
    speech.count();
    Map<String, Object> message = Said.map("v", 1, "token", token, "challenge", kept.said().text("challenge"));
    message.put("instance", kept.said().text("instance"));
    message.put("attestation", kept.said().list("attestation"));
    message.put("device", port.introduction());
    return message;
  }

  private static Outcome refused(Said answer) {
    String code = answer.text("code");
    if ("waiting-approval".equals(code)) return Outcome.waiting("An administrator has to approve this device.");
    if (code == null) return Outcome.failed(answer.text("trouble", "The server did not answer."));
    return Outcome.refused(code, answer.text("message"));
  }

  private Outcome accept(Said answer) {
    try {
      kept.put("kid", Bytes.hash(Bytes.fromBase64(answer.text("certificate"))));
    } catch (Malformed odd) {
      return Outcome.failed("The server's certificate cannot be read.");
    }
    for (String key : new String[] {"org", "enrollment", "device", "certificate", "authorities", "keys", "approvers"}) kept.put(key, answer.get(key));
    for (String key : new String[] {"token", "challenge", "attestation"}) kept.all.remove(key);
    kept.write();
    enrolled = true;
    return Outcome.done();
  }

  /**
   * Takes from a document whom to trust from now on, and answers false where it may not: approvers that were pinned are never replaced by the server's
   * word alone.
   */
  boolean learn(Said document) {
    if (!document.list("keys").isEmpty()) kept.put("keys", document.get("keys"));
    kept.put("orgName", document.object("support").text("org"));
    Said next = document.has("approvers") ? Approvals.next(kept.said().object("approvers"), document, kept.said().text("org")) : null;
    if (next != null) kept.put("approvers", next.all);
    kept.write();
    return next != null || !document.has("approvers");
  }

  /** Gets a certificate for a new key, which the old one vouches for. Answers whether there is a new identity. */
  boolean renew() throws DevicePort.KeyTrouble {
    String next = alias().equals(ALIASES[0]) ? ALIASES[1] : ALIASES[0];
    // A key that was begun with is kept: asked again for it, the server answers the same.
    if (!next.equals(kept.said().text("renewing")) || port.keys().publicKey(next) == null) {
      if (!beginRenewal(next)) return false;
    }
    String before = alias();
    Map<String, Object> message = Said.map("v", 1, "jwk", Speech.jwk(port.keys(), next));
    if (kept.said().has("renewalChallenge")) {
      message.put("challenge", kept.said().text("renewalChallenge"));
      message.put("attestation", kept.said().list("renewalAttestation"));
    }
    Said answer = speech.post(line(), "/agent/v1/renew", message, before, kid(), port.keys(), next);
    if ("agent.challenge".equals(answer.text("code"))) {
      // It took too long: the key is made anew for another challenge.
      kept.all.remove("renewing");
      kept.write();
    }
    if (!"none".equals(answer.text("action")) || !answer.has("certificate")) return false;
    try {
      kept.put("kid", Bytes.hash(Bytes.fromBase64(answer.text("certificate"))));
    } catch (Malformed odd) {
      return false;
    }
    kept.put("certificate", answer.text("certificate"));
    kept.put("authorities", answer.get("authorities"));
    kept.put("alias", next);
    for (String key : new String[] {"renewing", "renewalChallenge", "renewalAttestation"}) kept.all.remove(key);
    kept.write();
    port.keys().remove(before);
    return true;
  }

  /** Asks for the certificate that an item wants, for a key that networks and services shall know the device by. */
  Said certify(String item, String version, String own) throws DevicePort.KeyTrouble {
    Map<String, Object> message = Said.map("v", 1, "item", item, "version", version, "jwk", Speech.jwk(port.trust(), own));
    Said answer = speech.post(line(), "/agent/v1/certify", message, alias(), kid(), port.trust(), own);
    if (!"agent.clock".equals(answer.text("code")) || !answer.has("serverTime")) return answer;
    speech.setServerTime(answer.whole("serverTime", 0));
    return speech.post(line(), "/agent/v1/certify", message, alias(), kid(), port.trust(), own);
  }

  /** Makes the key that is to follow, attested for a challenge of the server's where it gives one. */
  private boolean beginRenewal(String next) throws DevicePort.KeyTrouble {
    Said answer = speech.post(line(), "/agent/v1/challenge", Said.map(), alias(), kid());
    if ("agent.clock".equals(answer.text("code"))) speech.setServerTime(answer.whole("serverTime", 0));
    if (!answer.has("challenge")) return false;
    List<byte[]> chain = port.keys().generate(next, Bytes.utf8(answer.text("challenge")));
    kept.put("renewing", next);
    kept.put("renewalChallenge", answer.text("challenge"));
    kept.put("renewalAttestation", encoded(chain));
    kept.write();
    return true;
  }

  /** A chain as it is sent; a certificate that stands alone attests nothing. */
  private static List<Object> encoded(List<byte[]> chain) {
    List<Object> attestation = new ArrayList<Object>();
    if (chain.size() > 1) for (byte[] der : chain) attestation.add(Bytes.base64(der));
    return attestation;
  }

  /** The device is free; nothing of the organization stays. */
  void forget() {
    for (String alias : ALIASES) port.keys().remove(alias);
    kept.clear();
    enrolled = false;
    line = null;
  }
}
