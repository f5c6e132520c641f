package org.muster.agent.app;

import android.app.admin.DeviceAdminReceiver;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.Intent;
import android.os.PersistableBundle;
import android.os.UserHandle;
import org.muster.agent.R;
import org.muster.agent.core.Agent;

/** What the system tells the admin. */
public final class Admin extends DeviceAdminReceiver {
  /** Older Android ends the provisioning here; newer ones also show {@link ComplianceActivity}. Both may come, in either order. */
  @Override
  public void onProfileProvisioningComplete(Context context, Intent intent) {
    Engine engine = Engine.of(context);
    Invitations.keep(engine.device, extras(intent));
    begin(engine);
    engine.contact(Agent.Wake.own(), null);
  }

  @SuppressWarnings("deprecation")
  static PersistableBundle extras(Intent intent) {
    return intent.getParcelableExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE);
  }

  /** A new work profile is invisible until it is named and enabled. */
  static void begin(Engine engine) {
    Device device = engine.device;
    if (!device.dpm.isProfileOwnerApp(device.context.getPackageName())) return;
    String organization = Invitations.organization(device);
    if (organization != null) device.dpm.setProfileName(device.admin, organization);
    device.dpm.setProfileEnabled(device.admin);
  }

  @Override
  public void onPasswordChanged(Context context, Intent intent, UserHandle user) {
    Engine engine = Engine.of(context);
    engine.happened("passcode.changed");
    engine.contact(Agent.Wake.own(), null);
  }

  @Override
  public void onPasswordFailed(Context context, Intent intent, UserHandle user) {
    Engine.of(context).happened("passcode.failed");
  }

  @Override
  public void onLockTaskModeEntering(Context context, Intent intent, String name) {
    Engine.of(context).happened("kiosk.entered");
  }

  @Override
  public void onLockTaskModeExiting(Context context, Intent intent) {
    Engine.of(context).happened("kiosk.left");
  }

  @Override
  public void onSystemUpdatePending(Context context, Intent intent, long receivedAt) {
    Engine engine = Engine.of(context);
    engine.happened("update.waiting");
    engine.contact(Agent.Wake.own(), null);
  }

  @Override
  public CharSequence onDisableRequested(Context context, Intent intent) {
    return context.getString(R.string.refused);
  }

  @Override
  public void onTransferOwnershipComplete(Context context, PersistableBundle extras) {
    Engine engine = Engine.of(context);
    Invitations.keep(engine.device, extras);
    engine.contact(Agent.Wake.own(), null);
  }
}
