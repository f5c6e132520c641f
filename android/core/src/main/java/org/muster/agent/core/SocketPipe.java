package org.muster.agent.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection that stays open: by TLS to whom the pin or the device trusts, or in the clear to this machine alone. */
final class SocketPipe implements Line.Pipe {
  private static final int CONNECT_MS = 15_000;
  private static final int MQTT = 1883;
  private static final int MQTTS = 8883;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private final Socket socket;

  private SocketPipe(Socket socket) {
    this.socket = socket;
  }

  /** Opens mqtt, mqtts, ws or wss. The server's own host must have the pinned key; another host's may be one that the device trusts, too. */
  static Line.Pipe open(String url, String server, String pin) throws IOException {
    URI at = uri(url);
    String scheme = at.getScheme();
    boolean web = scheme.equals("ws") || scheme.equals("wss");
    boolean secret = scheme.equals("mqtts") || scheme.equals("wss");
    if (!web && !secret && !scheme.equals("mqtt")) throw new IOException("no way by " + scheme);
    int port = at.getPort() > 0 ? at.getPort() : secret ? web ? HTTPS : MQTTS : web ? HTTP : MQTT;
    String host = at.getHost().startsWith("[") ? at.getHost().substring(1, at.getHost().length() - 1) : at.getHost();
    Socket plain = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) throw new IOException("there is no " + host);
      if (!secret && !address.getAddress().isLoopbackAddress()) throw new IOException("a password is not sent in the clear");
      plain.connect(address, CONNECT_MS);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(CONNECT_MS);
      boolean own = host.equalsIgnoreCase(uri(server).getHost());
      SocketPipe pipe = new SocketPipe(secret ? secured(plain, host, port, pin, own) : plain);
      return web ? WebSocketPipe.open(pipe, at) : pipe;
    } catch (IOException failed) {
      plain.close();
      throw failed;
    } catch (GeneralSecurityException odd) {
      plain.close();
      throw new IOException(odd);
    }
  }

  private static URI uri(String url) throws IOException {
    try {
      URI at = new URI(url);
      if (at.getScheme() == null || at.getHost() == null) throw new IOException("not an address");
      return at;
    } catch (URISyntaxException odd) {
      throw new IOException("not an address");
    }
  }

  private static Socket secured(Socket plain, String host, int port, String pin, boolean own) throws IOException, GeneralSecurityException {
    SSLSocketFactory factory = pin == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : own ? Pin.sockets(pin) : Pin.orTrusted(pin);
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    socket.startHandshake();
    // A raw socket asks nobody for whom the certificate is.
    if (Pin.isFor((X509Certificate) socket.getSession().getPeerCertificates()[0], host)) return socket;
    socket.close();
    throw new IOException("the certificate is for another host");
  }

  @Override
  public InputStream in() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void patience(int ms) throws IOException {
    socket.setSoTimeout(ms);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is as closed as it will be.
    }
  }

  /** Whether two texts are the same address of a network. */
  static boolean sameAddress(String one, String other) {
    boolean literal = one.indexOf(':') >= 0 || one.matches("[0-9.]+");
    if (!literal) return false;
    try {
      return InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (IOException odd) {
      return false;
    }
  }
}
