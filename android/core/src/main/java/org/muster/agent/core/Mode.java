package org.muster.agent.core;

/** How far the organization's power over this device reaches. */
public enum Mode {
  /** A company device that one person uses. */
  FULLY_MANAGED("fully-managed"),
  /** A company device for one purpose: a kiosk, a sign. */
  DEDICATED("dedicated"),
  /** A company device with a work profile; the rest of it is its user's. */
  COMPANY_PROFILE("company-profile"),
  /** A personal device with a work profile, the only thing the organization may touch. */
  WORK_PROFILE("work-profile"),
  /** Nobody manages this device (yet, or any more). */
  UNMANAGED("none");

  /** The word the protocol uses. */
  public final String word;

  Mode(String word) {
    this.word = word;
  }

  /** Says whether the whole device is the organization's to rule. */
  public boolean ownsDevice() {
    return this == FULLY_MANAGED || this == DEDICATED;
  }

  /** Says whether the device belongs to the person who carries it. */
  public boolean personal() {
    return this == WORK_PROFILE;
  }

  /** The mode of that word; UNMANAGED for a word of a later version. */
  public static Mode of(String word) {
    for (Mode mode : values()) if (mode.word.equals(word)) return mode;
    return UNMANAGED;
  }
}
