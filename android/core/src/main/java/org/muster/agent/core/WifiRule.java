package org.muster.agent.core;

/** A Wi-Fi network the device shall know. */
public final class WifiRule {
  public String ssid;
  /** none, wpa or enterprise. */
  public String security = "none";
  public String password;
  public boolean hidden;
  public boolean autoJoin = true;
  /** peap, ttls or tls. */
  public String method;
  /** none, pap, mschapv2 or gtc. */
  public String inner = "none";
  public String identity;
  public String anonymousIdentity;
  /** What the server's certificate must be named. */
  public String domain;
  /** The authority of the server's certificate, DER. */
  public byte[] authority;
  /** The device's own key and certificates for tls. */
  public byte[] pkcs12;
  public String pkcs12Password;
  /** Instead of those: the name of a key that the device keeps with its certificate. */
  public String alias;
}
