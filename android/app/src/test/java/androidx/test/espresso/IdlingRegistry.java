package androidx.test.espresso;

import android.os.Looper;
import java.util.Collection;
import java.util.Collections;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class IdlingRegistry {
  private static final IdlingRegistry INSTANCE = new IdlingRegistry();

  private IdlingRegistry() {}

  public static IdlingRegistry getInstance() {
    return INSTANCE;
  }

  public Collection<IdlingResource> getResources() {
    return Collections.emptyList();
  }

  public Collection<Looper> getLoopers() {
    return Collections.emptyList();
  }
}
