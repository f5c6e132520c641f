package org.muster.agent.app;

import android.os.Handler;
import android.os.HandlerThread;
import java.util.concurrent.Executor;

/** The thread on which Android answers the agent, so that the agent's own thread can wait for the answer. */
final class Background {
  private static Handler handler;

  private Background() {}

  static synchronized Handler handler() {
    if (handler == null) {
      HandlerThread thread = new HandlerThread("answers");
      thread.start();
      handler = new Handler(thread.getLooper());
    }
    return handler;
  }

  static Executor executor() {
    return new Executor() {
      @Override
      public void execute(Runnable work) {
        handler().post(work);
      }
    };
  }
}
