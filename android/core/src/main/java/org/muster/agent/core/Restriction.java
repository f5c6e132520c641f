package org.muster.agent.core;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing Android can forbid the people of a device: its key, since when, and who may say it where. */
public final class Restriction {
  /** Who may set a restriction, and on what part of the device it then lies. */
  private enum Reach {
    /** Only where the whole device is managed. */
    OWNER,
    /** In any mode; in work profiles it binds the profile alone. */
    ANY,
    /** Where the whole device is managed, and on the personal side of a company's device. */
    OUTSIDE,
    /** In any mode; on a company's device with a work profile it binds the personal side. */
    ANY_OUTSIDE,
    /** On company devices only, said in the profile for the whole device. */
    COMPANY
  }

  /** The personal side of a company's device can be ruled since Android 11. */
  private static final int OUTSIDE_FROM = 30;

  private static final Map<String, Restriction> ALL = new LinkedHashMap<String, Restriction>();

  static {
    row("allow_parent_profile_app_linking", 26, Reach.ANY);
    row("disallow_camera_toggle", 31, Reach.OWNER);
    row("disallow_config_default_apps", 34, Reach.ANY_OUTSIDE);
    row("disallow_config_private_dns", 29, Reach.OUTSIDE);
    row("disallow_microphone_toggle", 31, Reach.OWNER);
    row("ensure_verify_apps", 26, Reach.ANY);
    row("no_add_managed_profile", 26, Reach.ANY);
    row("no_add_private_profile", 35, Reach.ANY_OUTSIDE);
    row("no_add_user", 26, Reach.OWNER);
    row("no_add_wifi_config", 33, Reach.OUTSIDE);
    row("no_adjust_volume", 26, Reach.ANY);
    row("no_airplane_mode", 28, Reach.OUTSIDE);
    row("no_ambient_display", 28, Reach.ANY);
    row("no_assist_content", 35, Reach.ANY);
    row("no_autofill", 26, Reach.ANY);
    row("no_bluetooth", 26, Reach.OUTSIDE);
    row("no_bluetooth_sharing", 26, Reach.ANY_OUTSIDE);
    row("no_cellular_2g", 34, Reach.OUTSIDE);
    row("no_change_near_field_communication_radio", 36, Reach.OUTSIDE);
    row("no_change_wifi_state", 33, Reach.OUTSIDE);
    row("no_config_bluetooth", 26, Reach.ANY_OUTSIDE);
    row("no_config_brightness", 28, Reach.ANY_OUTSIDE);
    row("no_config_cell_broadcasts", 26, Reach.OUTSIDE);
    row("no_config_credentials", 26, Reach.ANY);
    row("no_config_date_time", 28, Reach.ANY_OUTSIDE);
    row("no_config_locale", 28, Reach.ANY);
    row("no_config_location", 28, Reach.ANY_OUTSIDE);
    row("no_config_mobile_networks", 26, Reach.OUTSIDE);
    row("no_config_screen_timeout", 28, Reach.ANY_OUTSIDE);
    row("no_config_tethering", 26, Reach.OUTSIDE);
    row("no_config_vpn", 26, Reach.ANY);
    row("no_config_wifi", 26, Reach.ANY_OUTSIDE);
    row("no_content_capture", 29, Reach.ANY_OUTSIDE);
    row("no_content_suggestions", 29, Reach.ANY_OUTSIDE);
    row("no_control_apps", 26, Reach.ANY);
    row("no_create_windows", 26, Reach.OWNER);
    row("no_cross_profile_copy_paste", 26, Reach.ANY);
    row("no_data_roaming", 26, Reach.OUTSIDE);
    row("no_debugging_features", 26, Reach.ANY_OUTSIDE);
    row("no_factory_reset", 26, Reach.OWNER);
    row("no_fun", 26, Reach.OWNER);
    row("no_grant_admin", 34, Reach.ANY);
    row("no_install_apps", 26, Reach.ANY);
    row("no_install_unknown_sources", 26, Reach.ANY);
    row("no_install_unknown_sources_globally", 29, Reach.ANY);
    row("no_modify_accounts", 26, Reach.ANY);
    row("no_near_field_communication_radio", 36, Reach.OUTSIDE);
    row("no_network_reset", 26, Reach.OWNER);
    row("no_outgoing_beam", 26, Reach.ANY);
    row("no_outgoing_calls", 26, Reach.ANY_OUTSIDE);
    row("no_physical_media", 26, Reach.OUTSIDE);
    row("no_printing", 28, Reach.ANY);
    row("no_remove_managed_profile", 26, Reach.ANY);
    row("no_remove_user", 26, Reach.ANY);
    row("no_safe_boot", 26, Reach.OUTSIDE);
    row("no_set_user_icon", 26, Reach.ANY);
    row("no_set_wallpaper", 26, Reach.ANY);
    row("no_share_location", 26, Reach.ANY_OUTSIDE);
    row("no_sharing_admin_configured_wifi", 33, Reach.ANY);
    row("no_sharing_into_profile", 28, Reach.ANY);
    row("no_sim_globally", 35, Reach.COMPANY);
    row("no_sms", 26, Reach.OUTSIDE);
    row("no_system_error_dialogs", 28, Reach.ANY);
    row("no_thread_network", 36, Reach.OUTSIDE);
    row("no_ultra_wideband_radio", 34, Reach.OUTSIDE);
    row("no_unified_password", 28, Reach.ANY);
    row("no_uninstall_apps", 26, Reach.ANY);
    row("no_unmute_microphone", 26, Reach.ANY_OUTSIDE);
    row("no_usb_file_transfer", 26, Reach.OUTSIDE);
    row("no_user_switch", 28, Reach.OWNER);
    row("no_wifi_direct", 33, Reach.OUTSIDE);
    row("no_wifi_tethering", 33, Reach.OUTSIDE);
  }

  public final String key;
  public final Gate gate;
  /** Whether, on a company's device with a work profile, it lies outside the profile. */
  public final boolean outside;

  private Restriction(String key, Gate gate, boolean outside) {
    this.key = key;
    this.gate = gate;
    this.outside = outside;
  }

  /** Every restriction the agent knows. */
  public static Collection<Restriction> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /** The restriction of that key, or null for one the agent does not know. */
  public static Restriction find(String key) {
    return ALL.get(key);
  }

  private static void row(String key, int from, Reach reach) {
    boolean outside = reach == Reach.OUTSIDE || reach == Reach.ANY_OUTSIDE;
    int company = reach == Reach.OWNER ? 0 : outside ? Math.max(from, OUTSIDE_FROM) : from;
    int personal = reach == Reach.ANY || reach == Reach.ANY_OUTSIDE ? from : 0;
    ALL.put(key, new Restriction(key, Gate.of(from, company, personal), outside));
  }
}
