package org.muster.agent.core;

/** What the finder of a lost device reads; what is null is not said. */
public final class LostNote {
  public final String message;
  public final String phone;
  public final String organization;

  public LostNote(String message, String phone, String organization) {
    this.message = message;
    this.phone = phone;
    this.organization = organization;
  }
}
