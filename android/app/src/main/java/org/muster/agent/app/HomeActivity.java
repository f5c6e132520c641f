package org.muster.agent.app;

import android.app.Activity;
import android.content.Intent;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import org.muster.agent.R;

/** The home screen of a kiosk: its apps and nothing else. A kiosk with one app is in that app, always. */
public final class HomeActivity extends Activity {
  private Page page;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    page = new Page(this);
  }

  @Override
  protected void onResume() {
    super.onResume();
    Device device = Engine.of(this).device;
    if (device.dpm.isLockTaskPermitted(getPackageName())) startLockTask();
    String apps = device.notes().getString(DeviceKiosk.APPS, "");
    String[] names = apps.isEmpty() ? new String[0] : apps.split("\n");
    Intent only = names.length == 1 ? getPackageManager().getLaunchIntentForPackage(names[0]) : null;
    if (only != null) startActivity(only);
    else show(names);
  }

  private void show(String[] names) {
    page.clear();
    int shown = 0;
    for (String name : names) if (tile(name)) shown += 1;
    if (shown == 0) page.title(getString(R.string.home_empty));
  }

  private boolean tile(String name) {
    PackageManager packages = getPackageManager();
    final Intent start = packages.getLaunchIntentForPackage(name);
    if (start == null || name.equals(getPackageName())) return false;
    try {
      ApplicationInfo app = packages.getApplicationInfo(name, 0);
      Button tile = new Button(this);
      tile.setAllCaps(false);
      tile.setText(app.loadLabel(packages));
      tile.setCompoundDrawablesRelativeWithIntrinsicBounds(app.loadIcon(packages), null, null, null);
      tile.setOnClickListener(new View.OnClickListener() {
        @Override
        public void onClick(View view) {
          startActivity(start);
        }
      });
      page.add(tile, ViewGroup.LayoutParams.MATCH_PARENT);
      return true;
    } catch (PackageManager.NameNotFoundException gone) {
      return false;
    }
  }

  /** There is no way back from home. */
  @Override
  @SuppressWarnings("deprecation")
  public void onBackPressed() {}
}
