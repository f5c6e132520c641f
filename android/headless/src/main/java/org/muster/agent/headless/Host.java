package org.muster.agent.headless;

import java.util.ArrayList;
import java.util.List;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Outcome;

/** Keeps an agent going: enrolls it, lets it call when it wants to, and when it is woken. */
final class Host {
  private static final long RETRY_MS = 2000;
  private static final long LISTEN_MS = 300;
  private static final long LOOK_MS = 1000;
  private final Agent agent;
  private final Agent.Invitation invitation;
  private final List<Object> woken = new ArrayList<Object>();
  private long contacts;

  Host(Agent agent, Agent.Invitation invitation) {
    this.agent = agent;
    this.invitation = invitation;
  }

  Agent agent() {
    return agent;
  }

  synchronized long contacts() {
    return contacts;
  }

  /** By which ways it was woken, oldest first. */
  synchronized List<Object> woken() {
    return new ArrayList<Object>(woken);
  }

  /** Calls now; answers how long until the next time. */
  long contact() {
    return contact(Agent.Wake.own());
  }

  /** Calls because something came. */
  long woken(Agent.Wake wake) {
    return contact(wake);
  }

  private long contact(Agent.Wake wake) {
    synchronized (this) {
      if (wake.nonce != null) woken.add(wake.channel);
    }
    long after = agent.contact(wake);
    synchronized (this) {
      contacts += 1;
    }
    return after;
  }

  /** Enrolls and goes on for ever. */
  void run() throws InterruptedException {
    while (!agent.enrolled() && invitation != null) {
      Outcome outcome = agent.enroll(invitation);
      System.out.println("enroll: " + outcome);
      if (!outcome.isDone()) Thread.sleep(RETRY_MS);
    }
    Thread waiting = new Thread("waiting") {
      @Override
      public void run() {
        listen();
      }
    };
    waiting.setDaemon(true);
    waiting.start();
    Thread hours = new Thread("hours") {
      @Override
      public void run() {
        keepTime();
      }
    };
    hours.setDaemon(true);
    hours.start();
    while (agent.enrolled()) Thread.sleep(contact());
    System.out.println("left");
  }

  /** What is due at its hour, whether the server can be reached or not. */
  private void keepTime() {
    try {
      while (agent.enrolled()) Thread.sleep(Math.min(agent.keepTime(), LOOK_MS));
    } catch (InterruptedException end) {
      return;
    }
  }

  private void listen() {
    while (agent.enrolled()) {
      Agent.Wake wake = agent.await();
      if (wake != null) contact(wake);
      else
        try {
          Thread.sleep(LISTEN_MS);
        } catch (InterruptedException end) {
          return;
        }
    }
  }
}
