package org.muster.agent.app;

import android.content.Intent;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.content.pm.ResolveInfo;
import android.os.Build;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.muster.agent.core.InstalledApp;

/**
 * What is installed. A package manager answers for its own user: in a work profile it sees the profile and never the personal side. Apps
 * that the agent itself hides count as not installed, so they are asked for as well; of what is not installed here nothing else is taken.
 */
final class Inventory {
  private static final int BUFFER = 65_536;

  private final PackageManager packages;
  private final Hidden hidden;

  /** Whether the agent hides an app. */
  interface Hidden {
    boolean is(String name);
  }

  Inventory(PackageManager packages, Hidden hidden) {
    this.packages = packages;
    this.hidden = hidden;
  }

  List<InstalledApp> read(boolean hashes) {
    List<InstalledApp> apps = new ArrayList<InstalledApp>();
    Set<String> launchable = launchable();
    int flags = Signers.flag() | PackageManager.GET_PERMISSIONS;
    for (PackageInfo info : packages.getInstalledPackages(flags | PackageManager.MATCH_UNINSTALLED_PACKAGES)) {
      if (info.applicationInfo == null) continue;
      boolean installed = (info.applicationInfo.flags & ApplicationInfo.FLAG_INSTALLED) != 0;
      boolean kept = hidden.is(info.packageName);
      if (!installed && !kept) continue;
      InstalledApp app = app(info, hashes);
      app.hidden = kept;
      // What is hidden has its place again when it is shown.
      app.launchable = kept || launchable.contains(app.name);
      apps.add(app);
    }
    return apps;
  }

  /** What has a place on the home screen, also while it rests. */
  private Set<String> launchable() {
    Intent start = new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER);
    Set<String> names = new HashSet<String>();
    for (ResolveInfo one : packages.queryIntentActivities(start, PackageManager.MATCH_DISABLED_UNTIL_USED_COMPONENTS)) names.add(one.activityInfo.packageName);
    return names;
  }

  private InstalledApp app(PackageInfo info, boolean hashes) {
    ApplicationInfo application = info.applicationInfo;
    InstalledApp app = new InstalledApp();
    app.name = info.packageName;
    app.label = String.valueOf(application.loadLabel(packages));
    app.version = info.versionName;
    app.code = code(info);
    app.signer = Signers.current(info);
    app.installer = installer(info.packageName);
    app.system = (application.flags & ApplicationInfo.FLAG_SYSTEM) != 0;
    app.enabled = application.enabled;
    app.permissions.addAll(granted(info));
    if (hashes) app.hash = hash(application.sourceDir);
    return app;
  }

  @SuppressWarnings("deprecation")
  private long code(PackageInfo info) {
    return Build.VERSION.SDK_INT >= Build.VERSION_CODES.P ? info.getLongVersionCode() : info.versionCode;
  }

  @SuppressWarnings("deprecation")
  private String installer(String name) {
    try {
      if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) return packages.getInstallSourceInfo(name).getInstallingPackageName();
      return packages.getInstallerPackageName(name);
    } catch (PackageManager.NameNotFoundException | IllegalArgumentException gone) {
      return null;
    }
  }

  private List<String> granted(PackageInfo info) {
    List<String> granted = new ArrayList<String>();
    if (info.requestedPermissions == null || info.requestedPermissionsFlags == null) return granted;
    for (int at = 0; at < info.requestedPermissions.length; at += 1) {
      boolean has = (info.requestedPermissionsFlags[at] & PackageInfo.REQUESTED_PERMISSION_GRANTED) != 0;
      if (has && dangerous(info.requestedPermissions[at])) granted.add(info.requestedPermissions[at]);
    }
    return granted;
  }

  @SuppressWarnings("deprecation")
  private boolean dangerous(String permission) {
    try {
      PermissionInfo info = packages.getPermissionInfo(permission, 0);
      return (info.protectionLevel & PermissionInfo.PROTECTION_MASK_BASE) == PermissionInfo.PROTECTION_DANGEROUS;
    } catch (PackageManager.NameNotFoundException unknown) {
      return false;
    }
  }

  private static String hash(String path) {
    try (InputStream in = new FileInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
      return Signers.text(digest.digest());
    } catch (IOException | NoSuchAlgorithmException unreadable) {
      return null;
    }
  }
}
