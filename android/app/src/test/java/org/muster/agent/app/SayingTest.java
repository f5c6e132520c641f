package org.muster.agent.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.app.admin.DevicePolicyManager;
import android.os.Bundle;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.muster.agent.core.UpdateRule;
import org.muster.agent.core.WifiRule;

/** What the agent says to Android, read back from Android's own classes. */
@SuppressWarnings("deprecation")
class SayingTest {
  @Test
  @DisplayName("a managed configuration keeps its texts, numbers, truths, lists, maps and lists of maps")
  void configuration() {
    Map<String, Object> inner = new LinkedHashMap<String, Object>();
    inner.put("port", 443L);
    Map<String, Object> values = new LinkedHashMap<String, Object>();
    values.put("server", "mail.example");
    values.put("strict", true);
    values.put("days", 7);
    values.put("folders", Arrays.asList("inbox", "sent"));
    values.put("account", inner);
    values.put("accounts", Arrays.asList(inner, inner));
    values.put("nothing", null);
    Bundle bundle = Bundles.of(values);
    assertEquals("mail.example", bundle.getString("server"));
    assertTrue(bundle.getBoolean("strict"));
    assertEquals(7, bundle.getInt("days"));
    assertArrayEquals(new String[] {"inbox", "sent"}, bundle.getStringArray("folders"));
    assertEquals(443, bundle.getBundle("account").getInt("port"));
    assertEquals(2, bundle.getParcelableArray("accounts").length);
    assertEquals(6, bundle.size());
  }

  @Test
  @DisplayName("a kiosk with notifications or the overview has the home button, without which Android refuses them")
  void kiosk() {
    int home = DevicePolicyManager.LOCK_TASK_FEATURE_HOME;
    assertEquals(home | DevicePolicyManager.LOCK_TASK_FEATURE_NOTIFICATIONS, DeviceKiosk.bits(Collections.singleton("notifications")));
    assertEquals(home | DevicePolicyManager.LOCK_TASK_FEATURE_OVERVIEW, DeviceKiosk.bits(Collections.singleton("overview")));
    assertEquals(
        DevicePolicyManager.LOCK_TASK_FEATURE_KEYGUARD | DevicePolicyManager.LOCK_TASK_FEATURE_GLOBAL_ACTIONS,
        DeviceKiosk.bits(new HashSet<String>(Arrays.asList("keyguard", "power"))));
    assertEquals(0, DeviceKiosk.bits(Collections.<String>emptySet()));
    assertThrows(IllegalArgumentException.class, () -> DeviceKiosk.bits(Collections.singleton("cinema")));
  }

  @Test
  @DisplayName("periods without updates are Android's own to judge: ninety days, sixty apart")
  void freezes() {
    UpdateRule rule = new UpdateRule();
    rule.when = "windowed";
    rule.fromMinute = 120;
    rule.toMinute = 240;
    rule.freezes.add(new UpdateRule.Freeze(11, 20, 1, 5));
    assertEquals(1, DeviceUpdates.policy(rule).getFreezePeriods().size());
    rule.freezes.clear();
    rule.freezes.add(new UpdateRule.Freeze(1, 1, 6, 30));
    assertThrows(RuntimeException.class, () -> DeviceUpdates.policy(rule));
    rule.freezes.clear();
    rule.freezes.add(new UpdateRule.Freeze(1, 1, 2, 28));
    rule.freezes.add(new UpdateRule.Freeze(3, 30, 4, 10));
    assertThrows(RuntimeException.class, () -> DeviceUpdates.policy(rule));
  }

  @Test
  @DisplayName("a passphrase is quoted and a key of sixty-four digits is not; a network with a password and no proven server is refused")
  void wifi() {
    assertEquals("\"correct horse\"", WifiNetworks.key("correct horse"));
    String key = String.join("", Collections.nCopies(16, "0aF9"));
    assertEquals(key, WifiNetworks.key(key));
    WifiRule rule = new WifiRule();
    rule.ssid = "倉庫";
    rule.security = "enterprise";
    rule.method = "peap";
    rule.password = "secret";
    assertThrows(IllegalArgumentException.class, () -> WifiNetworks.enterprise(rule));
  }

  @Test
  @DisplayName("digests are base64url without padding")
  void digests() {
    assertEquals("-_8Q", Signers.text(new byte[] {(byte) 251, (byte) 255, 16}));
    assertEquals(43, Signers.text(new byte[32]).length());
  }
}
