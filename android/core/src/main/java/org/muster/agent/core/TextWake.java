package org.muster.agent.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wake that comes as a text message: after whatever makes the system hand it to the agent, a word and a number that is used once. */
public final class TextWake {
  private static final Pattern WORDS = Pattern.compile("(?:^|\\s)W1:([A-Za-z0-9_-]{1,100})(?:\\s|$)");

  private TextWake() {}

  /** The wake in a text; without a number where it holds none, because calling home does no harm. */
  public static Agent.Wake in(String text) {
    Matcher found = WORDS.matcher(text == null ? "" : text);
    return new Agent.Wake("sms", found.find() ? found.group(1) : null);
  }
}
