package org.muster.agent.app;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.net.Uri;
import android.os.Bundle;
import android.text.TextUtils;
import android.text.format.DateUtils;
import java.util.ArrayList;
import java.util.List;
import org.muster.agent.R;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Outcome;

/** Tells the person of the device what is managed, what the organization can do here and what it cannot, and when it was last in touch. */
public final class StatusActivity extends Activity {
  private Page page;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    page = new Page(this);
  }

  @Override
  protected void onResume() {
    super.onResume();
    show();
  }

  private void show() {
    Engine engine = Engine.of(this);
    Mode mode = engine.device.mode();
    page.clear();
    page.title(getString(R.string.app_name));
    if (mode == Mode.UNMANAGED) {
      page.text(getString(R.string.mode_none));
      return;
    }
    Agent.Status status = engine.status();
    String known = status.organization == null ? Invitations.organization(engine.device) : status.organization;
    String organization = Page.organization(this, known);
    page.text(getString(words(mode, R.string.mode_full, R.string.mode_company, R.string.mode_personal), organization));
    page.heading(getString(R.string.can_title));
    page.list(getString(words(mode, R.string.can_full, R.string.can_company, R.string.can_personal)));
    page.heading(getString(R.string.cannot_title));
    page.list(getString(words(mode, R.string.cannot_full, R.string.cannot_company, R.string.cannot_personal)));
    messages(engine.device);
    managed(status);
    known(status, mode);
    contact(status);
    help(status);
  }

  private static int words(Mode mode, int full, int company, int personal) {
    if (mode.ownsDevice()) return full;
    return mode == Mode.COMPANY_PROFILE ? company : personal;
  }

  private void managed(Agent.Status status) {
    page.heading(getString(R.string.managed_title));
    if (status.items == null || status.items.isEmpty()) {
      page.quiet(getString(R.string.managed_nothing));
      return;
    }
    for (Agent.Status.Item item : status.items) page.text(what(item) + " · " + getString(state(item.state)));
  }

  private String what(Agent.Status.Item item) {
    if (item.app == null) return kind(item.kind);
    try {
      PackageManager packages = getPackageManager();
      return kind(item.kind) + " · " + packages.getApplicationInfo(item.app, PackageManager.MATCH_UNINSTALLED_PACKAGES).loadLabel(packages);
    } catch (PackageManager.NameNotFoundException notHere) {
      return kind(item.kind) + " · " + item.app;
    }
  }

  private void messages(Device device) {
    List<String> messages = Messages.list(device);
    if (messages.isEmpty()) return;
    page.heading(getString(R.string.messages_title));
    for (String message : messages) page.text(message);
  }

  /** What leaves the device, in words: the document permits facts by the beginnings of their names. */
  private void known(Agent.Status status, Mode mode) {
    page.heading(getString(R.string.know_title));
    List<String> known = new ArrayList<String>();
    if (status.facts != null) {
      tell(known, status, "identity.model", R.string.know_hardware);
      tell(known, status, "os.", R.string.know_system);
      tell(known, status, "security.", R.string.know_security);
      if (!mode.personal()) {
        tell(known, status, "identity.serial", R.string.know_identifiers);
        tell(known, status, "network.", R.string.know_network);
        tell(known, status, "cellular.", R.string.know_cellular);
      }
    }
    if ("all".equals(status.apps)) known.add(getString(mode.ownsDevice() ? R.string.know_apps : R.string.know_work_apps));
    if ("managed".equals(status.apps)) known.add(getString(R.string.know_managed_apps));
    if (known.isEmpty()) page.quiet(getString(R.string.know_nothing));
    else page.list(TextUtils.join(" · ", known));
  }

  private void tell(List<String> known, Agent.Status status, String begins, int word) {
    if (status.facts.contains(begins)) known.add(getString(word));
  }

  /** The word for a kind of rule in the language of the device; a kind this version does not know shows its own name. */
  private String kind(String kind) {
    int word = getResources().getIdentifier("kind_" + kind.replace('-', '_'), "string", getPackageName());
    return word == 0 ? kind : getString(word);
  }

  private static int state(String state) {
    if (state.equals("applied")) return R.string.state_applied;
    return state.equals("unsupported") ? R.string.state_unsupported : R.string.state_failed;
  }

  private void contact(Agent.Status status) {
    CharSequence when = status.contactAt == 0
        ? getString(R.string.never)
        : DateUtils.getRelativeTimeSpanString(status.contactAt, System.currentTimeMillis(), DateUtils.MINUTE_IN_MILLIS);
    page.heading(getString(R.string.last_contact, when));
    if (status.trouble != null) page.alarm(status.trouble);
    page.button(getString(R.string.contact_now), new Runnable() {
      @Override
      public void run() {
        ask();
      }
    });
  }

  private void ask() {
    page.quiet(getString(R.string.contacting));
    Engine.of(this).contact(new Agent.Wake("person", null), new Engine.Listener() {
      @Override
      public void told(Outcome outcome) {
        show();
      }
    });
  }

  private void help(Agent.Status status) {
    String[] lines = {status.supportText, status.supportContact};
    String all = "";
    for (String line : lines) if (line != null && !line.isEmpty()) all += all.isEmpty() ? line : "\n" + line;
    final String portal = status.supportUrl;
    boolean web = portal != null && portal.startsWith("https://");
    if (all.isEmpty() && !web) return;
    page.heading(getString(R.string.help_title));
    if (!all.isEmpty()) page.text(all);
    if (!web) return;
    page.button(getString(R.string.portal_open), new Runnable() {
      @Override
      public void run() {
        open(portal);
      }
    });
  }

  private void open(String address) {
    try {
      startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(address)));
    } catch (ActivityNotFoundException noBrowser) {
      page.text(address);
    }
  }
}
