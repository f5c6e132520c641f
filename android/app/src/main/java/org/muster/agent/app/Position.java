package org.muster.agent.app;

import android.Manifest;
import android.app.admin.DevicePolicyManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Build;
import android.os.Bundle;
import android.os.CancellationSignal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.muster.agent.core.Outcome;

/** One position, from whichever source answers first. */
final class Position {
  private static final String[] PERMISSIONS = {
    Manifest.permission.ACCESS_COARSE_LOCATION, Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_BACKGROUND_LOCATION,
  };

  private final Device device;
  private final LocationManager locations;
  private final BlockingQueue<Location> found = new LinkedBlockingQueue<Location>();

  Position(Device device) {
    this.device = device;
    this.locations = (LocationManager) device.context.getSystemService(Context.LOCATION_SERVICE);
  }

  Outcome find(long patienceMs) throws InterruptedException {
    if (!permitted()) return Outcome.failed("The device does not let the agent know its position.");
    List<String> sources = sources();
    if (sources.isEmpty()) return Outcome.failed("Location is switched off.");
    Runnable end = device.apiLevel() >= Build.VERSION_CODES.R ? askEach(sources) : listen(sources);
    Location location;
    try {
      location = found.poll(patienceMs, TimeUnit.MILLISECONDS);
    } finally {
      end.run();
    }
    if (location == null) location = last(sources);
    return location == null ? Outcome.failed("No position could be found in time.") : Outcome.done(told(location));
  }

  /** The owner of a device may permit itself; elsewhere, and where its person opted out at the start, only what is granted counts. */
  private boolean permitted() {
    String own = device.context.getPackageName();
    for (String permission : PERMISSIONS) {
      if (permission.equals(Manifest.permission.ACCESS_BACKGROUND_LOCATION) && device.apiLevel() < Build.VERSION_CODES.Q) continue;
      if (granted(permission)) continue;
      device.dpm.setPermissionGrantState(device.admin, own, permission, DevicePolicyManager.PERMISSION_GRANT_STATE_GRANTED);
    }
    return granted(Manifest.permission.ACCESS_FINE_LOCATION) || granted(Manifest.permission.ACCESS_COARSE_LOCATION);
  }

  private boolean granted(String permission) {
    return device.context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
  }

  private List<String> sources() {
    List<String> sources = new ArrayList<String>();
    for (String source : locations.getProviders(true)) if (!source.equals(LocationManager.PASSIVE_PROVIDER)) sources.add(source);
    return sources;
  }

  private Runnable askEach(List<String> sources) {
    final CancellationSignal end = new CancellationSignal();
    for (String source : sources)
      locations.getCurrentLocation(source, end, Background.executor(), new Consumer<Location>() {
        @Override
        public void accept(Location location) {
          if (location != null) found.add(location);
        }
      });
    return new Runnable() {
      @Override
      public void run() {
        end.cancel();
      }
    };
  }

  @SuppressWarnings("deprecation")
  private Runnable listen(List<String> sources) {
    final LocationListener listener = new LocationListener() {
      @Override
      public void onLocationChanged(Location location) {
        found.add(location);
      }

      @Override
      public void onStatusChanged(String provider, int status, Bundle extras) {}

      @Override
      public void onProviderEnabled(String provider) {}

      @Override
      public void onProviderDisabled(String provider) {}
    };
    for (String source : sources) locations.requestSingleUpdate(source, listener, Background.handler().getLooper());
    return new Runnable() {
      @Override
      public void run() {
        locations.removeUpdates(listener);
      }
    };
  }

  /** Where it last knew itself to be, with that time: old, but said to be old. */
  private Location last(List<String> sources) {
    Location newest = null;
    for (String source : sources) {
      Location known = locations.getLastKnownLocation(source);
      if (known != null && (newest == null || known.getTime() > newest.getTime())) newest = known;
    }
    return newest;
  }

  @SuppressWarnings("deprecation")
  private Map<String, Object> told(Location location) {
    Map<String, Object> data = new LinkedHashMap<String, Object>();
    data.put("latitude", location.getLatitude());
    data.put("longitude", location.getLongitude());
    if (location.hasAccuracy()) data.put("accuracyM", (double) location.getAccuracy());
    if (location.hasAltitude()) data.put("altitudeM", location.getAltitude());
    if (location.hasSpeed()) data.put("speedMps", (double) location.getSpeed());
    data.put("at", location.getTime());
    data.put("provider", location.getProvider());
    data.put("mock", location.isFromMockProvider());
    return data;
  }
}
