package org.muster.agent.app;

import android.app.Activity;
import android.app.admin.DevicePolicyManager;
import android.content.Intent;
import android.os.Bundle;
import android.os.PersistableBundle;
import org.muster.agent.R;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** An invitation on a personal device: says what the organization will be able to do, and what not, before anything happens. */
public final class InvitationActivity extends Activity {
  private static final int SET_UP = 1;

  private Page page;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    page = new Page(this);
    Engine engine = Engine.of(this);
    PersistableBundle extras = Invitations.read(getIntent().getData());
    if (extras == null) page.title(getString(R.string.enroll_bad_link));
    else if (engine.device.mode() == Mode.UNMANAGED) explain(engine, extras);
    else enroll(engine, extras);
  }

  private void explain(Engine engine, final PersistableBundle extras) {
    String organization = Page.organization(this, extras.getString(Invitations.ORGANIZATION));
    page.title(getString(R.string.enroll_title, organization));
    page.text(getString(R.string.mode_personal, organization));
    page.heading(getString(R.string.can_title));
    page.list(getString(R.string.can_personal));
    page.heading(getString(R.string.cannot_title));
    page.list(getString(R.string.cannot_personal));
    if (!engine.device.dpm.isProvisioningAllowed(DevicePolicyManager.ACTION_PROVISION_MANAGED_PROFILE)) {
      page.alarm(getString(R.string.enroll_cannot));
      return;
    }
    page.button(getString(R.string.enroll_start), new Runnable() {
      @Override
      public void run() {
        setUp(extras);
      }
    });
    page.button(getString(R.string.enroll_cancel), new Runnable() {
      @Override
      public void run() {
        finish();
      }
    });
  }

  /** Whatever the link says, a device its person sets up this way gets a work profile and no more. */
  @SuppressWarnings("deprecation")
  private void setUp(PersistableBundle extras) {
    extras.putString(Invitations.MODE, Mode.WORK_PROFILE.word);
    startActivityForResult(
        new Intent(DevicePolicyManager.ACTION_PROVISION_MANAGED_PROFILE)
            .putExtra(DevicePolicyManager.EXTRA_PROVISIONING_DEVICE_ADMIN_COMPONENT_NAME, Engine.of(this).device.admin)
            .putExtra(DevicePolicyManager.EXTRA_PROVISIONING_ADMIN_EXTRAS_BUNDLE, extras),
        SET_UP);
  }

  @Override
  @SuppressWarnings("deprecation")
  protected void onActivityResult(int request, int result, Intent data) {
    if (request == SET_UP && result == RESULT_OK) finish();
  }

  /**
   * A device that was given to the agent without an invitation, over a cable. One that is enrolled, or has an invitation and only waits for its
   * network, takes no other: whoever gets its person to open a link must not get the device.
   */
  private void enroll(final Engine engine, PersistableBundle extras) {
    if (engine.enrolled()) {
      page.title(getString(R.string.enroll_done));
      return;
    }
    if (Invitations.kept(engine.device) == null) Invitations.keep(engine.device, extras);
    page.title(getString(R.string.enrolling, Page.organization(this, Invitations.organization(engine.device))));
    page.progress();
    engine.contact(Agent.Wake.own(), new Engine.Listener() {
      @Override
      public void told(Outcome outcome) {
        page.clear();
        page.title(getString(outcome.isDone() ? R.string.enroll_done : R.string.enroll_later));
        if (outcome.detail != null) page.quiet(outcome.detail);
      }
    });
  }
}
