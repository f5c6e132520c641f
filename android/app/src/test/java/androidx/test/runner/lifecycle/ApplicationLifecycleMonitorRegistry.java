package androidx.test.runner.lifecycle;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class ApplicationLifecycleMonitorRegistry {
  private static ApplicationLifecycleMonitor instance;

  private ApplicationLifecycleMonitorRegistry() {}

  public static void registerInstance(ApplicationLifecycleMonitor registered) {
    instance = registered;
  }

  public static ApplicationLifecycleMonitor getInstance() {
    return instance;
  }
}
