package org.muster.agent.app;

import android.app.PendingIntent;
import android.content.Intent;
import android.content.IntentSender;
import android.content.pm.PackageInfo;
import android.content.pm.PackageInstaller;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.UserManager;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** Installs and uninstalls packages: without a word on company devices, with the person's consent in a personal device's work profile. */
final class Installer {
  static final String ACTION = "org.muster.agent.SESSION";
  static final String KEY = "key";

  private static final long PATIENCE_S = 600;
  private static final int BUFFER = 65_536;
  private static final String LIFTED = "installBanLifted";
  /** The waiting callers; a session's end may also come after a restart, when nobody waits any more. */
  private static final Map<String, Answer> WAITING = new ConcurrentHashMap<String, Answer>();

  private final Device device;

  Installer(Device device) {
    this.device = device;
  }

  /** What the system said of a session. */
  static final class Answer {
    private final CountDownLatch given = new CountDownLatch(1);
    private Outcome outcome;

    void give(Outcome said) {
      outcome = said;
      given.countDown();
    }

    Outcome await() throws InterruptedException {
      if (!given.await(PATIENCE_S, TimeUnit.SECONDS)) return Outcome.failed("The device did not answer in time.");
      return outcome;
    }
  }

  static void answer(String key, Outcome outcome) {
    Answer waiting = WAITING.remove(key);
    if (waiting != null) waiting.give(outcome);
  }

  Outcome install(String name, File apk, String signer) throws Exception {
    PackageManager packages = device.context.getPackageManager();
    PackageInfo inside = packages.getPackageArchiveInfo(apk.getPath(), Signers.flag());
    if (inside == null) return Outcome.failed("The file is not an app this device can read.");
    if (!inside.packageName.equals(name)) return Outcome.refused("package-other", "The file holds " + inside.packageName + ".");
    if (signer != null && !Signers.all(inside).contains(signer))
      return Outcome.refused("signer", "Another signer than promised: " + Signers.current(inside));
    boolean lifted = liftBan();
    try {
      Outcome outcome = commit(name, apk, "install:" + name);
      return outcome.isDone() && signer != null ? confirm(name, signer) : outcome;
    } finally {
      if (lifted) restoreBan();
    }
  }

  /** What was installed is asked again: between the file and the device lies a copy. */
  private Outcome confirm(String name, String signer) throws PackageManager.NameNotFoundException {
    PackageInfo installed = device.context.getPackageManager().getPackageInfo(name, Signers.flag());
    boolean same = Signers.all(installed).contains(signer);
    return Device.answered(same, "The installed app has another signer: " + Signers.current(installed));
  }

  private Outcome commit(String name, File apk, String key) throws Exception {
    PackageInstaller installer = device.context.getPackageManager().getPackageInstaller();
    PackageInstaller.SessionParams params = new PackageInstaller.SessionParams(PackageInstaller.SessionParams.MODE_FULL_INSTALL);
    params.setAppPackageName(name);
    params.setSize(apk.length());
    if (device.apiLevel() >= Build.VERSION_CODES.S)
      params.setRequireUserAction(PackageInstaller.SessionParams.USER_ACTION_NOT_REQUIRED);
    if (device.apiLevel() >= Build.VERSION_CODES.TIRAMISU) params.setPackageSource(PackageInstaller.PACKAGE_SOURCE_OTHER);
    int id = installer.createSession(params);
    PackageInstaller.Session session = installer.openSession(id);
    Answer answer = new Answer();
    try {
      write(session, apk);
      WAITING.put(key, answer);
      session.commit(sender(id, key));
    } catch (IOException trouble) {
      session.abandon();
      WAITING.remove(key);
      throw trouble;
    } finally {
      session.close();
    }
    return answer.await();
  }

  private static void write(PackageInstaller.Session session, File apk) throws IOException {
    try (InputStream in = new FileInputStream(apk);
        OutputStream out = session.openWrite("base.apk", 0, apk.length())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) out.write(buffer, 0, read);
      session.fsync(out);
    }
  }

  Outcome uninstall(String name) throws Exception {
    if (name.equals(device.context.getPackageName())) return Outcome.failed("The agent leaves by an order of its own.");
    try {
      device.context.getPackageManager().getPackageInfo(name, 0);
    } catch (PackageManager.NameNotFoundException gone) {
      return Outcome.done();
    }
    // What people may not uninstall, Android does not let the agent uninstall either.
    device.dpm.setUninstallBlocked(device.admin, name, false);
    String key = "uninstall:" + name;
    Answer answer = new Answer();
    WAITING.put(key, answer);
    device.context.getPackageManager().getPackageInstaller().uninstall(name, sender(name.hashCode(), key));
    return answer.await();
  }

  private IntentSender sender(int code, String key) {
    Intent intent = new Intent(ACTION).setClass(device.context, InstallReceiver.class).putExtra(KEY, key);
    // The system writes its answer into the intent.
    int mutable = device.apiLevel() >= Build.VERSION_CODES.S ? PendingIntent.FLAG_MUTABLE : 0;
    return PendingIntent.getBroadcast(device.context, code, intent, PendingIntent.FLAG_UPDATE_CURRENT | mutable).getIntentSender();
  }

  /** Under the restriction that keeps people from installing, the agent could not install either. */
  private boolean liftBan() {
    if (device.mode() == Mode.UNMANAGED) return false;
    if (!device.dpm.getUserRestrictions(device.admin).getBoolean(UserManager.DISALLOW_INSTALL_APPS)) return false;
    device.notes().edit().putBoolean(LIFTED, true).commit();
    device.dpm.clearUserRestriction(device.admin, UserManager.DISALLOW_INSTALL_APPS);
    return true;
  }

  /** Puts the restriction back, also when the agent was killed in between. */
  void restoreBan() {
    if (!device.notes().getBoolean(LIFTED, false) || device.mode() == Mode.UNMANAGED) return;
    device.dpm.addUserRestriction(device.admin, UserManager.DISALLOW_INSTALL_APPS);
    device.notes().edit().remove(LIFTED).commit();
  }
}
