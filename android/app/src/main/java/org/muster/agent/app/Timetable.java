package org.muster.agent.app;

import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.Build;
import android.os.SystemClock;

/** Has the agent called at the hour at which its document says something else, also while the device sleeps and reaches nobody. */
final class Timetable {
  static final String HOUR = "org.muster.agent.HOUR";

  private Timetable() {}

  /** Plans the next such hour and forgets the one before; {@link Long#MAX_VALUE}: there is none. */
  static void plan(Context context, long inMs) {
    AlarmManager alarms = (AlarmManager) context.getSystemService(Context.ALARM_SERVICE);
    Intent intent = new Intent(HOUR, null, context, WakeReceiver.class);
    PendingIntent hour = PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_UPDATE_CURRENT | PendingIntent.FLAG_IMMUTABLE);
    alarms.cancel(hour);
    if (inMs == Long.MAX_VALUE) return;
    long at = SystemClock.elapsedRealtime() + inMs;
    // Without leave to be exact, a device that sleeps may be some minutes late.
    boolean exact = Build.VERSION.SDK_INT < Build.VERSION_CODES.S || alarms.canScheduleExactAlarms();
    if (exact) alarms.setExactAndAllowWhileIdle(AlarmManager.ELAPSED_REALTIME_WAKEUP, at, hour);
    else alarms.setAndAllowWhileIdle(AlarmManager.ELAPSED_REALTIME_WAKEUP, at, hour);
  }
}
