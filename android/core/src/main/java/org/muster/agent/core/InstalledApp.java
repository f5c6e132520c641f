package org.muster.agent.core;

import java.util.ArrayList;
import java.util.List;

/** One app as the device has it. */
public final class InstalledApp {
  /** The package. */
  public String name;
  public String label;
  public String version;
  public long code;
  /** SHA-256 of the certificate that signed it, base64url without padding. */
  public String signer;
  /** The package that installed it, or null. */
  public String installer;
  public boolean system;
  /** Whether people can start it from the home screen. */
  public boolean launchable = true;
  public boolean enabled = true;
  /** Nobody can open it, because the agent hides it. */
  public boolean hidden;
  /** SHA-256 of the file, base64url without padding, where asked for. */
  public String hash;
  /** The permissions people would ask about, that it has been granted. */
  public final List<String> permissions = new ArrayList<String>();
}
