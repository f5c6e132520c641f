package org.muster.agent.core;

/** What a passcode must be at least; what is null or 0 is not demanded. */
public final class PasscodeRule {
  /** none, low, medium or high. */
  public String complexity = "none";
  /** numeric, numeric-complex, alphabetic, alphanumeric or complex: for Android before 12, which knows no complexity. */
  public String quality;
  public int minLength;
  public int history;
  public long expiresAfterMs;
  /** Wrong tries after which the device, or on personal devices the profile, erases itself. */
  public int failedBeforeErase;
  public long lockAfterMs;
  /** How long a fingerprint or a face may stand in for the passcode. */
  public long strongAuthMs;
  /** Whether the profile must have a passcode of its own. */
  public boolean separate;
}
