package androidx.test.internal.platform.util;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class TestOutputEmitter {
  private TestOutputEmitter() {}

  public static void dumpThreadStates(String file) {}
}
