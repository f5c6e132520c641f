package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class InstrumentationRegistry {
  private static Instrumentation instance;

  private InstrumentationRegistry() {}

  public static void registerInstance(Instrumentation registered, Bundle arguments) {
    instance = registered;
  }

  public static Instrumentation getInstrumentation() {
    return instance;
  }
}
