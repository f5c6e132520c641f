package androidx.test.runner.lifecycle;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class ActivityLifecycleMonitorRegistry {
  private static ActivityLifecycleMonitor instance;

  private ActivityLifecycleMonitorRegistry() {}

  public static void registerInstance(ActivityLifecycleMonitor registered) {
    instance = registered;
  }

  public static ActivityLifecycleMonitor getInstance() {
    return instance;
  }
}
