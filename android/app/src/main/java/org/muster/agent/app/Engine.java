package org.muster.agent.app;

import android.content.Context;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import java.io.File;
import java.util.Collections;
import java.util.Map;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Agents;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** The agent of this process: one thread on which it thinks, one on which it waits to be woken. */
final class Engine {
  private static final long RECONNECT_MS = 60_000;
  private static Engine only;

  final Device device;
  private final Agent agent;
  private final Handler worker;
  private boolean waiting;

  private Engine(Context context) {
    device = new Device(context);
    agent = Agents.open(new DpmPort(context), new File(context.getFilesDir(), "agent"));
    HandlerThread thread = new HandlerThread("agent");
    thread.start();
    worker = new Handler(thread.getLooper());
  }

  static synchronized Engine of(Context context) {
    if (only == null) only = new Engine(context.getApplicationContext());
    return only;
  }

  /** Hears what came of something; on the main thread. */
  interface Listener {
    void told(Outcome outcome);
  }

  /** Speaks with the server soon, or enrolls if that has not been possible yet; then plans the next time. */
  void contact(final Agent.Wake wake, final Listener listener) {
    worker.post(new Runnable() {
      @Override
      public void run() {
        Outcome outcome = enrollIfNeeded();
        if (agent.enrolled()) {
          Rhythm.plan(device.context, agent.contact(wake));
          Timetable.plan(device.context, agent.keepTime());
        } else if (Invitations.kept(device) != null) Rhythm.plan(device.context, Rhythm.RETRY_MS);
        tell(listener, outcome);
      }
    });
  }

  /** Does what the document says for this hour, then calls back. */
  void keepTime(final Runnable done) {
    worker.post(new Runnable() {
      @Override
      public void run() {
        try {
          Timetable.plan(device.context, agent.keepTime());
        } finally {
          done.run();
        }
      }
    });
  }

  private Outcome enrollIfNeeded() {
    Agent.Invitation invitation = Invitations.kept(device);
    if (agent.enrolled()) return Outcome.done();
    if (invitation == null) return Outcome.failed("There is no invitation.");
    if (device.mode() == Mode.UNMANAGED) return Outcome.managementMode(Mode.UNMANAGED);
    Outcome outcome = agent.enroll(invitation);
    if (outcome.isDone()) Invitations.spend(device);
    return outcome;
  }

  private static void tell(final Listener listener, final Outcome outcome) {
    if (listener == null) return;
    new Handler(Looper.getMainLooper()).post(new Runnable() {
      @Override
      public void run() {
        listener.told(outcome);
      }
    });
  }

  void happened(final String type) {
    happened(type, Collections.<String, Object>emptyMap());
  }

  void happened(final String type, final Map<String, Object> data) {
    worker.post(new Runnable() {
      @Override
      public void run() {
        agent.happened(type, data);
      }
    });
  }

  boolean enrolled() {
    return agent.enrolled();
  }

  Agent.Status status() {
    return agent.status();
  }

  /** Keeps a connection over which the server can wake the device, as long as this process lives. */
  synchronized void stayAwake() {
    if (waiting) return;
    waiting = true;
    Thread thread = new Thread("waiting") {
      @Override
      public void run() {
        waitForever();
      }
    };
    thread.setDaemon(true);
    thread.start();
  }

  private void waitForever() {
    while (true) {
      Agent.Wake wake = agent.enrolled() ? agent.await() : null;
      if (wake != null) contact(wake, null);
      else
        try {
          Thread.sleep(RECONNECT_MS);
        } catch (InterruptedException end) {
          return;
        }
    }
  }
}
