package org.muster.agent.app;

import android.content.SharedPreferences;
import android.net.Uri;
import android.os.PersistableBundle;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Mode;

/**
 * The invitation a device carries until it is enrolled. In a QR code and in a link it has short names, because a code with much in it cannot be read:
 * u the server, t the token, p the server's key, m the mode, o the organization.
 */
final class Invitations {
  static final String SERVER = "u";
  static final String TOKEN = "t";
  static final String PIN = "p";
  static final String MODE = "m";
  static final String ORGANIZATION = "o";
  private static final String[] ALL = {SERVER, TOKEN, PIN, MODE, ORGANIZATION};
  private static final String KEPT = "invitation:";

  private Invitations() {}

  /** What a link says, or null when it lacks the server or the token, or would speak without TLS. */
  static PersistableBundle read(Uri link) {
    if (link == null || !link.isHierarchical()) return null;
    PersistableBundle extras = new PersistableBundle();
    for (String name : ALL) if (link.getQueryParameter(name) != null) extras.putString(name, link.getQueryParameter(name));
    return usable(extras) ? extras : null;
  }

  static boolean usable(PersistableBundle extras) {
    if (extras == null) return false;
    String server = extras.getString(SERVER);
    return server != null && server.startsWith("https://") && extras.getString(TOKEN) != null;
  }

  /** Keeps it, so that a device whose network failed enrolls later by itself. */
  static void keep(Device device, PersistableBundle extras) {
    if (!usable(extras)) return;
    SharedPreferences.Editor notes = device.notes().edit();
    for (String name : ALL) notes.putString(KEPT + name, extras.getString(name));
    notes.commit();
    device.dedicate(Mode.of(extras.getString(MODE)) == Mode.DEDICATED);
  }

  static Agent.Invitation kept(Device device) {
    SharedPreferences notes = device.notes();
    String token = notes.getString(KEPT + TOKEN, null);
    if (token == null) return null;
    return new Agent.Invitation(notes.getString(KEPT + SERVER, null), token, notes.getString(KEPT + PIN, null));
  }

  static String organization(Device device) {
    return device.notes().getString(KEPT + ORGANIZATION, null);
  }

  /** The token is spent; the organization's name stays for the screens. */
  static void spend(Device device) {
    device.notes().edit().remove(KEPT + TOKEN).commit();
  }
}
