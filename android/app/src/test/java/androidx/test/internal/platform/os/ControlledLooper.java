package androidx.test.internal.platform.os;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public interface ControlledLooper {}
