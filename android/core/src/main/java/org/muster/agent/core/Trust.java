package org.muster.agent.core;

import java.util.List;

/** What the agent takes from its server: signed by a key it trusts, for itself, and not older than what it has. */
final class Trust {
  static final String UNSIGNED = "unsigned";
  static final String MALFORMED = "malformed";
  static final String OTHER_DEVICE = "other-device";
  static final String OLDER = "older";
  private static final int LONGEST = 4 * 1024 * 1024;

  /** Why a text is not taken; the message is its code. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String code) {
      super(code);
    }
  }

  /** What the agent knows when it is given something. */
  static final class Held {
    String org;
    String enrollment;
    String device;
    List<Said> keys;
    Long generation;
    String etag;
  }

  private Trust() {}

  static Said document(String text, Held held) throws Refused {
    Said said = open("muster-document", text, held.keys);
    Long generation = said.whole("generation");
    String etag = said.text("etag");
    if (said.whole("v", 0) != 1 || generation == null || etag == null || !(said.get("items") instanceof List)) throw new Refused(MALFORMED);
    if (!held.org.equals(said.text("org")) || !held.enrollment.equals(said.text("enrollment")) || !held.device.equals(said.text("device")))
      throw new Refused(OTHER_DEVICE);
    if (held.generation != null && generation < held.generation) throw new Refused(OLDER);
    if (generation.equals(held.generation) && !etag.equals(held.etag)) throw new Refused(OLDER);
    return said;
  }

  static Said orders(String text, Held held) throws Refused {
    Said said = open("muster-orders", text, held.keys);
    if (said.whole("v", 0) != 1 || said.whole("at") == null || !(said.get("orders") instanceof List)) throw new Refused(MALFORMED);
    if (!held.org.equals(said.text("org")) || !held.enrollment.equals(said.text("enrollment"))) throw new Refused(OTHER_DEVICE);
    return said;
  }

  private static Said open(String type, String text, List<Said> keys) throws Refused {
    Compact.Read read;
    try {
      read = Compact.read(text, type, LONGEST);
      if (!isTrusted(read, keys)) throw new Refused(UNSIGNED);
    } catch (Malformed odd) {
      throw new Refused(UNSIGNED);
    }
    try {
      return Said.of(Json.readObject(Bytes.text(read.payload)));
    } catch (Malformed odd) {
      throw new Refused(MALFORMED);
    }
  }

  private static boolean isTrusted(Compact.Read read, List<Said> keys) throws Malformed {
    String kid = read.header.text("kid");
    for (Said key : keys) if (kid != null && kid.equals(key.text("kid"))) return read.isSignedBy(key.object("jwk"));
    return false;
  }
}
