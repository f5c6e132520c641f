package org.muster.agent.app;

import android.app.Activity;
import android.app.admin.DevicePolicyManager;
import android.content.Intent;
import android.os.Bundle;
import android.os.PersistableBundle;
import java.util.List;
import org.muster.agent.core.Mode;

/** Asked by the system before anything is owned: how shall this device be managed? */
public final class ModeActivity extends Activity {
  static final int REFUSED = 0;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    PersistableBundle extras = Admin.extras(getIntent());
    Mode wished = Mode.of(extras == null ? null : extras.getString(Invitations.MODE));
    List<Integer> allowed = getIntent().getIntegerArrayListExtra(DevicePolicyManager.EXTRA_PROVISIONING_ALLOWED_PROVISIONING_MODES);
    int chosen = choose(wished, allowed);
    if (chosen == REFUSED) setResult(RESULT_CANCELED);
    else {
      Intent answer = new Intent().putExtra(DevicePolicyManager.EXTRA_PROVISIONING_MODE, chosen);
      if (extras != null) answer.putExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE, extras);
      setResult(RESULT_OK, answer);
    }
    finish();
  }

  /**
   * The mode of the invitation if the device allows it; an invitation without one takes as much as is allowed. It never takes more than was said:
   * an invitation to a work profile ends on a device that could only be managed whole. Before Android 12 nothing is listed and all is allowed.
   */
  static int choose(Mode wished, List<Integer> allowed) {
    int[] orders;
    switch (wished) {
      case FULLY_MANAGED:
      case DEDICATED:
        orders = new int[] {DevicePolicyManager.PROVISIONING_MODE_FULLY_MANAGED_DEVICE};
        break;
      case COMPANY_PROFILE:
        orders = new int[] {DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE};
        break;
      case WORK_PROFILE:
        orders = new int[] {
          DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE_ON_PERSONAL_DEVICE, DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE,
        };
        break;
      default:
        orders = new int[] {
          DevicePolicyManager.PROVISIONING_MODE_FULLY_MANAGED_DEVICE,
          DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE_ON_PERSONAL_DEVICE,
          DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE,
        };
    }
    if (allowed == null || allowed.isEmpty())
      return wished == Mode.WORK_PROFILE ? DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE : orders[0];
    for (int mode : orders) if (allowed.contains(mode)) return mode;
    return REFUSED;
  }
}
