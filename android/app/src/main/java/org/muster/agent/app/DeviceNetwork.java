package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.app.admin.WifiSsidPolicy;
import android.content.SharedPreferences;
import android.net.ProxyInfo;
import android.net.Uri;
import android.net.wifi.WifiConfiguration;
import android.net.wifi.WifiManager;
import android.net.wifi.WifiSsid;
import android.os.Build;
import android.provider.Settings;
import android.util.ArraySet;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.muster.agent.core.Ability;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.Outcome;
import org.muster.agent.core.WifiRule;

/** Networks: Wi-Fi, always-on VPN, private DNS, proxy. */
final class DeviceNetwork implements DevicePort.Network {
  private static final String WIFI = "wifi:";
  private static final int NONE = -1;

  private final Device device;

  DeviceNetwork(Device device) {
    this.device = device;
  }

  @Override
  public Outcome addWifi(final WifiRule wifi) {
    return device.attempt(wifi.alias == null ? Ability.WIFI : Ability.WIFI_KEY_PAIR, new Device.Deed() {
      @Override
      @SuppressWarnings("deprecation")
      public Outcome run() throws Exception {
        WifiManager manager = WifiNetworks.manager(device.context);
        SharedPreferences notes = device.notes();
        WifiConfiguration network = WifiNetworks.of(wifi);
        if (wifi.alias != null && device.apiLevel() >= Build.VERSION_CODES.S) {
          if (!device.dpm.grantKeyPairToWifiAuth(wifi.alias)) return Outcome.failed("The device did not lend the key to Wi-Fi.");
          network.enterpriseConfig.setClientKeyPairAlias(wifi.alias);
        }
        // The owner of a device is exempt from what closed these calls to other apps.
        int known = notes.getInt(WIFI + wifi.ssid, NONE);
        network.networkId = known;
        int id = known == NONE ? NONE : manager.updateNetwork(network);
        if (id == NONE) {
          network.networkId = NONE;
          id = manager.addNetwork(network);
        }
        if (id == NONE) return Outcome.failed("The device refused the network.");
        notes.edit().putInt(WIFI + wifi.ssid, id).apply();
        if (wifi.autoJoin) manager.enableNetwork(id, false);
        else manager.disableNetwork(id);
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome removeWifi(final String ssid) {
    return device.attempt(Ability.WIFI, new Device.Deed() {
      @Override
      @SuppressWarnings("deprecation")
      public Outcome run() {
        int known = device.notes().getInt(WIFI + ssid, NONE);
        if (known == NONE) return Outcome.done();
        boolean gone = WifiNetworks.manager(device.context).removeNetwork(known);
        if (gone) device.notes().edit().remove(WIFI + ssid).apply();
        return Device.answered(gone, "The device kept the network.");
      }
    });
  }

  @Override
  public Outcome lockWifi(final boolean on) {
    return device.attempt(Ability.WIFI_LOCKED, new Device.Deed() {
      @Override
      @SuppressWarnings("deprecation")
      public Outcome run() {
        if (device.apiLevel() >= Build.VERSION_CODES.R) device.dpm.setConfiguredNetworksLockdownState(device.admin, on);
        else device.dpm.setGlobalSetting(device.admin, Settings.Global.WIFI_DEVICE_OWNER_CONFIGS_LOCKDOWN, on ? "1" : "0");
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome minimumSecurity(final String level) {
    return device.attempt(Ability.WIFI_MIN_SECURITY, new Device.Deed() {
      @Override
      public Outcome run() {
        device.dpm.setMinimumRequiredWifiSecurityLevel(security(level));
        return Outcome.done();
      }
    });
  }

  private static int security(String level) {
    switch (level) {
      case "open":
        return DevicePolicyManager.WIFI_SECURITY_OPEN;
      case "personal":
        return DevicePolicyManager.WIFI_SECURITY_PERSONAL;
      case "enterprise":
        return DevicePolicyManager.WIFI_SECURITY_ENTERPRISE_EAP;
      case "enterprise-192":
        return DevicePolicyManager.WIFI_SECURITY_ENTERPRISE_192;
      default:
        throw new IllegalArgumentException("no such security of Wi-Fi: " + level);
    }
  }

  @Override
  public Outcome ssids(final String rule, final List<String> names) {
    return device.attempt(Ability.WIFI_SSIDS, new Device.Deed() {
      @Override
      public Outcome run() {
        if (rule.equals("none")) {
          device.dpm.setWifiSsidPolicy(null);
          return Outcome.done();
        }
        Set<WifiSsid> ssids = new ArraySet<WifiSsid>();
        for (String name : names) ssids.add(WifiSsid.fromBytes(name.getBytes(StandardCharsets.UTF_8)));
        int type = rule.equals("allow") ? WifiSsidPolicy.WIFI_SSID_POLICY_TYPE_ALLOWLIST : WifiSsidPolicy.WIFI_SSID_POLICY_TYPE_DENYLIST;
        device.dpm.setWifiSsidPolicy(new WifiSsidPolicy(type, ssids));
        return Outcome.done();
      }
    });
  }

  @Override
  public Outcome alwaysOnVpn(final String name, final boolean lockdown, final List<String> exempt) {
    Ability ability = exempt.isEmpty() ? Ability.VPN : Ability.VPN_EXEMPT;
    return device.attempt(ability, new Device.Deed() {
      @Override
      public Outcome run() throws Exception {
        if (exempt.isEmpty()) device.dpm.setAlwaysOnVpnPackage(device.admin, name, lockdown);
        else device.dpm.setAlwaysOnVpnPackage(device.admin, name, lockdown, new HashSet<String>(exempt));
        String stands = device.dpm.getAlwaysOnVpnPackage(device.admin);
        return Device.answered(name == null ? stands == null : name.equals(stands), "The device did not keep it.");
      }
    });
  }

  @Override
  public Outcome privateDns(final String host) {
    return device.attempt(Ability.PRIVATE_DNS, new Device.Deed() {
      @Override
      public Outcome run() {
        int said = host == null
            ? device.dpm.setGlobalPrivateDnsModeOpportunistic(device.admin)
            : device.dpm.setGlobalPrivateDnsModeSpecifiedHost(device.admin, host);
        if (said == DevicePolicyManager.PRIVATE_DNS_SET_ERROR_HOST_NOT_SERVING) return Outcome.failed(host + " does not answer over TLS.");
        return Device.answered(said == DevicePolicyManager.PRIVATE_DNS_SET_NO_ERROR, "The device did not take it.");
      }
    });
  }

  @Override
  public Outcome proxy(final String host, final int port, final List<String> except, final String script) {
    return device.attempt(Ability.PROXY, new Device.Deed() {
      @Override
      public Outcome run() {
        ProxyInfo proxy = null;
        if (script != null) proxy = ProxyInfo.buildPacProxy(Uri.parse(script));
        else if (host != null) proxy = ProxyInfo.buildDirectProxy(host, port, except);
        device.dpm.setRecommendedGlobalProxy(device.admin, proxy);
        return Outcome.done();
      }
    });
  }
}
