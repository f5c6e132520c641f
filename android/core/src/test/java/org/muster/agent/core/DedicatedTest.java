package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each kind is brought, brought otherwise, and taken back; the device is left as it was. */
class DedicatedTest {
  private static final List<String> NOTHING = Collections.emptyList();
  private final Recorder device = new Recorder();
  private final Map<String, Object> trace = new LinkedHashMap<String, Object>();

  private Outcome apply(String kind, Object... value) {
    return Handlers.of(device.port(), null, null).get(kind).apply(Said.of(Said.map(value)), trace);
  }

  private void remove(String kind) {
    assertTrue(Handlers.of(device.port(), null, null).get(kind).remove(trace).isDone());
  }

  private static List<Object> list(Object... all) {
    return new ArrayList<Object>(Arrays.asList(all));
  }

  @Test
  @DisplayName("a kiosk has its apps, its buttons and its code; afterwards the device is as it was, and no code is kept beside the device")
  void kiosk() {
    assertTrue(apply("kiosk", "apps", list("a.b", "c.d"), "features", list("home", "lock-screen"), "exitCode", "4711", "awakeWhilePlugged", true).isDone());
    assertEquals(Arrays.asList("kiosk.allow[[a.b, c.d], [home, keyguard], true]", "kiosk.leaveBy[4711]", "limits.turn[screen-awake, true]"), device.take());
    assertFalse(Json.write(trace).contains("4711"));
    assertTrue(apply("kiosk", "apps", list("a.b")).isDone());
    assertEquals(Arrays.asList("kiosk.allow[[a.b], [], true]", "kiosk.leaveBy[null]", "limits.turn[screen-awake, false]"), device.take());
    remove("kiosk");
    assertEquals(Arrays.asList("kiosk.leaveBy[null]", "kiosk.allow[[], [], false]"), device.take());
    assertEquals("failed", apply("kiosk", "apps", list()).code);
  }

  @Test
  @DisplayName("a device too old for buttons of choice is a kiosk without them, and says so; one that cannot be a kiosk is asked for nothing else")
  void oldKiosk() {
    device.answers.put("kiosk.allow[[a.b], [home], true]", Outcome.apiLevel(28));
    Outcome outcome = apply("kiosk", "apps", list("a.b"), "features", list("home"));
    assertEquals("done", outcome.code);
    assertEquals("features (api-level: 28)", outcome.detail);
    device.take();
    device.answers.put("kiosk.allow[[a.b], [], true]", Outcome.managementMode(Mode.WORK_PROFILE));
    assertEquals("management-mode", apply("kiosk", "apps", list("a.b"), "exitCode", "1").code);
    assertEquals(1, device.take().size());
  }

  @Test
  @DisplayName("a single app is a kiosk of one; what it says besides is named as not possible")
  void singleApp() {
    Outcome outcome = apply("single-app", "app", "a.b", "touch", true, "volumeButtons", false, "zoom", true, "screenReader", false);
    assertEquals("done", outcome.code);
    assertEquals("volumeButtons (unsupported: volumeButtons), zoom (unsupported: zoom)", outcome.detail);
    remove("single-app");
    assertEquals(Arrays.asList("kiosk.allow[[a.b], [], true]", "kiosk.allow[[], [], false]"), device.take());
  }

  @Test
  @DisplayName("private DNS is a resolver, or what the network offers")
  void dns() {
    apply("private-dns", "mode", "resolver", "resolver", "dns.example");
    apply("private-dns", "mode", "automatic");
    remove("private-dns");
    assertEquals(Arrays.asList("network.privateDns[dns.example]", "network.privateDns[null]", "network.privateDns[null]"), device.take());
    assertEquals("failed", apply("private-dns", "mode", "resolver").code);
  }

  private static Map<String, Object> permission(String app, String state) {
    return Said.map("app", app, "permission", "android.permission.CAMERA", "state", state);
  }

  @Test
  @DisplayName("permissions are decided for the apps that are there, and left to the person again when nobody decides them any more")
  void permissions() {
    device.install("a.b");
    apply("app-permissions", "byDefault", "deny", "apps", list(permission("a.b", "grant"), permission("not.there", "deny")));
    assertEquals(Arrays.asList("apps.permitByDefault[deny]", "apps.permit[a.b, android.permission.CAMERA, grant]"), device.take());
    device.install("not.there");
    apply("app-permissions", "byDefault", "ask", "apps", list(permission("not.there", "ask")));
    assertEquals(
        Arrays.asList("apps.permitByDefault[prompt]", "apps.permit[a.b, android.permission.CAMERA, default]", "apps.permit[not.there, android.permission.CAMERA, default]"),
        device.take());
    remove("app-permissions");
    assertEquals(Arrays.asList("apps.permitByDefault[prompt]", "apps.permit[not.there, android.permission.CAMERA, default]"), device.take());
  }

  @Test
  @DisplayName("the lock screen says what was said, and then nothing")
  void lockScreen() {
    apply("lock-screen", "message", "Call us.", "assetTag", "A 7");
    remove("lock-screen");
    assertEquals(Arrays.asList("limits.lockScreenText[Call us.\nA 7]", "limits.lockScreenText[null]"), device.take());
  }

  @Test
  @DisplayName("a tunnel is always on with an app that makes it; without one it is not possible")
  void vpn() {
    assertEquals("unsupported", apply("vpn", "mode", "always-on").code);
    assertEquals("unsupported", apply("vpn", "mode", "on-demand", "app", "org.vpn").code);
    remove("vpn");
    assertEquals(NOTHING, device.take());
    apply("vpn", "mode", "always-on", "app", "org.vpn", "everything", true);
    remove("vpn");
    assertEquals(Arrays.asList("network.alwaysOnVpn[org.vpn, true, []]", "network.alwaysOnVpn[null, false, []]"), device.take());
  }

  @Test
  @DisplayName("outside working time what is not allowed rests; when it begins everything is given back, and the way to call and to settings was never closed")
  void workTime() {
    device.install("org.game");
    device.install("org.mail");
    device.install("com.android.settings");
    device.install("org.service").launchable = false;
    apply("work-time", "windows", list(), "camera", false, "allowedApps", list("org.mail"));
    assertEquals(Arrays.asList("limits.turn[camera, false]", "apps.suspend[[org.game], true]"), device.take());
    device.install("org.other");
    device.answers.put("apps.suspend[[org.other], true]", Outcome.failed("Not these: [org.other]"));
    assertTrue(apply("work-time", "camera", false, "allowedApps", list("org.mail")).isDone());
    assertEquals(Arrays.asList("limits.turn[camera, false]", "apps.suspend[[org.other], true]"), device.take());
    apply("work-time", "allowedApps", list("org.game"));
    assertEquals(Arrays.asList("limits.turn[camera, true]", "apps.suspend[[org.game], false]", "apps.suspend[[org.mail], true]"), device.take());
    remove("work-time");
    assertEquals(Arrays.asList("apps.suspend[[org.other, org.mail], false]"), device.take());
    trace.clear();
    assertEquals("unsupported", apply("work-time", "assistant", false).code);
  }

  @Test
  @DisplayName("updates have a window, or wait, or stand still for some days of the year")
  void updates() {
    Map<String, Object> freeze = Said.map("from", "12-01", "to", "01-15");
    assertTrue(apply("os-update", "window", Said.map("from", "02:00", "to", "04:30"), "freezes", list(freeze)).isDone());
    Outcome alone = apply("os-update", "freezes", list(freeze));
    assertTrue(alone.isDone() && alone.detail.contains("install by themselves"));
    assertTrue(apply("os-update", "deferDays", 30L).isDone());
    remove("os-update");
    List<String> rules = new ArrayList<String>();
    for (UpdateRule rule : device.rules) {
      StringBuilder freezes = new StringBuilder();
      for (UpdateRule.Freeze one : rule.freezes) freezes.append(" ").append(one.fromMonth).append('-').append(one.fromDay).append("..").append(one.toMonth).append('-').append(one.toDay);
      rules.add(rule.when + " " + rule.fromMinute + ".." + rule.toMinute + freezes);
    }
    assertEquals(Arrays.asList("windowed 120..270 12-1..1-15", "automatic 0..0 12-1..1-15", "postpone 0..0", "none 0..0"), rules);
  }

  @Test
  @DisplayName("every key of ours that forbids is a restriction the agent knows")
  void known() {
    for (String key : RestrictionsHandler.keys())
      for (String one : RestrictionsHandler.meansOf(key))
        if (one.startsWith("restrict:")) assertTrue(Restriction.find(one.substring(9)) != null, key);
  }
}
