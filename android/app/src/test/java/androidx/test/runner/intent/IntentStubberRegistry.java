package androidx.test.runner.intent;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class IntentStubberRegistry {
  private IntentStubberRegistry() {}

  public static boolean isLoaded() {
    return false;
  }

  public static IntentStubber getInstance() {
    throw new IllegalStateException("nothing stands in for intents here");
  }
}
