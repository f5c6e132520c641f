package org.muster.agent.headless;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.InstalledApp;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.Said;

/** The apps of a device without a screen. */
final class FakeApps implements DevicePort.Apps {
  private static final String APPS = "apps";
  private final FakeOs os;
  private final FakePort port;

  FakeApps(FakeOs os, FakePort port) {
    this.os = os;
    this.port = port;
  }

  @Override
  public Outcome install(String name, File apk, String signer) {
    Outcome refusal = Ability.APP_INSTALL.gate.refusal(port.apiLevel(), port.mode());
    if (refusal != null) return refusal;
    FakePackage inside;
    try {
      inside = FakePackage.read(apk);
    } catch (Exception odd) {
      return Outcome.failed("The file cannot be read.");
    }
    Said app = inside.said();
    if (!name.equals(app.text("name"))) return Outcome.refused("package-other", "The file holds " + app.text("name") + ".");
    if (signer != null && !inside.signers.contains(signer)) return Outcome.refused("signer", "Another signer than promised: " + app.text("signer"));
    Said there = Said.of(os.part(APPS).get(name));
    // As systems do: no update by somebody else, and none to what is older.
    if (there.has("signer") && !inside.signers.contains(there.text("signer"))) return Outcome.refused("signer", "The app that is there has another signer.");
    if (there.whole("code", 0) > app.whole("code", 0)) return Outcome.failed("What is there is newer.");
    app.all.put("label", there.text("label", name));
    app.all.put("installer", "org.muster.agent");
    return os.effect("install", name, APPS, name, app.all);
  }

  @Override
  public Outcome uninstall(String name) {
    if (!os.part(APPS).containsKey(name)) return Outcome.done();
    return os.effect("uninstall", name, APPS, name, null);
  }

  @Override
  public Outcome installExisting(String name) {
    return Outcome.failed("There is no such app on this device.");
  }

  @Override
  public Outcome enableSystem(String name) {
    return port.attempt(Ability.APP_ENABLE_SYSTEM, "enable:" + name, null, true);
  }

  @Override
  public Outcome hide(String name, boolean on) {
    return port.attempt(Ability.APP_HIDE, "hide:" + name, on ? "on" : "off", on ? Boolean.TRUE : null);
  }

  @Override
  public Outcome suspend(List<String> names, boolean on) {
    Outcome outcome = Outcome.done();
    for (String name : names) outcome = port.attempt(Ability.APP_SUSPEND, "suspend:" + name, null, on ? Boolean.TRUE : null);
    return outcome;
  }

  @Override
  public Outcome keep(String name, boolean on) {
    return port.attempt(Ability.APP_KEEP, "keep:" + name, null, on ? Boolean.TRUE : null);
  }

  @Override
  public Outcome keepRunning(List<String> names) {
    return port.attempt(Ability.APP_KEEP_RUNNING, "keep-running", null, names.isEmpty() ? null : new ArrayList<Object>(names));
  }

  @Override
  public Outcome clearData(String name) {
    return port.attempt(Ability.APP_CLEAR_DATA, "clear:" + name, null, null);
  }

  @Override
  public Outcome configure(String name, Map<String, Object> values) {
    return port.attempt(Ability.APP_CONFIGURE, "config:" + name, null, values.isEmpty() ? null : values);
  }

  @Override
  public Outcome permit(String name, String permission, String state) {
    return port.attempt(Ability.APP_PERMISSION, "permit:" + name + ":" + permission, null, state.equals("default") ? null : state);
  }

  @Override
  public Outcome permitByDefault(String policy) {
    return port.attempt(Ability.APP_PERMISSION, "permit-by-default", null, policy.equals("prompt") ? null : policy);
  }

  @Override
  public Outcome suspendPersonal(boolean on) {
    return port.attempt(Ability.PERSONAL_APPS_SUSPEND, "suspend-personal", null, on ? Boolean.TRUE : null);
  }

  @Override
  public List<InstalledApp> list(boolean hashes) {
    List<InstalledApp> apps = new ArrayList<InstalledApp>();
    synchronized (os) {
      for (Object one : os.part(APPS).values()) {
        InstalledApp app = app(Said.of(one));
        app.hidden = os.part("set").containsKey("hide:" + app.name);
        apps.add(app);
      }
    }
    return apps;
  }

  private static InstalledApp app(Said said) {
    InstalledApp app = new InstalledApp();
    app.name = said.text("name");
    app.label = said.text("label");
    app.version = said.text("version", "1.0");
    app.code = said.whole("code", 1);
    app.signer = said.text("signer");
    app.installer = said.text("installer");
    app.system = said.is("system");
    app.launchable = said.is("launchable", true);
    app.hash = said.text("hash");
    app.permissions.addAll(said.texts("permissions"));
    return app;
  }
}
