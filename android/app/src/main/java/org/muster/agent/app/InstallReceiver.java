package org.muster.agent.app;

import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageInstaller;
import org.muster.agent.R;
import org.muster.agent.core.Outcome;

/** Hears what became of installations, and asks the person where Android demands that a person agrees. */
public final class InstallReceiver extends BroadcastReceiver {
  @Override
  public void onReceive(Context context, Intent intent) {
    String key = intent.getStringExtra(Installer.KEY);
    if (key == null) return;
    int status = intent.getIntExtra(PackageInstaller.EXTRA_STATUS, PackageInstaller.STATUS_FAILURE);
    if (status == PackageInstaller.STATUS_PENDING_USER_ACTION) {
      Intent question = question(intent);
      if (question != null) ask(context, key, question);
      Installer.answer(key, Outcome.waiting("A person has to agree on the device."));
      return;
    }
    new Notices(new Device(context)).withdraw(key);
    if (status == PackageInstaller.STATUS_SUCCESS) Installer.answer(key, Outcome.done());
    else Installer.answer(key, Outcome.failed(reason(status) + said(intent)));
  }

  @SuppressWarnings("deprecation")
  private static Intent question(Intent intent) {
    return intent.getParcelableExtra(Intent.EXTRA_INTENT);
  }

  private static void ask(Context context, String key, Intent question) {
    PendingIntent open = PendingIntent.getActivity(
        context, key.hashCode(), question.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK), PendingIntent.FLAG_UPDATE_CURRENT | PendingIntent.FLAG_IMMUTABLE);
    String name = key.substring(key.indexOf(':') + 1);
    new Notices(new Device(context)).show(key, context.getString(R.string.install_title), context.getString(R.string.install_text, name), open);
  }

  private static String said(Intent intent) {
    String message = intent.getStringExtra(PackageInstaller.EXTRA_STATUS_MESSAGE);
    return message == null ? "" : ": " + message;
  }

  private static String reason(int status) {
    switch (status) {
      case PackageInstaller.STATUS_FAILURE_ABORTED:
        return "refused by a person or the system";
      case PackageInstaller.STATUS_FAILURE_BLOCKED:
        return "blocked";
      case PackageInstaller.STATUS_FAILURE_CONFLICT:
        return "conflicts with what is installed";
      case PackageInstaller.STATUS_FAILURE_INCOMPATIBLE:
        return "does not fit this device";
      case PackageInstaller.STATUS_FAILURE_INVALID:
        return "damaged";
      case PackageInstaller.STATUS_FAILURE_STORAGE:
        return "no room";
      default:
        return "failed";
    }
  }
}
