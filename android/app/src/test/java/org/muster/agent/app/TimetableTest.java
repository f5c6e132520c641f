package org.muster.agent.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.app.AlarmManager;
import android.content.Context;
import android.os.SystemClock;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowAlarmManager;

/** Hours at which something else holds, on the Android Robolectric plays. */
@RunWith(RobolectricTestRunner.class)
public class TimetableTest {
  @Test
  public void oneAlarmStandsForTheNextHourAlsoWhileTheDeviceSleeps() {
    Context context = RuntimeEnvironment.getApplication();
    ShadowAlarmManager alarms = Shadows.shadowOf((AlarmManager) context.getSystemService(Context.ALARM_SERVICE));
    Timetable.plan(context, 7_200_000);
    Timetable.plan(context, 3_600_000);
    assertEquals(1, alarms.getScheduledAlarms().size());
    ShadowAlarmManager.ScheduledAlarm next = alarms.peekNextScheduledAlarm();
    assertEquals(AlarmManager.ELAPSED_REALTIME_WAKEUP, next.getType());
    assertEquals(SystemClock.elapsedRealtime() + 3_600_000, next.getTriggerAtMs());
    assertTrue(next.isAllowWhileIdle());
    assertEquals(Timetable.HOUR, Shadows.shadowOf(next.operation).getSavedIntent().getAction());
    Timetable.plan(context, Long.MAX_VALUE);
    assertNull(alarms.peekNextScheduledAlarm());
  }
}
