package androidx.test.internal.runner.lifecycle;

import android.app.Activity;
import androidx.test.runner.lifecycle.ActivityLifecycleCallback;
import androidx.test.runner.lifecycle.ActivityLifecycleMonitor;
import androidx.test.runner.lifecycle.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Part of the few names of AndroidX Test that Robolectric wants to find; see the README. Nothing here does more than its tests need. */
public final class ActivityLifecycleMonitorImpl implements ActivityLifecycleMonitor {
  private final Map<Activity, Stage> stages = new LinkedHashMap<Activity, Stage>();

  public void signalLifecycleChange(Stage stage, Activity activity) {
    stages.put(activity, stage);
  }

  @Override
  public void addLifecycleCallback(ActivityLifecycleCallback callback) {}

  @Override
  public void removeLifecycleCallback(ActivityLifecycleCallback callback) {}

  @Override
  public Stage getLifecycleStageOf(Activity activity) {
    return stages.get(activity);
  }

  @Override
  public Collection<Activity> getActivitiesInStage(Stage stage) {
    List<Activity> activities = new ArrayList<Activity>();
    for (Map.Entry<Activity, Stage> entry : stages.entrySet()) if (entry.getValue() == stage) activities.add(entry.getKey());
    return activities;
  }
}
