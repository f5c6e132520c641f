package org.muster.agent.app;

import android.Manifest;
import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.os.Build;
import org.muster.agent.R;

/** What the agent tells the person outside its own screens. */
final class Notices {
  private static final String CHANNEL = "organization";

  private final Device device;
  private final NotificationManager notifications;

  Notices(Device device) {
    this.device = device;
    this.notifications = (NotificationManager) device.context.getSystemService(Context.NOTIFICATION_SERVICE);
  }

  /** Shows it; false where the person has silenced the agent. The same key replaces what was shown under it. */
  boolean show(String key, String title, String text, PendingIntent open) {
    permit();
    notifications.createNotificationChannel(
        new NotificationChannel(CHANNEL, device.context.getString(R.string.channel_organization), NotificationManager.IMPORTANCE_HIGH));
    Notification.Builder notice = new Notification.Builder(device.context, CHANNEL)
        .setSmallIcon(R.drawable.notice)
        .setContentTitle(title)
        .setContentText(text)
        .setStyle(new Notification.BigTextStyle().bigText(text))
        .setAutoCancel(true);
    if (open != null) notice.setContentIntent(open);
    notifications.notify(key.hashCode(), notice.build());
    return notifications.areNotificationsEnabled();
  }

  void withdraw(String key) {
    notifications.cancel(key.hashCode());
  }

  /** Since Android 13 an app asks before it notifies; the owner of a device or profile may answer for itself. */
  private void permit() {
    if (device.apiLevel() < Build.VERSION_CODES.TIRAMISU || notifications.areNotificationsEnabled()) return;
    int granted = DevicePolicyManager.PERMISSION_GRANT_STATE_GRANTED;
    device.dpm.setPermissionGrantState(device.admin, device.context.getPackageName(), Manifest.permission.POST_NOTIFICATIONS, granted);
  }
}
