package org.muster.agent.core;

import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * The device, as far as the agent can reach it. Every verb answers with an {@link Outcome} and throws for bugs only; it may block (an installation, a
 * search for a position), so it is called from the agent's own thread. Verbs are absolute: asking twice for the same thing is harmless.
 */
public interface DevicePort {
  Mode mode();

  int apiLevel();

  /** Changes with every start of the device. */
  String boot();

  /** What the device says of itself when it enrolls, by the names of the protocol; null where the mode hides it. */
  Map<String, Object> introduction();

  /** What the device says about itself, under dotted keys; what the mode hides is left out. */
  Map<String, Object> facts();

  /** Says whose the device is: the name people see (null: not yet known), and the id under which Android makes the one number that outlives a reset. */
  Outcome belong(String organizationId, String name);

  Passcode passcode();

  Limits limits();

  Apps apps();

  Network network();

  Trust trust();

  Kiosk kiosk();

  Updates updates();

  Care care();

  Keys keys();

  /** Most devices have no SIM. */
  default Texts texts() {
    return Texts.NONE;
  }

  /** The passcode and what stands before it. */
  interface Passcode {
    /** Demands at least this; null fields demand nothing. */
    Outcome require(PasscodeRule rule);

    /** Installs the secret that later allows {@link #replace}; it becomes usable when the person unlocks the next time. */
    Outcome prepare(byte[] token);

    boolean prepared();

    /** Sets another passcode with the secret of {@link #prepare}; an empty one clears it where the rule permits none. */
    Outcome replace(byte[] token, String passcode);

    Outcome lockNow();

    /** Hides these on the lock screen: camera, notifications, unredacted-notifications, trust-agents, fingerprint, face, iris, shortcuts, all. */
    Outcome hide(List<String> features);
  }

  /** What the people of the device cannot do. */
  interface Limits {
    /** Sets or clears one of {@link Restriction}. */
    Outcome restrict(String key, boolean on);

    /**
     * Turns one of these on or off: camera, screen-capture, status-bar, keyguard, mute, auto-time, auto-time-zone, location, usb-data, backup,
     * screen-awake, work-contacts (shown on the personal side), personal-camera, personal-screen-capture. On is what people expect of a device; off takes it away.
     */
    Outcome turn(String name, boolean on);

    /** After so many days with work switched off the personal apps of a company's device stop; 0: never. */
    Outcome daysOff(int days);

    /** Whether people may add and take off accounts of that type, on this side or on the personal side of a company's device. */
    Outcome accounts(String type, boolean may, boolean personal);

    Outcome lockScreenText(String text);

    Outcome supportText(String brief, String full);
  }

  /** The apps of the device, or of its work profile where no more is managed. */
  interface Apps {
    /** Installs the file if it is that package, signed by that certificate (SHA-256, base64url); null takes any signer for a first install. */
    Outcome install(String name, File apk, String signer);

    Outcome uninstall(String name);

    Outcome installExisting(String name);

    Outcome enableSystem(String name);

    Outcome hide(String name, boolean on);

    /** Suspends apps; the detail names those the system would not. */
    Outcome suspend(List<String> names, boolean on);

    /** Keeps people from uninstalling it. */
    Outcome keep(String name, boolean on);

    /** Keeps people and the system's thrift from stopping these, and no others. */
    Outcome keepRunning(List<String> names);

    Outcome clearData(String name);

    /** The managed configuration: strings, booleans, integers, lists of strings, maps, and lists of maps. */
    Outcome configure(String name, Map<String, Object> values);

    /** grant, deny or default. */
    Outcome permit(String name, String permission, String state);

    /** What becomes of permissions nobody decided: prompt, grant or deny. */
    Outcome permitByDefault(String policy);

    Outcome suspendPersonal(boolean on);

    /** What is installed; on personal devices only what is in the work profile. */
    List<InstalledApp> list(boolean hashes);
  }

  /** Ways out of the device. */
  interface Network {
    Outcome addWifi(WifiRule wifi);

    Outcome removeWifi(String ssid);

    /** Keeps people from changing the networks the agent added. */
    Outcome lockWifi(boolean on);

    /** open, personal, enterprise or enterprise-192. */
    Outcome minimumSecurity(String level);

    /** allow or deny with names, or none. */
    Outcome ssids(String rule, List<String> names);

    /** Sends everything through that app; null ends it. With lockdown nothing leaves beside it, except from the apps in exempt. */
    Outcome alwaysOnVpn(String name, boolean lockdown, List<String> exempt);

    /** Looks names up in secret: through that resolver, or for null where the network offers it. */
    Outcome privateDns(String host);

    /** A host and port, or the address of a script; both null end it. */
    Outcome proxy(String host, int port, List<String> except, String script);
  }

  /** How text messages reach the agent without a person seeing them. */
  interface Texts {
    /** What stands in a text that the system hands to the agent, once; null where it hands over none. `fresh`: the one before is used up. */
    String token(boolean fresh);

    /** The number of the SIM, or null where the agent may not know it or the SIM does not. */
    String number();

    Texts NONE = new Texts() {
      @Override
      public String token(boolean fresh) {
        return null;
      }

      @Override
      public String number() {
        return null;
      }
    };
  }

  /** Where keys are that sign and do not come out. */
  interface Holder {
    /** The public key as SubjectPublicKeyInfo, or null when there is none. */
    byte[] publicKey(String alias) throws KeyTrouble;

    /** ECDSA over SHA-256, as the DER sequence of Java. */
    byte[] sign(String alias, byte[] data) throws KeyTrouble;
  }

  /** Certificates other apps rely on, and keys they can use. */
  interface Trust extends Holder {
    Outcome addAuthority(byte[] certificate);

    Outcome removeAuthority(byte[] certificate);

    /** Installs a key with its certificates from PKCS#12 under a name. */
    Outcome addIdentity(String alias, byte[] pkcs12, String password, boolean userMaySelect);

    Outcome removeIdentity(String alias);

    /** Makes a key of P-256 under that name, which the device keeps; one that was there is gone. */
    Outcome makeKey(String alias);

    /** Puts the certificate of that key beside it, leaf first; from then on it can be used. */
    Outcome certifyKey(String alias, List<byte[]> chain);
  }

  /** A device that does one thing. */
  interface Kiosk {
    /** The apps people reach, the buttons they have, and whether our launcher is their home; an empty list ends it. */
    Outcome allow(List<String> names, List<String> features, boolean launcher);

    /** Whoever types this on the kiosk's home leaves it for half an hour, or until the next start; null: nobody. */
    Outcome leaveBy(String code);

    Outcome showLost(LostNote note);

    Outcome endLost();
  }

  /** The system's own updates. */
  interface Updates {
    Outcome require(UpdateRule rule);
  }

  /** Finding the device, helping it, and parting from it. */
  interface Care {
    /** The position now, or failed with the reason; data: latitude, longitude, accuracyM, at, provider. */
    Outcome locate(long patienceMs);

    Outcome ring(long forMs);

    /** Shows the person a message of the organization; a device without people answers that it cannot. */
    default Outcome tell(String title, String text) {
      return Outcome.failed("This device shows no messages.");
    }

    Outcome restart();

    /** Ends the management: removes the work profile, or hands a managed device to its people as it is. */
    Outcome leave(String reason);

    /** Erases the whole device. A personal device answers management-mode, always. */
    Outcome erase(String reason, boolean externalStorage, boolean keepResetProtection);

    /** The accounts that can set the device up after a reset from outside; empty lifts the rule. */
    Outcome resetProtection(List<String> accounts);

    /** Lets anyone set the device up after a reset. */
    Outcome resetProtectionOff();
  }

  /** Keys the device makes and never gives away: P-256, in the chip where there is one. */
  interface Keys extends Holder {
    /** Makes the key anew; answers its certificates, leaf first: what the chip attests when a challenge is given, else one that says nothing. */
    List<byte[]> generate(String alias, byte[] challenge) throws KeyTrouble;

    void remove(String alias);
  }

  /** The key store would not: told, because without its key the agent cannot speak. */
  final class KeyTrouble extends Exception {
    public KeyTrouble(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
