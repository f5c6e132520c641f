package org.muster.agent.app;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import org.muster.agent.core.Agent;

/** The device has started, the agent has been replaced by a newer one, or it may be another hour by now: one has come, or somebody set the clock. */
public final class WakeReceiver extends BroadcastReceiver {
  @Override
  public void onReceive(Context context, Intent intent) {
    Engine engine = Engine.of(context);
    if (Timetable.HOUR.equals(intent.getAction()) || Intent.ACTION_TIME_CHANGED.equals(intent.getAction())) {
      final PendingResult pending = goAsync();
      engine.keepTime(new Runnable() {
        @Override
        public void run() {
          if (pending != null) pending.finish();
        }
      });
      return;
    }
    if (DeviceTexts.ARRIVED.equals(intent.getAction())) {
      engine.contact(DeviceTexts.wakeIn(intent), null);
      return;
    }
    boolean started = Intent.ACTION_BOOT_COMPLETED.equals(intent.getAction());
    engine.happened(started ? "device.started" : "agent.replaced");
    new DeviceKiosk(engine.device).resume();
    engine.contact(Agent.Wake.own(), null);
  }
}
