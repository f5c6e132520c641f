package org.muster.agent.core;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests to the server, each with the proof of who makes it (after RFC 9449, with a hash of the body). */
final class Speech {
  private static final String PROOF = "Muster-Proof";
  private static final String NEW_PROOF = "Muster-Proof-New";
  private static final int NONCE = 16;
  private static final int PATIENCE_MS = 60_000;
  private static final int NO_CONTENT = 204;

  private final DevicePort.Keys keys;
  private final Clock clock;
  private final Kept counter;

  Speech(DevicePort.Keys keys, Keep keep, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    counter = new Kept(keep, "counter");
  }

  /** The number of the contact that comes; it is on the disk before it is said. */
  long count() {
    counter.put("n", counter.said().whole("n", 0) + 1);
    counter.write();
    return counter.said().whole("n", 0);
  }

  /** By how much the server's clock is ahead. */
  long offset() {
    return counter.said().whole("offset", 0);
  }

  void setServerTime(long time) {
    long offset = time - clock.now();
    if (Math.abs(offset - offset()) < 1000) return;
    counter.put("offset", offset);
    counter.write();
  }

  /** Asks by the certificate, or by the bare key while there is none. The answer is empty when there came none of the protocol's. */
  Said post(Line line, String path, Map<String, Object> message, String alias, String kid) throws DevicePort.KeyTrouble {
    return post(line, path, message, alias, kid, null, null);
  }

  /** The same, where a second key proves that it is there too. */
  Said post(Line line, String path, Map<String, Object> message, String alias, String kid, DevicePort.Holder holder, String other) throws DevicePort.KeyTrouble {
    byte[] body = Bytes.utf8(Json.write(message));
    Map<String, String> headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    headers.put(PROOF, proof("POST", path, body, keys, alias, kid));
    if (other != null) headers.put(NEW_PROOF, proof("POST", path, body, holder, other, null));
    return send(line, "POST", path, body, headers, PATIENCE_MS);
  }

  Said get(Line line, String path, String alias, String kid, int patienceMs) throws DevicePort.KeyTrouble {
    byte[] nothing = new byte[0];
    String bare = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
    return send(line, "GET", path, nothing, Collections.singletonMap(PROOF, proof("GET", bare, nothing, keys, alias, kid)), patienceMs);
  }

  private static Said send(Line line, String method, String path, byte[] body, Map<String, String> headers, int patienceMs) {
    try {
      Line.Reply reply = line.send(method, path, body, headers, patienceMs);
      if (reply.status == NO_CONTENT) return Said.of(Said.map("action", "none", "empty", Boolean.TRUE));
      Said said = Said.of(Json.readObject(Bytes.text(reply.body)));
      if (said.text("action") != null) return said;
      return Said.of(Said.map("trouble", "HTTP " + reply.status));
    } catch (IOException failed) {
      return Said.of(Said.map("trouble", String.valueOf(failed.getMessage())));
    } catch (Malformed odd) {
      // A proxy's page, or anything else that is not the protocol's: later.
      return Said.of(Said.map("trouble", "not an answer of the server"));
    }
  }

  private String proof(String method, String path, byte[] body, final DevicePort.Holder holder, final String alias, String kid) throws DevicePort.KeyTrouble {
    Map<String, Object> header = Said.map("typ", "muster-proof+jwt", "kid", kid);
    if (kid == null) header.put("jwk", jwk(holder, alias));
    Map<String, Object> payload = Said.map("htm", method, "htu", path, "bh", Bytes.hash(body), "iat", (clock.now() + offset()) / 1000);
    payload.put("jti", Bytes.base64url(Bytes.random(NONCE)));
    payload.put("n", counter.said().whole("n", 0));
    return Compact.sign(header, payload, new Compact.Signer() {
      @Override
      public byte[] sign(byte[] data) throws DevicePort.KeyTrouble {
        try {
          return P256.raw(holder.sign(alias, data));
        } catch (Malformed odd) {
          throw new DevicePort.KeyTrouble("the key store signed oddly", odd);
        }
      }
    });
  }

  static Map<String, Object> jwk(DevicePort.Holder holder, String alias) throws DevicePort.KeyTrouble {
    byte[] spki = holder.publicKey(alias);
    if (spki == null) throw new DevicePort.KeyTrouble("the key is gone", null);
    try {
      return P256.jwk(spki);
    } catch (Malformed odd) {
      throw new DevicePort.KeyTrouble("the key is of another kind", odd);
    }
  }
}
