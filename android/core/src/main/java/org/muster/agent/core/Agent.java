package org.muster.agent.core;

import java.util.List;
import java.util.Map;

/** The agent as its host sees it: the Android app, or the program without a screen. One contact at a time; calls block. */
public interface Agent {
  boolean enrolled();

  /** Enrolls with what the QR code or link carried; safe to repeat. */
  Outcome enroll(Invitation invitation);

  /** Speaks with the server once and does what it says; answers how long to wait until the next time. */
  long contact(Wake wake);

  /** Waits to be woken over a connection the server keeps open; null when there is none, or when it ended. */
  Wake await();

  /** Does what the document says for this hour, without the server; answers how long until it may be another, or {@link Long#MAX_VALUE}. */
  long keepTime();

  /** Remembers something that happened, to be told at the next contact. */
  void happened(String type, Map<String, Object> data);

  /** What to show the person. */
  Status status();

  /** Why a contact happens. */
  final class Wake {
    public final String channel;
    public final String nonce;

    public Wake(String channel, String nonce) {
      this.channel = channel;
      this.nonce = nonce;
    }

    /** The agent's own rhythm. */
    public static Wake own() {
      return new Wake("poll", null);
    }
  }

  /** Where to enroll, with which token, and which key the server must have, if that was said. */
  final class Invitation {
    public final String server;
    public final String token;
    public final String pin;

    public Invitation(String server, String token, String pin) {
      this.server = server;
      this.token = token;
      this.pin = pin;
    }
  }

  /** What stands now, in words a person can be shown. */
  final class Status {
    public String organization;
    public String supportText;
    public String supportContact;
    public String supportUrl;
    public String server;
    public long contactAt;
    public String trouble;
    /** What is managed: each item of the document. */
    public List<Item> items;
    /** Beginnings of the names of the facts that the server is told. */
    public List<String> facts;
    /** all, managed or none. */
    public String apps;

    /** One item of the document. */
    public static final class Item {
      public final String kind;
      public final String state;
      /** The app it is about, or null. */
      public final String app;

      public Item(String kind, String state, String app) {
        this.kind = kind;
        this.state = state;
        this.app = app;
      }
    }
  }
}
