package org.muster.agent.app;

import android.app.admin.FreezePeriod;
import android.app.admin.SystemUpdatePolicy;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.UpdateRule;

/** When the system updates itself. */
final class DeviceUpdates implements DevicePort.Updates {
  private final Device device;

  DeviceUpdates(Device device) {
    this.device = device;
  }

  @Override
  public Outcome require(final UpdateRule rule) {
    Ability ability = rule.freezes.isEmpty() ? Ability.UPDATE_POLICY : Ability.UPDATE_FREEZE;
    return device.attempt(ability, new Device.Deed() {
      @Override
      public Outcome run() {
        if (rule.when.equals("none") && !rule.freezes.isEmpty())
          return Outcome.failed("Periods without updates need a rule for the rest of the year.");
        device.dpm.setSystemUpdatePolicy(device.admin, policy(rule));
        return Outcome.done();
      }
    });
  }

  /** The rule as Android wants it said; Android refuses periods that are too long or too close. */
  static SystemUpdatePolicy policy(UpdateRule rule) {
    return rule.freezes.isEmpty() ? base(rule) : base(rule).setFreezePeriods(periods(rule));
  }

  private static SystemUpdatePolicy base(UpdateRule rule) {
    switch (rule.when) {
      case "automatic":
        return SystemUpdatePolicy.createAutomaticInstallPolicy();
      case "windowed":
        return SystemUpdatePolicy.createWindowedInstallPolicy(rule.fromMinute, rule.toMinute);
      case "postpone":
        return SystemUpdatePolicy.createPostponeInstallPolicy();
      case "none":
        return null;
      default:
        throw new IllegalArgumentException("no such rule of updates: " + rule.when);
    }
  }

  private static List<FreezePeriod> periods(UpdateRule rule) {
    List<FreezePeriod> periods = new ArrayList<FreezePeriod>();
    for (UpdateRule.Freeze freeze : rule.freezes)
      periods.add(new FreezePeriod(MonthDay.of(freeze.fromMonth, freeze.fromDay), MonthDay.of(freeze.toMonth, freeze.toDay)));
    return periods;
  }
}
