package org.muster.agent.app;

import android.app.admin.DeviceAdminService;
import org.muster.agent.core.Agent;

/** Bound by the system as long as the agent owns the device or profile, which keeps the process alive without a notification. */
public final class AgentService extends DeviceAdminService {
  @Override
  public void onCreate() {
    super.onCreate();
    Engine engine = Engine.of(this);
    engine.stayAwake();
    engine.contact(Agent.Wake.own(), null);
  }
}
