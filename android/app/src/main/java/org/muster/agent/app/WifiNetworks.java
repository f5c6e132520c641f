package org.muster.agent.app;

import android.content.Context;
import android.net.wifi.WifiConfiguration;
import android.net.wifi.WifiEnterpriseConfig;
import android.net.wifi.WifiManager;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.muster.agent.core.WifiRule;

/** Wi-Fi networks as Android wants them described. */
@SuppressWarnings("deprecation")
final class WifiNetworks {
  private WifiNetworks() {}

  static WifiManager manager(Context context) {
    return (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
  }

  static WifiConfiguration of(WifiRule wifi) throws Exception {
    WifiConfiguration network = new WifiConfiguration();
    network.SSID = quoted(wifi.ssid);
    network.hiddenSSID = wifi.hidden;
    switch (wifi.security) {
      case "none":
        network.allowedKeyManagement.set(WifiConfiguration.KeyMgmt.NONE);
        break;
      case "wpa":
        network.allowedKeyManagement.set(WifiConfiguration.KeyMgmt.WPA_PSK);
        network.preSharedKey = key(wifi.password);
        break;
      case "enterprise":
        network.allowedKeyManagement.set(WifiConfiguration.KeyMgmt.WPA_EAP);
        network.allowedKeyManagement.set(WifiConfiguration.KeyMgmt.IEEE8021X);
        network.enterpriseConfig = enterprise(wifi);
        break;
      default:
        throw new IllegalArgumentException("no such security of Wi-Fi: " + wifi.security);
    }
    return network;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** Sixty-four hexadecimal digits are the key itself, anything else is a passphrase. */
  static String key(String password) {
    return password.matches("[0-9a-fA-F]{64}") ? password : quoted(password);
  }

  static WifiEnterpriseConfig enterprise(WifiRule wifi) throws Exception {
    // Without both of these any access point could ask for the password; Android 13 refuses such a network.
    if (wifi.authority == null || wifi.domain == null) throw new IllegalArgumentException("needs the authority and the name of the server");
    WifiEnterpriseConfig config = new WifiEnterpriseConfig();
    config.setEapMethod(method(wifi.method));
    config.setPhase2Method(inner(wifi.inner));
    if (wifi.identity != null) config.setIdentity(wifi.identity);
    if (wifi.anonymousIdentity != null) config.setAnonymousIdentity(wifi.anonymousIdentity);
    if (wifi.password != null) config.setPassword(wifi.password);
    config.setCaCertificate(certificate(wifi.authority));
    config.setDomainSuffixMatch(wifi.domain);
    if (wifi.pkcs12 != null) {
      Identity own = Identity.open(wifi.pkcs12, wifi.pkcs12Password);
      config.setClientKeyEntryWithCertificateChain(own.key, own.x509());
    }
    return config;
  }

  private static int method(String word) {
    switch (word) {
      case "peap":
        return WifiEnterpriseConfig.Eap.PEAP;
      case "ttls":
        return WifiEnterpriseConfig.Eap.TTLS;
      case "tls":
        return WifiEnterpriseConfig.Eap.TLS;
      default:
        throw new IllegalArgumentException("no such method of Wi-Fi: " + word);
    }
  }

  private static int inner(String word) {
    switch (word) {
      case "pap":
        return WifiEnterpriseConfig.Phase2.PAP;
      case "mschapv2":
        return WifiEnterpriseConfig.Phase2.MSCHAPV2;
      case "gtc":
        return WifiEnterpriseConfig.Phase2.GTC;
      default:
        return WifiEnterpriseConfig.Phase2.NONE;
    }
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
