package androidx.test.espresso;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public interface IdlingResource {
  String getName();

  boolean isIdleNow();

  void registerIdleTransitionCallback(ResourceCallback callback);

  /** Told when it has become idle. */
  interface ResourceCallback {
    void onTransitionToIdle();
  }
}
