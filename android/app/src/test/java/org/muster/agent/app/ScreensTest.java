package org.muster.agent.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.app.admin.DevicePolicyManager;
import android.content.Intent;
import android.net.Uri;
import android.os.PersistableBundle;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.io.File;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.muster.agent.core.FolderKeep;
import org.muster.agent.core.Json;
import org.muster.agent.core.LostNote;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Said;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** What people see, on the Android Robolectric plays. */
@RunWith(RobolectricTestRunner.class)
public class ScreensTest {
  /** All the words of a screen. */
  private static String words(Activity activity) {
    StringBuilder words = new StringBuilder();
    collect(activity.findViewById(android.R.id.content), words);
    return words.toString();
  }

  private static void collect(View view, StringBuilder words) {
    if (view instanceof TextView) words.append(((TextView) view).getText()).append('\n');
    if (!(view instanceof ViewGroup)) return;
    ViewGroup group = (ViewGroup) view;
    for (int at = 0; at < group.getChildCount(); at += 1) collect(group.getChildAt(at), words);
  }

  private static Activity open(Class<? extends Activity> screen, Intent intent) {
    return Robolectric.buildActivity(screen, intent).create().start().resume().get();
  }

  @Test
  @Config(qualifiers = "sv")
  public void theStatusSaysWhatTheOrganizationCannotDo() {
    new Box(Mode.WORK_PROFILE);
    String words = words(open(StatusActivity.class, new Intent()));
    assertTrue(words, words.contains("Den här enheten är din. Jobbprofilen, och ingenting annat, hanteras av din organisation."));
    assertTrue(words, words.contains("Radera din enhet\nHitta den"));
  }

  @Test
  @Config(qualifiers = "ja")
  public void aDeviceNobodyManagesSaysHowToEnroll() {
    new Box(Mode.UNMANAGED);
    assertTrue(words(open(StatusActivity.class, new Intent())).contains("この端末はMusterで管理されていません。"));
  }

  @Test
  public void aBadInvitationGoesNowhere() {
    new Box(Mode.UNMANAGED);
    for (String link : new String[] {"muster://enroll", "muster://enroll?u=http%3A%2F%2Fm.example&t=x", "muster://enroll?u=https%3A%2F%2Fm.example"})
      assertTrue(words(open(InvitationActivity.class, new Intent(Intent.ACTION_VIEW, Uri.parse(link)))).contains("damaged"));
  }

  @Test
  public void aLinkAsksForAWorkProfileWhateverItSays() {
    Box box = new Box(Mode.UNMANAGED);
    Uri link = Uri.parse("muster://enroll?u=https%3A%2F%2Fm.example&t=tok&m=fully-managed&o=Example");
    PersistableBundle extras = Invitations.read(link);
    assertEquals("fully-managed", extras.getString("m"));
    String words = words(open(InvitationActivity.class, new Intent(Intent.ACTION_VIEW, link)));
    assertTrue(words, words.contains("Work profile from Example"));
    assertTrue(words, words.contains("Erase your device"));
    assertFalse(box.called("createAndProvision"));
  }

  @Test
  public void aDeviceThatWaitsForItsNetworkTakesNoOtherInvitation() {
    Box box = new Box(Mode.FULLY_MANAGED);
    Device device = new Device(box.context);
    Invitations.keep(device, Invitations.read(Uri.parse("muster://enroll?u=https%3A%2F%2Fours.example&t=ours")));
    open(InvitationActivity.class, new Intent(Intent.ACTION_VIEW, Uri.parse("muster://enroll?u=https%3A%2F%2Fevil.example&t=evil")));
    assertEquals("https://ours.example", Invitations.kept(device).server);
    assertEquals("ours", Invitations.kept(device).token);
  }

  @Test
  @SuppressWarnings("deprecation")
  public void theSystemIsAnsweredWithTheModeOfTheInvitation() {
    PersistableBundle extras = new PersistableBundle();
    extras.putString("m", "work-profile");
    Intent intent = new Intent(DevicePolicyManager.ACTION_GET_PROVISIONING_MODE).putExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE, extras);
    Activity activity = Robolectric.buildActivity(ModeActivity.class, intent).create().get();
    assertEquals(Activity.RESULT_OK, Shadows.shadowOf(activity).getResultCode());
    Intent answer = Shadows.shadowOf(activity).getResultIntent();
    assertEquals(DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE, answer.getIntExtra(DevicePolicyManager.EXTRA_PROVISIONING_MODE, 0));
    assertEquals("work-profile", ((PersistableBundle) answer.getParcelableExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE)).getString("m"));
  }

  @Test
  public void theStatusSaysWhatIsToldOfTheDeviceAndWhatTheOrganizationSaid() {
    Box box = new Box(Mode.FULLY_MANAGED);
    assertTrue(box.port().care().tell("News", "The server rests on Sunday.").isDone());
    String words = words(open(StatusActivity.class, new Intent()));
    assertTrue(words, words.contains("News\nThe server rests on Sunday."));
    // Before the first document nothing is known to be permitted, so nothing is told.
    assertTrue(words, words.contains("Nothing but that it is in touch."));
  }

  /** A document as the server would have sent it, kept where the agent keeps it. */
  private static void keepDocument(Box box, Map<String, Object> document) {
    File folder = new File(box.context.getFilesDir(), "agent");
    new FolderKeep(folder).write("document", Json.write(document));
  }

  @Test
  @Config(qualifiers = "fr")
  public void theStatusNamesAppsRulesAndFactsInTheLanguageOfTheDevice() {
    Box box = new Box(Mode.FULLY_MANAGED);
    Map<String, Object> collect = Said.map("facts", Arrays.<Object>asList("identity.model", "os.", "security."), "apps", "all");
    keepDocument(box, Said.map("collect", collect, "support", Said.map("org", "Exemple", "url", "https://m.example/my"), "items", Arrays.asList()));
    Map<String, Object> items = Said.map("a", Said.map("kind", "work-time", "version", "1", "state", "applied"));
    items.put("b", Said.map("kind", "app", "version", "1", "state", "failed", "trace", Said.map("package", "org.example.absent")));
    new FolderKeep(new File(box.context.getFilesDir(), "agent")).write("items", Json.write(items));
    Activity activity = open(StatusActivity.class, new Intent());
    String words = words(activity);
    assertTrue(words, words.contains("Temps de travail · appliqué"));
    assertTrue(words, words.contains("Application · org.example.absent · n’a pas pu être appliqué"));
    assertTrue(words, words.contains("Sa version d’Android") && words.contains("Toutes les applications installées"));
    assertFalse(words, words.contains("Son numéro de série"));
    assertTrue(words, words.contains("Applications, appareils et aide sur le web"));
  }

  @Test
  public void aKioskLetsOutWhoKnowsTheCodeAndNobodyElse() {
    Box box = new Box(Mode.DEDICATED);
    box.install("com.example.shop");
    DeviceKiosk kiosk = new DeviceKiosk(new Device(box.context));
    assertTrue(kiosk.allow(Arrays.asList("com.example.shop", "com.example.two"), Collections.<String>emptyList(), true).isDone());
    assertFalse(words(open(HomeActivity.class, new Intent())).contains("Leave the kiosk"));
    assertTrue(kiosk.leaveBy("4711").isDone());
    assertTrue(words(open(HomeActivity.class, new Intent())).contains("Leave the kiosk"));
    assertFalse(new Device(box.context).notes().getAll().toString().contains("4711"));
    assertFalse(kiosk.leave("0000"));
    assertTrue(box.dpm.isLockTaskPermitted("com.example.shop"));
    assertTrue(kiosk.leave("4711"));
    assertFalse(box.dpm.isLockTaskPermitted("com.example.shop"));
    // The next start of the device, or half an hour, puts it back.
    kiosk.resume();
    assertTrue(box.dpm.isLockTaskPermitted("com.example.shop"));
    for (int wrong = 0; wrong < 5; wrong += 1) assertFalse(kiosk.leave("000" + wrong));
    assertFalse("nobody is asked any more for a while", kiosk.leave("4711"));
  }

  @Test
  public void aLostDeviceTellsItsFinderWhomToCall() {
    Box box = new Box(Mode.FULLY_MANAGED);
    box.port().kiosk().showLost(new LostNote("Please bring it back.", "+46 8 555", "Example"));
    assertEquals(LostActivity.class.getName(), Shadows.shadowOf(RuntimeEnvironment.getApplication()).getNextStartedActivity().getComponent().getClassName());
    Activity activity = open(LostActivity.class, new Intent());
    String words = words(activity);
    assertTrue(words, words.contains("This device is lost") && words.contains("Please bring it back.") && words.contains("Call +46 8 555"));
    assertEquals("done", box.port().kiosk().endLost().toString());
    assertTrue(activity.isFinishing());
  }
}
