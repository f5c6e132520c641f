package org.muster.agent.core;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts a server by the hash of a public key: its own, or that of the authority its certificate was issued by. */
class Pin implements X509TrustManager {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private final String pin;

  private Pin(String pin) {
    this.pin = pin;
  }

  static SSLSocketFactory sockets(String pin) throws GeneralSecurityException {
    return sockets(new Pin(pin));
  }

  /** Trusts whom the pin names, and whom the device trusts anyway. */
  static SSLSocketFactory orTrusted(String pin) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (final TrustManager one : factory.getTrustManagers())
      if (one instanceof X509TrustManager)
        return sockets(new Pin(pin) {
          @Override
          public void checkServerTrusted(X509Certificate[] chain, String how) throws CertificateException {
            try {
              super.checkServerTrusted(chain, how);
            } catch (CertificateException another) {
              ((X509TrustManager) one).checkServerTrusted(chain, how);
            }
          }
        });
    return sockets(pin);
  }

  private static SSLSocketFactory sockets(Pin pin) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {pin}, null);
    return context.getSocketFactory();
  }

  /** Whether a certificate is for that host: one of its alternative names says so, a star standing for one label (RFC 6125 §6.4). */
  static boolean isFor(X509Certificate certificate, String host) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) return false;
      for (List<?> name : names) {
        boolean dns = Integer.valueOf(DNS).equals(name.get(0));
        if (dns && matches(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT))) return true;
        if (Integer.valueOf(ADDRESS).equals(name.get(0)) && SocketPipe.sameAddress(host, String.valueOf(name.get(1)))) return true;
      }
      return false;
    } catch (CertificateException odd) {
      return false;
    }
  }

  private static boolean matches(String name, String host) {
    int dot = host.indexOf('.');
    return name.equals(host) || name.startsWith("*.") && dot > 0 && name.indexOf('.', 2) > 0 && name.substring(1).equals(host.substring(dot));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String how) throws CertificateException {
    for (int at = 0; at < chain.length; at += 1) {
      chain[at].checkValidity();
      if (at > 0 && chain[at].getBasicConstraints() < at - 1) throw new CertificateException("not an authority");
      if (Bytes.hash(chain[at].getPublicKey().getEncoded()).equals(pin)) return;
      if (at + 1 < chain.length) issuedBy(chain[at], chain[at + 1]);
    }
    throw new CertificateException("another key than the one that was named");
  }

  private static void issuedBy(X509Certificate certificate, X509Certificate by) throws CertificateException {
    try {
      certificate.verify(by.getPublicKey());
    } catch (GeneralSecurityException odd) {
      throw new CertificateException("not issued by the next one");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String how) throws CertificateException {
    throw new CertificateException("no client is served");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
