package org.muster.agent.core;

import java.util.Map;

/** A certificate of the device's own, for whatever app or network asks for one. */
final class IdentityHandler implements Handler {
  private final OwnCertificates own;

  IdentityHandler(OwnCertificates own) {
    this.own = own;
  }

  @Override
  public Outcome bring(Said item, Map<String, Object> trace) {
    Outcome outcome = own.ensure(item, Said.of(item.get("value")), trace);
    if (outcome.isDone()) own.settle(trace);
    return outcome;
  }

  @Override
  public Outcome apply(Said value, Map<String, Object> trace) {
    return bring(Said.of(Said.map("value", value.all)), trace);
  }

  @Override
  public Outcome remove(Map<String, Object> trace) {
    return own.remove(trace);
  }
}
