package org.muster.agent.core;

import java.util.Map;

/** Brings the value of one kind of policy to the device, and takes it back. */
interface Handler {
  /**
   * Makes it so. What has to be known to take it back later goes into the trace, which holds what the one before left there; what that says and the
   * value no longer does is taken back here.
   */
  Outcome apply(Said value, Map<String, Object> trace);

  /** The same for an item as the document says it; for what has to know which one it is. */
  default Outcome bring(Said item, Map<String, Object> trace) {
    return apply(Said.of(item.get("value")), trace);
  }

  /** Takes back what the trace says, and nothing else. */
  Outcome remove(Map<String, Object> trace);
}
