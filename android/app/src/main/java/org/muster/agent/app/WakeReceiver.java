package org.muster.agent.app;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import org.muster.agent.core.Agent;

/** The device has started, or the agent has been replaced by a newer one. */
public final class WakeReceiver extends BroadcastReceiver {
  @Override
  public void onReceive(Context context, Intent intent) {
    Engine engine = Engine.of(context);
    boolean started = Intent.ACTION_BOOT_COMPLETED.equals(intent.getAction());
    engine.happened(started ? "device.started" : "agent.replaced");
    new DeviceKiosk(engine.device).resume();
    engine.contact(Agent.Wake.own(), null);
  }
}
