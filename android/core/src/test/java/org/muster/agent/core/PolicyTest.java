package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private final MemoryKeep keep = new MemoryKeep();
  private final Recorder device = new Recorder();
  private long now = 1_000_000;

  private Policy policy() {
    return new Policy(Handlers.of(device.port(), null, null), keep, new Clock() {
      @Override
      public long now() {
        return now;
      }
    });
  }

  private static Map<String, Object> item(String id, String version, String kind, Map<String, Object> value) {
    return Said.map("item", id, "version", version, "kind", kind, "value", value, "needs", new ArrayList<Object>());
  }

  @SafeVarargs
  private static Said document(Map<String, Object>... items) {
    return Said.of(Said.map("items", new ArrayList<Object>(Arrays.<Object>asList((Object[]) items))));
  }

  private static String state(Policy policy, String id) {
    for (Object word : policy.words()) if (Said.of(word).text("item").equals(id)) return Said.of(word).text("state") + ":" + Said.of(word).text("code");
    return "told";
  }

  @Test
  @DisplayName("only what is said is set, what is no longer said is taken back, and nothing else is touched")
  void restrictions() {
    policy().apply(document(item("r", "1", "restrictions", Said.map("camera", false, "appInstallation", false, "printing", true))), true);
    assertEquals(Arrays.asList("limits.turn[camera, false]", "limits.restrict[no_install_apps, true]"), device.take());
    policy().apply(document(item("r", "2", "restrictions", Said.map("appInstallation", false))), true);
    assertEquals(Arrays.asList("limits.turn[camera, true]", "limits.restrict[no_install_apps, true]"), device.take());
    policy().apply(document(), true);
    assertEquals(Arrays.asList("limits.restrict[no_install_apps, false]"), device.take());
    assertEquals("removed:null", state(policy(), "r"));
  }

  @Test
  @DisplayName("what passes between two sides, location and the accounts after a reset are set, and taken back alone")
  void held() {
    policy().apply(document(item("s", "1", "work-and-personal", Said.map("copyPaste", false, "sharing", "none"))), true);
    assertEquals(Arrays.asList("limits.restrict[no_cross_profile_copy_paste, true]", "limits.restrict[no_sharing_into_profile, true]"), device.take());
    policy().apply(document(item("s", "2", "work-and-personal", Said.map("sharing", "none"))), true);
    assertEquals(Arrays.asList("limits.restrict[no_cross_profile_copy_paste, false]", "limits.restrict[no_sharing_into_profile, true]"), device.take());
    policy().apply(document(item("l", "1", "location", Said.map("services", "off"))), true);
    assertEquals(Arrays.asList("limits.restrict[no_sharing_into_profile, false]", "limits.turn[location, false]", "limits.restrict[no_config_location, true]"), device.take());
    policy().apply(document(item("f", "1", "reset-protection", Said.map("accountIds", new ArrayList<Object>(Arrays.asList("12345"))))), true);
    assertEquals(Arrays.asList("limits.restrict[no_config_location, false]", "care.resetProtection[[12345]]"), device.take());
    policy().apply(document(), true);
    assertEquals(Arrays.asList("care.resetProtection[[]]"), device.take());
  }

  @Test
  @DisplayName("the personal side of a company's device and the types of accounts are closed and opened again, each alone")
  void personalSide() {
    policy().apply(document(item("s", "1", "work-and-personal", Said.map("contacts", false, "personalCamera", false, "daysWorkOff", 5L))), true);
    assertEquals(Arrays.asList("limits.turn[work-contacts, false]", "limits.turn[personal-camera, false]", "limits.daysOff[5]"), device.take());
    policy().apply(document(item("s", "2", "work-and-personal", Said.map("personalScreenCapture", false, "daysWorkOff", 9L))), true);
    assertEquals(
        Arrays.asList("limits.turn[work-contacts, true]", "limits.turn[personal-camera, true]", "limits.turn[personal-screen-capture, false]", "limits.daysOff[9]"),
        device.take());
    Map<String, Object> types = Said.map("blockedTypes", Arrays.<Object>asList("a.mail", "b.mail"), "personalBlockedTypes", Arrays.<Object>asList("a.mail"));
    policy().apply(document(item("a", "1", "accounts", types)), true);
    assertEquals(
        Arrays.asList(
            "limits.turn[personal-screen-capture, true]", "limits.daysOff[0]",
            "limits.accounts[a.mail, false, false]", "limits.accounts[b.mail, false, false]", "limits.accounts[a.mail, false, true]"),
        device.take());
    policy().apply(document(item("a", "2", "accounts", Said.map("blockedTypes", Arrays.<Object>asList("b.mail")))), true);
    assertEquals(
        Arrays.asList("limits.accounts[b.mail, false, false]", "limits.accounts[a.mail, true, false]", "limits.accounts[a.mail, true, true]"), device.take());
    policy().apply(document(item("f", "1", "reset-protection", Said.map("off", true))), true);
    assertEquals(Arrays.asList("limits.accounts[b.mail, true, false]", "care.resetProtectionOff[]"), device.take());
    policy().apply(document(), true);
    assertEquals(Arrays.asList("care.resetProtection[[]]"), device.take());
  }

  @Test
  @DisplayName("what stands is not asked for again, also after a start; a new document lets it be told again")
  void unchanged() {
    Said document = document(item("p", "1", "passcode", Said.map("required", true, "minLength", 6L)));
    Policy policy = policy();
    policy.apply(document, true);
    assertEquals(1, device.take().size());
    policy.told(policy.words());
    policy().apply(document, false);
    assertEquals(0, device.take().size());
    assertEquals("told", state(policy(), "p"));
    policy = policy();
    policy.apply(document, true);
    assertEquals(0, device.take().size());
    assertEquals("applied:null", state(policy, "p"));
  }

  @Test
  @DisplayName("what failed is tried again when its time has come, and told when that changes something")
  void retries() {
    String call = "limits.restrict[no_install_apps, true]";
    device.answers.put(call, Outcome.failed("busy"));
    Said document = document(item("r", "1", "restrictions", Said.map("appInstallation", false)));
    Policy policy = policy();
    policy.apply(document, true);
    assertEquals("failed:failed", state(policy, "r"));
    policy.told(policy.words());
    device.take();
    policy.apply(document, false);
    assertEquals(0, device.take().size());
    now += 61_000;
    assertTrue(policy.isDue(document));
    policy.apply(document, false);
    assertEquals(Arrays.asList(call), device.take());
    assertEquals("told", state(policy, "r"));
    device.answers.clear();
    now += 3_600_000;
    policy.apply(document, false);
    assertEquals("applied:null", state(policy, "r"));
  }

  @Test
  @DisplayName("what the device cannot do is unsupported with the reason; where part of it can be done, that is done and the rest is named")
  void unsupported() {
    device.answers.put("limits.turn[camera, false]", Outcome.apiLevel(99));
    Policy policy = policy();
    policy.apply(document(item("a", "1", "restrictions", Said.map("camera", false)), item("b", "1", "of tomorrow", Said.map())), true);
    assertEquals("unsupported:api-level", state(policy, "a"));
    assertEquals("unsupported:unsupported", state(policy, "b"));
    policy.apply(document(item("a", "2", "restrictions", Said.map("camera", false, "printing", false))), true);
    assertEquals("applied:null", state(policy, "a"));
    assertTrue(String.valueOf(policy.words()).contains("turn:camera (api-level: 99)"));
  }

  @Test
  @DisplayName("a network that is renamed or gone is removed; one nobody named is not")
  void wifi() {
    policy().apply(document(item("w", "1", "wifi", Said.map("ssid", "Office", "security", "wpa2", "password", "secret"))), true);
    device.take();
    policy().apply(document(item("w", "2", "wifi", Said.map("ssid", "Office 2", "security", "wpa2", "password", "secret"))), true);
    List<String> calls = device.take();
    assertEquals("network.removeWifi[Office]", calls.get(0));
    policy().apply(document(), true);
    assertEquals(Arrays.asList("network.removeWifi[Office 2]"), device.take());
    // What is kept to take it back holds no secret.
    assertEquals(-1, keep.all.get("items").indexOf("secret"));
  }

  @Test
  @DisplayName("a forbidden app is hidden when it is there, also when it comes later, and shown again when nobody forbids it")
  void apps() {
    Said document = document(item("a", "1", "app", Said.map("package", "org.game", "presence", "forbidden")));
    Policy policy = policy();
    policy.apply(document, true);
    assertEquals(0, device.take().size());
    device.install("org.game");
    policy.recheckApps();
    policy.apply(document, false);
    assertEquals(Arrays.asList("apps.hide[org.game, true]"), device.take());
    policy.apply(document(), true);
    assertEquals(Arrays.asList("apps.hide[org.game, false]"), device.take());
  }

  @Test
  @DisplayName("an item waits for those it needs")
  void needs() {
    device.answers.put("limits.turn[camera, false]", Outcome.failed("busy"));
    Map<String, Object> second = item("b", "1", "restrictions", Said.map("printing", false));
    second.put("needs", new ArrayList<Object>(Arrays.asList("a")));
    Policy policy = policy();
    policy.apply(document(item("a", "1", "restrictions", Said.map("camera", false)), second), true);
    assertEquals("failed:waiting", state(policy, "b"));
    device.answers.clear();
    policy.apply(document(item("a", "1", "restrictions", Said.map("camera", false)), second), true);
    assertEquals("applied:null", state(policy, "b"));
  }
}
