package org.muster.agent.core;

import static org.muster.agent.core.Gate.of;

/** Everything the device can be asked for besides restrictions, and where it can be had; the agent runs on API level 26 and newer. */
public enum Ability {
  ORGANIZATION(of(26, 26, 26)),
  PASSCODE(of(26, 26, 26)),
  PASSCODE_COMPLEXITY(of(31, 31, 31)),
  PASSCODE_RESET(of(26, 26, 26)),
  LOCK_NOW(of(26, 26, 26)),
  KEYGUARD_FEATURES(of(26, 26, 26)),
  KEYGUARD_OFF(of(26, 0, 0)),
  STATUS_BAR_OFF(of(26, 0, 0)),
  CAMERA(of(26, 26, 26)),
  SCREEN_CAPTURE(of(26, 26, 26)),
  SCREEN_AWAKE(of(26, 0, 0)),
  MUTE(of(26, 0, 0)),
  AUTO_TIME(of(30, 30, 0)),
  LOCATION_ON(of(30, 0, 0)),
  USB_DATA(of(31, 31, 0)),
  BACKUP(of(26, 0, 0)),
  LOCK_SCREEN_TEXT(of(26, 30, 0)),
  SUPPORT_TEXT(of(26, 26, 26)),

  APP_INSTALL(of(26, 26, 26)),
  APP_UNINSTALL(of(26, 26, 26)),
  APP_INSTALL_EXISTING(of(28, 0, 0)),
  APP_ENABLE_SYSTEM(of(26, 26, 26)),
  APP_HIDE(of(26, 26, 26)),
  APP_SUSPEND(of(26, 26, 26)),
  APP_KEEP(of(26, 26, 26)),
  APP_KEEP_RUNNING(of(30, 0, 0)),
  APP_CLEAR_DATA(of(28, 28, 28)),
  APP_CONFIGURE(of(26, 26, 26)),
  APP_PERMISSION(of(26, 26, 26)),
  APP_LIST(of(26, 26, 26)),
  PERSONAL_APPS_SUSPEND(of(0, 30, 0)),

  WIFI(of(26, 26, 26)),
  WIFI_LOCKED(of(26, 30, 0)),
  WIFI_MIN_SECURITY(of(33, 33, 0)),
  WIFI_SSIDS(of(33, 33, 0)),
  VPN(of(26, 26, 26)),
  VPN_EXEMPT(of(29, 29, 29)),
  PRIVATE_DNS(of(29, 0, 0)),
  PROXY(of(26, 0, 0)),
  CERTIFICATE(of(26, 26, 26)),
  KEY_PAIR(of(26, 26, 26)),
  KEY_PAIR_MADE(of(28, 28, 28)),
  WIFI_KEY_PAIR(of(31, 31, 31)),

  KIOSK(of(26, 0, 0)),
  KIOSK_FEATURES(of(28, 0, 0)),
  HOME(of(26, 0, 0)),
  LOST_MODE(of(26, 0, 0)),
  LOCATE(of(26, 26, 0)),
  RING(of(26, 26, 26)),
  MESSAGE(of(26, 26, 26)),
  UPDATE_POLICY(of(26, 30, 0)),
  UPDATE_FREEZE(of(28, 30, 0)),
  RESET_PROTECTION(of(30, 30, 0)),
  PROFILE_OFF_LIMIT(of(0, 30, 0)),
  PERSONAL_CAMERA(of(0, 30, 0)),
  PERSONAL_SCREEN_CAPTURE(of(0, 30, 0)),
  PERSONAL_ACCOUNTS(of(0, 30, 0)),
  WORK_CONTACTS(of(0, 26, 26)),
  ACCOUNTS(of(26, 26, 26)),
  RESTART(of(26, 0, 0)),
  /** Ends the management and takes the organization's own things along, nothing else. */
  LEAVE(of(26, 26, 26)),
  /** Erases the whole device: never a personal one. */
  ERASE(of(26, 30, 0));

  public final Gate gate;

  Ability(Gate gate) {
    this.gate = gate;
  }
}
