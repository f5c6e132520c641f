package org.muster.agent.app;

import android.app.job.JobParameters;
import android.app.job.JobService;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Outcome;

/** A planned contact. */
public final class ContactJob extends JobService {
  @Override
  public boolean onStartJob(final JobParameters job) {
    Engine.of(this).contact(Agent.Wake.own(), new Engine.Listener() {
      @Override
      public void told(Outcome outcome) {
        jobFinished(job, false);
      }
    });
    return true;
  }

  /** The network went away in the middle: the system plans it again. */
  @Override
  public boolean onStopJob(JobParameters job) {
    return true;
  }
}
