package androidx.test.runner.intent;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class IntentMonitorRegistry {
  private static IntentMonitor instance;

  private IntentMonitorRegistry() {}

  public static void registerInstance(IntentMonitor registered) {
    instance = registered;
  }

  public static IntentMonitor getInstance() {
    return instance;
  }
}
