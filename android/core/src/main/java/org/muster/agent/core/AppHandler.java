package org.muster.agent.core;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** That an app is there, gone, or not to be used. */
final class AppHandler implements Handler {
  private final DevicePort port;
  private final AppFiles files;

  AppHandler(DevicePort port, AppFiles files) {
    this.port = port;
    this.files = files;
  }

  @Override
  public Outcome apply(Said value, Map<String, Object> trace) {
    String name = value.text("package");
    if (name == null) return Outcome.failed("The document does not say which package it is.");
    trace.put("package", name);
    String presence = value.text("presence", "");
    InstalledApp there = find(name);
    if (presence.equals("removed")) return there == null ? Outcome.done() : port.apps().uninstall(name);
    if (presence.equals("forbidden")) return forbid(name, there, trace);
    if (trace.remove("hidden") != null) port.apps().hide(name, false);
    if (presence.equals("available")) return Outcome.done();
    return require(name, there, value, trace);
  }

  private Outcome forbid(String name, InstalledApp there, Map<String, Object> trace) {
    if (there == null) return Outcome.done();
    trace.put("hidden", Boolean.TRUE);
    return port.apps().hide(name, true);
  }

  private Outcome require(String name, InstalledApp there, Said value, Map<String, Object> trace) {
    Long code = value.whole("code");
    if (there == null || (code != null && there.code < code)) {
      Outcome installed = install(name, there, value);
      if (!installed.isDone()) return installed;
      trace.put("installed", Boolean.TRUE);
    } else if (isForeign(there, value)) return Outcome.refused("signer", "The app that is there has another signer: " + there.signer);
    Sum sum = new Sum();
    if (value.has("removable") || trace.containsKey("kept")) {
      boolean keep = !value.is("removable", true);
      sum.add("removable", port.apps().keep(name, keep));
      if (keep) trace.put("kept", Boolean.TRUE);
      else trace.remove("kept");
    }
    if (value.has("config") || trace.containsKey("configured")) {
      sum.add("config", port.apps().configure(name, value.object("config").all));
      if (value.has("config")) trace.put("configured", Boolean.TRUE);
      else trace.remove("configured");
    }
    return sum.outcome();
  }

  /** An app of the same name that somebody else signed is not the one that is wanted, however new it is. */
  private static boolean isForeign(InstalledApp there, Said value) {
    List<String> signers = value.texts("signers");
    return there.signer != null && !signers.isEmpty() && !signers.contains(there.signer);
  }

  private Outcome install(String name, InstalledApp there, Said value) {
    String url = value.text("url");
    String sha256 = value.text("sha256");
    if (url == null || sha256 == null) return there == null ? port.apps().installExisting(name) : Outcome.done();
    try {
      File file = files.fetch(url, sha256, value.whole("size", 0));
      Outcome outcome = port.apps().install(name, file, value.text("signer"));
      files.drop(file);
      return outcome;
    } catch (AppFiles.Other other) {
      return Outcome.refused("file-other", other.getMessage());
    } catch (IOException failed) {
      return Outcome.refused("download", String.valueOf(failed.getMessage()));
    }
  }

  private InstalledApp find(String name) {
    for (InstalledApp app : port.apps().list(false)) if (app.name.equals(name)) return app;
    return null;
  }

  /** Takes away what we brought, and lets go of the rest. */
  @Override
  public Outcome remove(Map<String, Object> trace) {
    String name = Said.of(trace).text("package");
    if (name == null) return Outcome.done();
    Sum sum = new Sum();
    if (trace.containsKey("hidden")) sum.add("hidden", port.apps().hide(name, false));
    if (trace.containsKey("kept")) sum.add("removable", port.apps().keep(name, false));
    if (find(name) == null) return sum.outcome();
    if (trace.containsKey("installed")) sum.add("app", port.apps().uninstall(name));
    else if (trace.containsKey("configured")) sum.add("config", port.apps().configure(name, Said.map()));
    return sum.outcome();
  }
}
