package org.muster.agent.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people may and may not do: each setting is a restriction, a switch, or something the lock screen hides; the lists hide apps. */
final class RestrictionsHandler implements Handler {
  private static final String RESTRICT = "restrict:";
  private static final String TURN = "turn:";
  private static final String HIDE = "hide:";
  private static final Map<String, String[]> MEANS = new HashMap<String, String[]>();

  static {
    MEANS.put("camera", new String[] {TURN + "camera"});
    MEANS.put("screenCapture", new String[] {TURN + "screen-capture"});
    MEANS.put("cloudBackup", new String[] {TURN + "backup"});
    MEANS.put("appInstallation", new String[] {RESTRICT + "no_install_apps"});
    MEANS.put("appRemoval", new String[] {RESTRICT + "no_uninstall_apps"});
    MEANS.put("sideloading", new String[] {RESTRICT + "no_install_unknown_sources"});
    MEANS.put("externalStorage", new String[] {RESTRICT + "no_physical_media"});
    MEANS.put("computerPairing", new String[] {RESTRICT + "no_usb_file_transfer"});
    MEANS.put("bluetoothChanges", new String[] {RESTRICT + "no_config_bluetooth"});
    MEANS.put("hotspotChanges", new String[] {RESTRICT + "no_config_tethering"});
    MEANS.put("vpnCreation", new String[] {RESTRICT + "no_config_vpn"});
    MEANS.put("nfc", new String[] {RESTRICT + "no_near_field_communication_radio"});
    MEANS.put("printing", new String[] {RESTRICT + "no_printing"});
    MEANS.put("passwordAutoFill", new String[] {RESTRICT + "no_autofill"});
    MEANS.put("eraseByUser", new String[] {RESTRICT + "no_factory_reset"});
    MEANS.put("accountChanges", new String[] {RESTRICT + "no_modify_accounts"});
    MEANS.put("configurationInstallation", new String[] {RESTRICT + "no_config_credentials"});
    MEANS.put("wallpaperChanges", new String[] {RESTRICT + "no_set_wallpaper"});
    MEANS.put("accessoriesWhileLocked", new String[] {TURN + "usb-data"});
    MEANS.put("outgoingCalls", new String[] {RESTRICT + "no_outgoing_calls"});
    MEANS.put("textMessages", new String[] {RESTRICT + "no_sms"});
    MEANS.put("dataRoaming", new String[] {RESTRICT + "no_data_roaming"});
    MEANS.put("airplaneMode", new String[] {RESTRICT + "no_airplane_mode"});
    MEANS.put("mobileNetworkChanges", new String[] {RESTRICT + "no_config_mobile_networks"});
    MEANS.put("wifiChanges", new String[] {RESTRICT + "no_config_wifi"});
    MEANS.put("microphone", new String[] {RESTRICT + "no_unmute_microphone"});
    MEANS.put("volumeChanges", new String[] {RESTRICT + "no_adjust_volume"});
    MEANS.put("debugging", new String[] {RESTRICT + "no_debugging_features"});
    MEANS.put("safeStart", new String[] {RESTRICT + "no_safe_boot"});
    MEANS.put("userChanges", new String[] {RESTRICT + "no_add_user"});
    MEANS.put("locationChanges", new String[] {RESTRICT + "no_config_location"});
    MEANS.put("biometricUnlock", new String[] {HIDE + "fingerprint", HIDE + "face", HIDE + "iris"});
    MEANS.put("lockScreenNotifications", new String[] {HIDE + "notifications"});
    MEANS.put("autoUnlock", new String[] {HIDE + "trust-agents"});
  }

  private final DevicePort port;

  RestrictionsHandler(DevicePort port) {
    this.port = port;
  }

  @Override
  public Outcome apply(Said value, Map<String, Object> trace) {
    Said before = Said.of(trace);
    Sum sum = new Sum();
    Set<String> set = new LinkedHashSet<String>();
    for (Map.Entry<String, Object> entry : value.all.entrySet()) {
      if (!(entry.getValue() instanceof Boolean)) continue;
      String[] means = meansOf(entry.getKey());
      boolean allowed = Restriction.find(entry.getKey()) == null ? (Boolean) entry.getValue() : !(Boolean) entry.getValue();
      if (entry.getKey().startsWith("require")) allowed = !allowed;
      if (means == null && !allowed) sum.add(entry.getKey(), Outcome.unsupported(entry.getKey()));
      // What is allowed is as it is without us; saying so takes back what we forbade, and touches nothing else.
      if (means != null && !allowed) for (String one : means) set.add(one);
    }
    List<String> gone = new ArrayList<String>(before.texts("set"));
    gone.removeAll(set);
    // Written down before it is done: what may have been set is taken back one day.
    Set<String> all = new LinkedHashSet<String>(set);
    all.addAll(gone);
    trace.put("set", new ArrayList<Object>(all));
    for (String one : gone) sum.add(one, switchTo(one, false));
    for (String one : set) sum.add(one, switchTo(one, true));
    if (!hidden(set).isEmpty() || !hidden(gone).isEmpty()) sum.add("lock screen", port.passcode().hide(hidden(set)));
    apps(value, before, trace, sum);
    Outcome outcome = sum.outcome();
    if (!outcome.code.equals(Outcome.FAILED)) trace.put("set", new ArrayList<Object>(set));
    return outcome;
  }

  /** The keys of ours that it knows how to forbid. */
  static Set<String> keys() {
    return MEANS.keySet();
  }

  static String[] meansOf(String key) {
    if (Restriction.find(key) != null) return new String[] {RESTRICT + key};
    if (key.equals("requireAutomaticTime")) return new String[] {TURN + "auto-time:on"};
    if (key.equals("requireKnownWifi")) return new String[] {RESTRICT + "no_add_wifi_config"};
    return MEANS.get(key);
  }

  private Outcome switchTo(String what, boolean forbidden) {
    if (what.startsWith(RESTRICT)) return port.limits().restrict(what.substring(RESTRICT.length()), forbidden);
    if (!what.startsWith(TURN)) return Outcome.done();
    String name = what.substring(TURN.length());
    return name.endsWith(":on") ? port.limits().turn(name.substring(0, name.length() - 3), forbidden) : port.limits().turn(name, !forbidden);
  }

  private static List<String> hidden(Iterable<String> set) {
    List<String> features = new ArrayList<String>();
    for (String one : set) if (one.startsWith(HIDE)) features.add(one.substring(HIDE.length()));
    return features;
  }

  /** Hides the apps nobody is to use, and shows those again that only we hid. The system's own are never hidden for not being on a list. */
  private void apps(Said value, Said before, Map<String, Object> trace, Sum sum) {
    List<String> hide = new ArrayList<String>(value.texts("blockedApps"));
    if (value.has("allowedApps"))
      for (InstalledApp app : port.apps().list(false)) if (!app.system && !value.texts("allowedApps").contains(app.name)) hide.add(app.name);
    List<String> gone = new ArrayList<String>(before.texts("hidden"));
    gone.removeAll(hide);
    if (hide.isEmpty() && gone.isEmpty()) return;
    List<Object> hidden = new ArrayList<Object>();
    for (String name : gone) sum.add(name, port.apps().hide(name, false));
    for (String name : hide) {
      // An app that is not there is as good as hidden, and hidden when it comes: the list is asked again after each change.
      if (!isThere(name)) continue;
      hidden.add(name);
      sum.add(name, port.apps().hide(name, true));
    }
    trace.put("hidden", hidden);
  }

  private boolean isThere(String name) {
    for (InstalledApp app : port.apps().list(false)) if (app.name.equals(name)) return true;
    return false;
  }

  @Override
  public Outcome remove(Map<String, Object> trace) {
    Said said = Said.of(trace);
    Sum sum = new Sum();
    for (String one : said.texts("set")) sum.add(one, switchTo(one, false));
    if (!hidden(said.texts("set")).isEmpty()) sum.add("lock screen", port.passcode().hide(new ArrayList<String>()));
    for (String name : said.texts("hidden")) sum.add(name, port.apps().hide(name, false));
    return sum.outcome();
  }
}
