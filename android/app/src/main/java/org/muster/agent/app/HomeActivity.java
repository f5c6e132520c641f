package org.muster.agent.app;

import android.app.Activity;
import android.content.Intent;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.os.SystemClock;
import android.text.InputType;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.EditText;
import org.muster.agent.R;

/** The home screen of a kiosk: its apps and nothing else. A kiosk with one app is in that app, always. */
public final class HomeActivity extends Activity {
  private static final long QUICK_MS = 10_000;
  private static final int OFTEN = 4;

  private final long[] back = new long[OFTEN];
  private Page page;
  private int times;

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
    DeviceKiosk kiosk = new DeviceKiosk(device);
    if (only != null && !(wanted() && kiosk.hasCode())) startActivity(only);
    else show(names, kiosk);
  }

  /** Whoever comes back from the only app again and again wants out of it. */
  private boolean wanted() {
    long now = SystemClock.elapsedRealtime();
    long first = back[times % OFTEN];
    back[times % OFTEN] = now;
    times += 1;
    return first > 0 && now - first < QUICK_MS;
  }

  private void show(String[] names, DeviceKiosk kiosk) {
    page.clear();
    int shown = 0;
    for (String name : names) if (tile(name)) shown += 1;
    if (shown == 0) page.title(getString(R.string.home_empty));
    if (kiosk.hasCode()) leaving(kiosk);
  }

  private void leaving(final DeviceKiosk kiosk) {
    page.button(getString(R.string.home_leave), new Runnable() {
      @Override
      public void run() {
        ask(kiosk);
      }
    });
  }

  private void ask(final DeviceKiosk kiosk) {
    final EditText code = new EditText(this);
    code.setInputType(InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
    code.setHint(R.string.home_code);
    page.add(code, ViewGroup.LayoutParams.MATCH_PARENT);
    page.button(getString(R.string.go_on), new Runnable() {
      @Override
      public void run() {
        if (kiosk.leave(code.getText().toString())) finish();
        else page.alarm(getString(R.string.home_wrong));
      }
    });
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
