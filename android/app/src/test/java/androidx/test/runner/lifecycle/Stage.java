package androidx.test.runner.lifecycle;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public enum Stage {
  PRE_ON_CREATE,
  CREATED,
  STARTED,
  RESUMED,
  PAUSED,
  STOPPED,
  RESTARTED,
  DESTROYED
}
