package org.muster.agent.core;

import java.util.List;
import java.util.Map;

/** Carries orders out: each once, in time, and what cannot be undone only when enough people agreed. */
final class Orders {
  static final String LEAVE = "enrollment.leave";
  private static final String WIPE = "wipe";
  private static final String LOST_ON = "lost-mode.enable";
  private static final String LOST_OFF = "lost-mode.disable";
  private static final long LOCATE_MS = 30_000;
  private static final long RING_MS = 60_000;

  private final DevicePort port;
  private final Journal journal;
  private final Kept lost;
  private final Kept secret;
  private final Hooks hooks;

  /** What orders need of the agent itself. */
  interface Hooks {
    /** Lets everything be told anew. */
    void tellAll();

    /** Who must have agreed, and to whom the device belongs. */
    Said identity();

    /** The server's time, as far as it is known. */
    long now();
  }

  Orders(DevicePort port, Journal journal, Keep keep, Hooks hooks) {
    this.port = port;
    this.journal = journal;
    this.hooks = hooks;
    lost = new Kept(keep, "lost");
    secret = new Kept(keep, "reset-token");
  }

  /**
   * Says what became of orders in whose middle the agent ended. Whether they took effect nobody knows, so they are not repeated; a device that was
   * ordered to restart and has started since did so.
   */
  void recover() {
    for (String id : journal.interrupted()) {
      Said entry = journal.find(id);
      boolean restarted = "restart".equals(entry.text("kind")) && !port.boot().equals(entry.text("boot"));
      if (LEAVE.equals(entry.text("kind"))) continue;
      journal.finish(id, restarted ? result(id, "done", null, null) : result(id, "failed", "interrupted", null));
    }
  }

  /** Whether an order to leave was begun and the device has not let go yet. */
  boolean leaving() {
    for (String id : journal.interrupted()) if (LEAVE.equals(journal.find(id).text("kind"))) return true;
    return false;
  }

  /** Obeys what has not been obeyed; answers whether there is something new to tell. */
  boolean obey(List<Said> orders) {
    boolean fresh = false;
    for (Said order : orders) {
      String id = order.text("id");
      Long seq = order.whole("seq");
      String kind = order.text("kind");
      if (id == null || seq == null || kind == null) continue;
      Said known = journal.find(id);
      if (known != null && !"deferred".equals(known.text("state"))) continue;
      fresh = true;
      Map<String, Object> refusal = known == null ? refusal(id, seq, kind, order) : null;
      journal.begin(id, seq, kind, port.boot());
      if (LEAVE.equals(kind)) return true;
      journal.finish(id, refusal != null ? refusal : said(id, carryOut(kind, seq, order.object("args"))));
    }
    return fresh;
  }

  private Map<String, Object> refusal(String id, long seq, String kind, Said order) {
    if (journal.forgotten(seq)) return result(id, "refused", "older", null);
    Long notAfter = order.whole("notAfter");
    if (notAfter != null && notAfter < hooks.now()) return result(id, "expired", null, null);
    if (!kind.equals(WIPE)) return null;
    if (!Company.isOwner(port)) return result(id, "refused", Outcome.MANAGEMENT_MODE, port.mode().word);
    Said own = hooks.identity();
    String against = Approvals.against(order, own.text("org"), own.text("device"), own.object("approvers"), hooks.now());
    return against == null ? null : result(id, "refused", against, null);
  }

  private Outcome carryOut(String kind, long seq, Said args) {
    switch (kind) {
      case "lock":
        return lock(args);
      case "app.uninstall":
        return port.apps().uninstall(args.text("package", ""));
      case "inventory.query":
        hooks.tellAll();
        return Outcome.done();
      case "lost-mode.sound":
        return Company.isOwner(port) ? port.care().ring(RING_MS) : Outcome.managementMode(port.mode());
      case "message.show":
        return port.care().tell(args.text("title"), args.text("message", ""));
      case "clear-passcode":
        return clearPasscode(args.text("passcode", ""));
      case LOST_ON:
      case LOST_OFF:
        return lose(kind.equals(LOST_ON), seq, args);
      default:
        Company company = Company.of(port);
        return company == null ? Outcome.managementMode(port.mode()) : company.carryOut(kind, args);
    }
  }

  /** Locks it, and leaves word for whoever picks it up; that the word could not be left is no reason to say it is not locked. */
  private Outcome lock(Said args) {
    String message = args.text("message", "");
    String phone = args.text("phoneNumber", "");
    String word = message.isEmpty() || phone.isEmpty() ? message + phone : message + "\n" + phone;
    if (!word.isEmpty()) port.care().tell(null, word);
    return port.passcode().lockNow();
  }

  /** Of all orders to turn it on and off the newest counts, in whatever order they come. */
  private Outcome lose(boolean on, long seq, Said args) {
    Company company = Company.of(port);
    if (company == null) return Outcome.managementMode(port.mode());
    if (seq <= lost.said().whole("seq", 0)) return Outcome.refused("older", "A newer order stands.");
    Outcome outcome = company.lose(on, args, hooks.identity().text("orgName"));
    if (!outcome.isDone()) return outcome;
    lost.put("seq", seq);
    lost.put("on", on);
    lost.write();
    return outcome;
  }

  boolean isLost() {
    return lost.said().is("on");
  }

  private Outcome clearPasscode(String passcode) {
    String token = secret.said().text("token");
    if (token == null || !Company.isOwner(port)) return Outcome.refused("no-reset-token", null);
    try {
      return port.passcode().replace(Bytes.fromBase64url(token), passcode);
    } catch (Malformed odd) {
      return Outcome.refused("no-reset-token", null);
    }
  }

  /** Gives the device of an organization the secret with which a forgotten passcode can be replaced; it never leaves the device. */
  void prepare() {
    if (!Company.isOwner(port) || port.passcode().prepared()) return;
    String token = secret.said().text("token");
    if (token == null) {
      token = Bytes.base64url(Bytes.random(32));
      secret.put("token", token);
      secret.write();
    }
    try {
      port.passcode().prepare(Bytes.fromBase64url(token));
    } catch (Malformed odd) {
      secret.clear();
    }
  }

  void forget() {
    lost.clear();
    secret.clear();
  }

  private static Map<String, Object> said(String id, Outcome outcome) {
    Map<String, Object> data = outcome.data.isEmpty() ? null : outcome.data;
    if (outcome.isDone()) return Said.map("order", id, "status", "done", "detail", outcome.detail, "data", data);
    String status = "refused";
    if (outcome.code.equals(Outcome.WAITING)) status = "deferred";
    if (outcome.code.equals(Outcome.FAILED)) status = "failed";
    return result(id, status, outcome.code, outcome.detail);
  }

  private static Map<String, Object> result(String id, String status, String code, String detail) {
    return Said.map("order", id, "status", status, "code", code, "detail", detail);
  }

  /** What may be done to a device of the organization, and to no other: whoever has none of these has no way to any of it. */
  private static final class Company {
    private final DevicePort port;

    private Company(DevicePort port) {
      this.port = port;
    }

    static boolean isOwner(DevicePort port) {
      return port.mode().ownsDevice() || port.mode() == Mode.COMPANY_PROFILE;
    }

    static Company of(DevicePort port) {
      return isOwner(port) ? new Company(port) : null;
    }

    Outcome carryOut(String kind, Said args) {
      switch (kind) {
        case "restart":
          return port.care().restart();
        case "location.query":
          return port.care().locate(LOCATE_MS);
        case WIPE:
          return port.care().erase(args.text("reason", ""), args.is("externalStorage"), !args.is("resetProtection"));
        default:
          return Outcome.refused("order-unknown", kind);
      }
    }

    private static String words(Said args) {
      String message = args.text("message");
      String footnote = args.text("footnote");
      return message == null || footnote == null ? message == null ? footnote : message : message + "\n" + footnote;
    }

    Outcome lose(boolean on, Said args, String organization) {
      if (!on) return port.kiosk().endLost();
      return port.kiosk().showLost(new LostNote(words(args), args.text("phoneNumber"), organization));
    }
  }
}
