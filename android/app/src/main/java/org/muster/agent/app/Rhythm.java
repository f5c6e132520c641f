package org.muster.agent.app;

import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.ComponentName;
import android.content.Context;

/** When the agent contacts the server by itself: once as planned, and every few hours whatever happened to the plan. */
final class Rhythm {
  static final long RETRY_MS = 60_000;

  private static final int PLANNED = 1;
  private static final int SAFETY = 2;
  private static final long SAFETY_MS = 6 * 3_600_000L;

  private Rhythm() {}

  static void plan(Context context, long afterMs) {
    JobScheduler jobs = (JobScheduler) context.getSystemService(Context.JOB_SCHEDULER_SERVICE);
    ComponentName job = new ComponentName(context, ContactJob.class);
    jobs.schedule(new JobInfo.Builder(PLANNED, job)
        .setMinimumLatency(afterMs)
        .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
        .setPersisted(true)
        .build());
    if (jobs.getPendingJob(SAFETY) == null)
      jobs.schedule(new JobInfo.Builder(SAFETY, job)
          .setPeriodic(SAFETY_MS)
          .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
          .setPersisted(true)
          .build());
  }
}
