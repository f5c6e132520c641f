package org.muster.agent.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;

/** A key with its certificates, as a PKCS#12 file carried it. */
final class Identity {
  final PrivateKey key;
  final Certificate[] chain;

  private Identity(PrivateKey key, Certificate[] chain) {
    this.key = key;
    this.chain = chain;
  }

  /** The first key of the file; a file without one is refused. */
  static Identity open(byte[] pkcs12, String password) throws GeneralSecurityException, IOException {
    char[] secret = password == null ? new char[0] : password.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pkcs12), secret);
    for (String alias : Collections.list(store.aliases()))
      if (store.isKeyEntry(alias)) return new Identity((PrivateKey) store.getKey(alias, secret), store.getCertificateChain(alias));
    throw new GeneralSecurityException("the file holds no key");
  }

  X509Certificate[] x509() {
    X509Certificate[] certificates = new X509Certificate[chain.length];
    for (int at = 0; at < chain.length; at += 1) certificates[at] = (X509Certificate) chain[at];
    return certificates;
  }
}
