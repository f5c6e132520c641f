package org.muster.agent.core;

/** Where the agent keeps what it knows: texts by name. What was written is there after a crash, whole or as it was before, never in between. */
public interface Keep {
  /** The text of that name, or null. */
  String read(String name);

  void write(String name, String text);

  void remove(String name);

  /** It could not be kept. Whoever is told so does nothing that must be remembered. */
  final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Trouble(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
