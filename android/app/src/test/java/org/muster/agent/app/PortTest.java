package org.muster.agent.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.app.KeyguardManager;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.InstalledApp;
import org.muster.agent.core.LostNote;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.PasscodeRule;
import org.muster.agent.core.Restriction;
import org.muster.agent.core.UpdateRule;
import org.muster.agent.core.WifiRule;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;

/** Every verb of the port in every mode, on the Android Robolectric plays: an old one and a new one. */
@RunWith(RobolectricTestRunner.class)
public class PortTest {
  private static final byte[] TOKEN = new byte[32];
  private static final List<String> NONE = Collections.emptyList();

  /** Each ability with a way to use it. */
  private static Map<Ability, Callable<Outcome>> uses(DevicePort port) {
    Map<Ability, Callable<Outcome>> uses = new LinkedHashMap<>();
    List<String> one = Collections.singletonList("com.example.one");
    UpdateRule update = new UpdateRule();
    update.when = "postpone";
    UpdateRule freeze = new UpdateRule();
    freeze.when = "automatic";
    freeze.freezes.add(new UpdateRule.Freeze(12, 1, 12, 31));
    uses.put(Ability.ORGANIZATION, () -> port.belong("org_1", "Example"));
    uses.put(Ability.PASSCODE, () -> port.passcode().require(new PasscodeRule()));
    uses.put(Ability.PASSCODE_RESET, () -> port.passcode().prepare(TOKEN));
    uses.put(Ability.LOCK_NOW, () -> port.passcode().lockNow());
    uses.put(Ability.KEYGUARD_FEATURES, () -> port.passcode().hide(Arrays.asList("camera", "fingerprint")));
    uses.put(Ability.KEYGUARD_OFF, () -> port.limits().turn("keyguard", true));
    uses.put(Ability.STATUS_BAR_OFF, () -> port.limits().turn("status-bar", false));
    uses.put(Ability.CAMERA, () -> port.limits().turn("camera", false));
    uses.put(Ability.SCREEN_CAPTURE, () -> port.limits().turn("screen-capture", false));
    uses.put(Ability.SCREEN_AWAKE, () -> port.limits().turn("screen-awake", true));
    uses.put(Ability.MUTE, () -> port.limits().turn("mute", true));
    uses.put(Ability.AUTO_TIME, () -> port.limits().turn("auto-time", true));
    uses.put(Ability.LOCATION_ON, () -> port.limits().turn("location", true));
    uses.put(Ability.USB_DATA, () -> port.limits().turn("usb-data", false));
    uses.put(Ability.BACKUP, () -> port.limits().turn("backup", true));
    uses.put(Ability.LOCK_SCREEN_TEXT, () -> port.limits().lockScreenText("Example"));
    uses.put(Ability.SUPPORT_TEXT, () -> port.limits().supportText("Ask us", "Ask us at 555"));
    uses.put(Ability.APP_INSTALL, () -> port.apps().install("com.example.one", new File("/nothing"), null));
    uses.put(Ability.APP_UNINSTALL, () -> port.apps().uninstall("com.example.one"));
    uses.put(Ability.APP_INSTALL_EXISTING, () -> port.apps().installExisting("com.example.one"));
    uses.put(Ability.APP_ENABLE_SYSTEM, () -> port.apps().enableSystem("com.example.one"));
    uses.put(Ability.APP_HIDE, () -> port.apps().hide("com.example.one", true));
    uses.put(Ability.APP_SUSPEND, () -> port.apps().suspend(one, true));
    uses.put(Ability.APP_KEEP, () -> port.apps().keep("com.example.one", true));
    uses.put(Ability.APP_KEEP_RUNNING, () -> port.apps().keepRunning(one));
    uses.put(Ability.APP_CONFIGURE, () -> port.apps().configure("com.example.one", Collections.singletonMap("a", "b")));
    uses.put(Ability.APP_PERMISSION, () -> port.apps().permit("com.example.one", "android.permission.CAMERA", "deny"));
    uses.put(Ability.PERSONAL_APPS_SUSPEND, () -> port.apps().suspendPersonal(true));
    uses.put(Ability.WIFI, () -> port.network().addWifi(wifi()));
    uses.put(Ability.WIFI_LOCKED, () -> port.network().lockWifi(true));
    uses.put(Ability.WIFI_MIN_SECURITY, () -> port.network().minimumSecurity("enterprise"));
    uses.put(Ability.WIFI_SSIDS, () -> port.network().ssids("allow", Collections.singletonList("Corp")));
    uses.put(Ability.VPN, () -> port.network().alwaysOnVpn(null, false, NONE));
    uses.put(Ability.VPN_EXEMPT, () -> port.network().alwaysOnVpn("com.example.vpn", true, one));
    uses.put(Ability.PRIVATE_DNS, () -> port.network().privateDns("dns.example"));
    uses.put(Ability.PROXY, () -> port.network().proxy("proxy.example", 3128, NONE, null));
    uses.put(Ability.CERTIFICATE, () -> port.trust().removeAuthority(new byte[] {1}));
    uses.put(Ability.KEY_PAIR, () -> port.trust().removeIdentity("wifi"));
    uses.put(Ability.KEY_PAIR_MADE, () -> port.trust().makeKey("own"));
    uses.put(Ability.WIFI_KEY_PAIR, () -> port.network().addWifi(certified()));
    uses.put(Ability.KIOSK, () -> port.kiosk().allow(one, NONE, false));
    uses.put(Ability.KIOSK_FEATURES, () -> port.kiosk().allow(one, Collections.singletonList("home"), false));
    uses.put(Ability.LOST_MODE, () -> port.kiosk().showLost(new LostNote("Call us", "+46 8 555", "Example")));
    uses.put(Ability.LOCATE, () -> port.care().locate(1));
    uses.put(Ability.RING, () -> port.care().ring(1));
    uses.put(Ability.MESSAGE, () -> port.care().tell(null, "The server rests on Sunday."));
    uses.put(Ability.UPDATE_POLICY, () -> port.updates().require(update));
    uses.put(Ability.UPDATE_FREEZE, () -> port.updates().require(freeze));
    uses.put(Ability.RESET_PROTECTION, () -> port.care().resetProtection(Collections.singletonList("a@example.org")));
    uses.put(Ability.WORK_CONTACTS, () -> port.limits().turn("work-contacts", false));
    uses.put(Ability.PERSONAL_CAMERA, () -> port.limits().turn("personal-camera", false));
    uses.put(Ability.PERSONAL_SCREEN_CAPTURE, () -> port.limits().turn("personal-screen-capture", false));
    uses.put(Ability.PROFILE_OFF_LIMIT, () -> port.limits().daysOff(3));
    uses.put(Ability.ACCOUNTS, () -> port.limits().accounts("com.example", false, false));
    uses.put(Ability.PERSONAL_ACCOUNTS, () -> port.limits().accounts("com.example", false, true));
    uses.put(Ability.RESTART, () -> port.care().restart());
    return uses;
  }

  private static WifiRule wifi() {
    WifiRule wifi = new WifiRule();
    wifi.ssid = "Corp";
    wifi.security = "wpa";
    wifi.password = "correct horse";
    return wifi;
  }

  private static WifiRule certified() {
    WifiRule wifi = new WifiRule();
    wifi.ssid = "Office";
    wifi.security = "enterprise";
    wifi.method = "tls";
    wifi.alias = "own";
    return wifi;
  }

  @Test
  public void everyVerbAnswersWhatItsGateSays() throws Exception {
    for (Mode mode : Mode.values()) {
      DevicePort port = new Box(mode).port();
      Mode asked = mode == Mode.COMPANY_PROFILE && port.apiLevel() < 30 ? Mode.WORK_PROFILE : mode;
      assertEquals(asked, port.mode());
      for (Map.Entry<Ability, Callable<Outcome>> use : uses(port).entrySet()) {
        Outcome refusal = use.getKey().gate.refusal(port.apiLevel(), asked);
        Outcome outcome = use.getValue().call();
        String where = use.getKey() + " in " + asked + " on " + port.apiLevel() + ": " + outcome;
        boolean refused = outcome.code.equals(Outcome.API_LEVEL) || outcome.code.equals(Outcome.MANAGEMENT_MODE);
        assertEquals(where, refusal == null ? null : refusal.code, refused ? outcome.code : null);
      }
      for (Restriction restriction : Restriction.all()) {
        Outcome refusal = restriction.gate.refusal(port.apiLevel(), asked);
        Outcome outcome = port.limits().restrict(restriction.key, true);
        assertEquals(restriction.key + " in " + asked + ": " + outcome, refusal == null ? Outcome.DONE : refusal.code, outcome.code);
      }
    }
  }

  @Test
  public void aPersonalDeviceIsNeverErased() {
    Box box = new Box(Mode.WORK_PROFILE);
    for (boolean external : new boolean[] {true, false})
      assertEquals("management-mode: work-profile", box.port().care().erase("lost", external, false).toString());
    assertEquals(0, box.shadow.getWipeCalledTimes());
    assertFalse(box.calls.toString(), box.called("wipe"));
    // Leaving takes the profile along: on a personal device this is all that any erasing call does.
    assertTrue(box.port().care().leave(null).isDone());
    assertEquals(1, box.shadow.getWipeCalledTimes());
    assertFalse(box.calls.toString(), box.called("wipe"));
  }

  @Test
  public void aCompanyDeviceIsErasedByTheCallOfItsAndroid() {
    Box box = new Box(Mode.FULLY_MANAGED);
    assertTrue(box.port().care().erase(null, true, true).isDone());
    boolean newer = box.port().apiLevel() >= 34;
    assertEquals(newer ? 0 : 1, box.shadow.getWipeCalledTimes());
    assertEquals(newer, box.called("wipe"));
  }

  /** From the profile the device is reached through its other side, and on an Android that cannot tell whose it is, not at all. */
  @Test
  public void aCompanyDeviceWithAProfileIsErasedFromOutsideIt() {
    Box box = new Box(Mode.COMPANY_PROFILE);
    Outcome outcome = box.port().care().erase(null, false, true);
    if (box.port().apiLevel() < 30) {
      assertEquals("management-mode: work-profile", outcome.toString());
      assertFalse(box.called("wipe"));
      return;
    }
    assertTrue(outcome.toString(), outcome.isDone());
    assertEquals(0, box.shadow.getWipeCalledTimes());
    assertTrue(box.calls.toString(), box.called("wipeDataWithReason[org.muster.agent, 0, , true, true]"));
  }

  @Test
  public void aDeviceThatIsLetGoKeepsNoRestriction() {
    Box box = new Box(Mode.DEDICATED);
    DevicePort port = box.port();
    assertTrue(port.limits().restrict("no_factory_reset", true).isDone());
    assertTrue(port.kiosk().allow(Collections.singletonList("com.example.one"), NONE, true).isDone());
    box.install("com.example.two");
    assertTrue(port.apps().hide("com.example.two", true).isDone());
    assertTrue(port.apps().keep("com.example.two", true).isDone());
    assertEquals("failed: The device did not let go.", port.care().leave("sold").toString());
    assertTrue(box.called("clearDeviceOwner"));
    assertEquals(0, box.shadow.getWipeCalledTimes());
    assertEquals(0, box.dpm.getLockTaskPackages(box.admin).length);
    assertFalse(box.users().hasUserRestriction("no_factory_reset"));
    assertFalse(box.dpm.isApplicationHidden(box.admin, "com.example.two"));
    assertFalse(box.dpm.isUninstallBlocked(box.admin, "com.example.two"));
  }

  @Test
  public void aLostDeviceShowsOnlyThatAndGoesBackToItsKiosk() {
    Box box = new Box(Mode.DEDICATED);
    DevicePort port = box.port();
    port.kiosk().allow(Arrays.asList("com.example.one", "com.example.two", "com.example.one"), Collections.singletonList("overview"), true);
    assertEquals(Arrays.asList("com.example.one", "com.example.two", "org.muster.agent"), Arrays.asList(box.dpm.getLockTaskPackages(box.admin)));
    assertTrue(port.kiosk().showLost(new LostNote("Call us", "+46 8 555", "Example")).isDone());
    assertEquals(Collections.singletonList("org.muster.agent"), Arrays.asList(box.dpm.getLockTaskPackages(box.admin)));
    // A rule that comes while the device is lost does not end that.
    port.kiosk().allow(Collections.singletonList("com.example.three"), NONE, false);
    assertEquals(Collections.singletonList("org.muster.agent"), Arrays.asList(box.dpm.getLockTaskPackages(box.admin)));
    assertEquals(true, port.facts().get("security.lostMode"));
    assertTrue(port.kiosk().endLost().isDone());
    assertEquals(false, port.facts().get("security.lostMode"));
    assertEquals(Arrays.asList("com.example.three", "org.muster.agent"), Arrays.asList(box.dpm.getLockTaskPackages(box.admin)));
    port.kiosk().allow(NONE, NONE, false);
    assertEquals(0, box.dpm.getLockTaskPackages(box.admin).length);
  }

  @Test
  @SuppressWarnings("deprecation")
  public void aStrengthIsAKindAndALengthBeforeAndroidTwelve() {
    Box box = new Box(Mode.FULLY_MANAGED);
    PasscodeRule rule = new PasscodeRule();
    rule.complexity = "high";
    rule.history = 4;
    rule.lockAfterMs = 60_000;
    box.shadow.setActivePasswordSufficient(true);
    assertTrue(box.port().passcode().require(rule).isDone());
    boolean newer = box.port().apiLevel() >= 31;
    assertEquals(newer ? DevicePolicyManager.PASSWORD_QUALITY_UNSPECIFIED : DevicePolicyManager.PASSWORD_QUALITY_NUMERIC_COMPLEX,
        box.dpm.getPasswordQuality(box.admin));
    assertEquals(newer ? 0 : 8, box.dpm.getPasswordMinimumLength(box.admin));
    assertEquals(newer, box.called("setRequiredPasswordComplexity"));
    assertEquals(4, box.dpm.getPasswordHistoryLength(box.admin));
    assertEquals(60_000, box.dpm.getMaximumTimeToLock(box.admin));
    box.shadow.setActivePasswordSufficient(false);
    assertEquals(Outcome.FAILED, box.port().passcode().require(rule).code);
  }

  @Test
  public void aPasscodeIsReplacedOnlyAfterTheTokenWorks() {
    Box box = new Box(Mode.FULLY_MANAGED);
    Shadows.shadowOf((KeyguardManager) box.context.getSystemService(Context.KEYGUARD_SERVICE)).setIsDeviceSecure(true);
    DevicePort.Passcode passcode = box.port().passcode();
    assertEquals(Outcome.WAITING, passcode.prepare(TOKEN).code);
    assertEquals(Outcome.FAILED, passcode.replace(TOKEN, "4711").code);
    box.shadow.activateResetToken(box.admin);
    assertTrue(passcode.prepared());
    assertTrue(passcode.replace(TOKEN, "4711").isDone());
    assertEquals("4711", box.shadow.getLastSetPassword());
  }

  @Test
  public void theInventorySaysWhoSignedAndInstalled() {
    Box box = new Box(Mode.FULLY_MANAGED);
    box.install("com.example.two");
    InstalledApp app = null;
    for (InstalledApp found : box.port().apps().list(false)) if (found.name.equals("com.example.two")) app = found;
    assertNotNull(app);
    assertEquals("4.2", app.version);
    assertEquals(42, app.code);
    assertEquals(43, app.signer.length());
    assertFalse(app.system);
  }

  @Test
  public void anAppThatIsHiddenIsStillToldOf() {
    Box box = new Box(Mode.WORK_PROFILE);
    box.install("com.example.two");
    assertEquals(Arrays.asList(false), hidden(box, "com.example.two"));
    assertTrue(box.port().apps().hide("com.example.two", true).isDone());
    assertEquals(Arrays.asList(true), hidden(box, "com.example.two"));
    assertTrue(box.port().apps().hide("com.example.two", false).isDone());
    assertEquals(Arrays.asList(false), hidden(box, "com.example.two"));
    assertEquals(Collections.<Boolean>emptyList(), hidden(box, "com.example.three"));
  }

  private static List<Boolean> hidden(Box box, String name) {
    List<Boolean> all = new ArrayList<Boolean>();
    for (InstalledApp app : box.port().apps().list(false)) if (app.name.equals(name)) all.add(app.hidden);
    return all;
  }

  @Test
  public void aPersonalDeviceTellsNothingOfItsPerson() {
    Map<String, Object> facts = new Box(Mode.WORK_PROFILE).port().facts();
    for (String key : Arrays.asList("identity.serial", "cellular.imei", "network.wifiMac", "identity.name", "cellular.carrier", "network.transport", "identity.timeZone"))
      assertNull(key, facts.get(key));
    assertNotNull(facts.get("os.version"));
    assertNull(new Box(Mode.WORK_PROFILE).port().introduction().get("serial"));
    assertNotNull(new Box(Mode.FULLY_MANAGED).port().facts().get("identity.timeZone"));
  }
}
