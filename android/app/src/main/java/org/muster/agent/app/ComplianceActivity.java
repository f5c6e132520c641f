package org.muster.agent.app;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import org.muster.agent.R;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Outcome;

/**
 * The last step of setting up: enrolls and takes the first rules. Any answer but yes would reset the device, so a server that cannot be reached
 * does not stop it; the agent keeps trying.
 */
public final class ComplianceActivity extends Activity implements Engine.Listener {
  private static final long PATIENCE_MS = 60_000;

  private Page page;
  private boolean answered;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    Engine engine = Engine.of(this);
    Invitations.keep(engine.device, Admin.extras(getIntent()));
    Admin.begin(engine);
    page = new Page(this);
    page.title(getString(R.string.enrolling, Page.organization(this, Invitations.organization(engine.device))));
    page.progress();
    engine.contact(Agent.Wake.own(), this);
    new Handler(Looper.getMainLooper()).postDelayed(new Runnable() {
      @Override
      public void run() {
        told(Outcome.failed("no answer in time"));
      }
    }, PATIENCE_MS);
  }

  @Override
  public void told(Outcome outcome) {
    if (answered) return;
    answered = true;
    setResult(RESULT_OK);
    if (outcome.isDone()) {
      finish();
      return;
    }
    page.clear();
    page.title(getString(R.string.enroll_later));
    page.quiet(outcome.detail);
    page.button(getString(R.string.go_on), new Runnable() {
      @Override
      public void run() {
        finish();
      }
    });
  }
}
