package org.muster.agent.app;

import android.app.Activity;
import android.content.SharedPreferences;
import android.os.Build;
import android.os.Bundle;
import android.view.WindowManager;
import java.lang.ref.WeakReference;
import org.muster.agent.R;

/** What a lost device shows to who finds it, above the lock screen, and the only thing it shows. */
public final class LostActivity extends Activity {
  private static WeakReference<LostActivity> shown = new WeakReference<LostActivity>(null);

  private Page page;

  @Override
  @SuppressWarnings("deprecation")
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    shown = new WeakReference<LostActivity>(this);
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.O_MR1)
      getWindow().addFlags(WindowManager.LayoutParams.FLAG_SHOW_WHEN_LOCKED | WindowManager.LayoutParams.FLAG_TURN_SCREEN_ON);
    page = new Page(this);
  }

  @Override
  protected void onResume() {
    super.onResume();
    Device device = Engine.of(this).device;
    SharedPreferences notes = device.notes();
    if (!notes.getBoolean(DeviceKiosk.LOST, false)) {
      leave();
      return;
    }
    if (device.dpm.isLockTaskPermitted(getPackageName())) startLockTask();
    page.clear();
    page.title(getString(R.string.lost_title));
    String organization = notes.getString(DeviceKiosk.ORGANIZATION, null);
    if (organization != null) page.text(getString(R.string.lost_belongs, organization));
    String message = notes.getString(DeviceKiosk.MESSAGE, null);
    if (message != null) page.text(message);
    // A number to read: a telephone app beside this screen would open the owner's contacts and calls to whoever holds the device.
    String phone = notes.getString(DeviceKiosk.PHONE, null);
    if (phone != null) page.title(getString(R.string.lost_call, phone));
  }

  /** The device has been found. */
  static void close() {
    final LostActivity activity = shown.get();
    if (activity == null) return;
    activity.runOnUiThread(new Runnable() {
      @Override
      public void run() {
        activity.leave();
      }
    });
  }

  private void leave() {
    if (!isFinishing()) {
      stopLockTask();
      finish();
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public void onBackPressed() {}
}
