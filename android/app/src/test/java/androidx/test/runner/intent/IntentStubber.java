package androidx.test.runner.intent;

import android.app.Instrumentation;
import android.content.Intent;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public interface IntentStubber {
  Instrumentation.ActivityResult getActivityResultForIntent(Intent intent);
}
