package org.muster.agent.core;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Trusts a server by the hash of a public key: its own, or that of the authority its certificate was issued by. */
final class Pin implements X509TrustManager {
  private final String pin;

  private Pin(String pin) {
    this.pin = pin;
  }

  static SSLSocketFactory sockets(String pin) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Pin(pin)}, null);
    return context.getSocketFactory();
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
