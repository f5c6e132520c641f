package org.muster.agent.core;

/** From which Android on something is possible, for each way a device can be managed; 0 means never. */
public final class Gate {
  private final int owner;
  private final int company;
  private final int personal;

  private Gate(int owner, int company, int personal) {
    this.owner = owner;
    this.company = company;
    this.personal = personal;
  }

  /** The first level with the whole device managed, with a company's work profile, and with a work profile on a personal device. */
  public static Gate of(int owner, int company, int personal) {
    return new Gate(owner, company, personal);
  }

  /** The first level in that mode, 0 where it is never possible. */
  public int from(Mode mode) {
    switch (mode) {
      case FULLY_MANAGED:
      case DEDICATED:
        return owner;
      case COMPANY_PROFILE:
        return company;
      case WORK_PROFILE:
        return personal;
      default:
        return 0;
    }
  }

  /** The refusal on such a device, or null when nothing stands in the way. The mode is asked first: a newer Android would not help. */
  public Outcome refusal(int apiLevel, Mode mode) {
    int from = from(mode);
    if (from == 0) return Outcome.managementMode(mode);
    return apiLevel < from ? Outcome.apiLevel(from) : null;
  }
}
