package androidx.test.platform.ui;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public class InjectEventSecurityException extends Exception {
  private static final long serialVersionUID = 1;
}
