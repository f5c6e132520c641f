package org.muster.agent.core;

import java.util.ArrayList;
import java.util.List;

/** When the system may update itself. */
public final class UpdateRule {
  /** automatic, windowed, postpone or none. */
  public String when = "none";
  /** Minutes after midnight, for windowed. */
  public int fromMinute;
  public int toMinute;
  /** Yearly periods without updates, at most 90 days long and 60 apart. */
  public final List<Freeze> freezes = new ArrayList<Freeze>();

  /** From one day of the year to another, both included. */
  public static final class Freeze {
    public final int fromMonth;
    public final int fromDay;
    public final int toMonth;
    public final int toDay;

    public Freeze(int fromMonth, int fromDay, int toMonth, int toDay) {
      this.fromMonth = fromMonth;
      this.fromDay = fromDay;
      this.toMonth = toMonth;
      this.toDay = toDay;
    }
  }
}
