package org.muster.agent.core;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Reaches the server by HTTP. Redirects are not followed: nobody but the server that was named is spoken to. */
public final class HttpLine implements Line {
  private static final int CONNECT_MS = 15_000;
  private static final int FETCH_MS = 60_000;
  private static final int LONGEST = 8 * 1024 * 1024;
  private static final int CHUNK = 65_536;
  private static final int PARTIAL = 206;
  private static final int WHOLE = 200;

  private final String server;
  private final String pin;
  private final SSLSocketFactory sockets;

  /** A pin is the SHA-256 of the server's public key, base64url; with it no other authority is asked. */
  public HttpLine(String server, String pin) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.pin = pin;
    try {
      sockets = pin == null ? null : Pin.sockets(pin);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }

  @Override
  public Reply send(String method, String path, byte[] body, Map<String, String> headers, int patienceMs) throws IOException {
    HttpURLConnection connection = open(new URL(server + path), patienceMs);
    try {
      connection.setRequestMethod(method);
      for (Map.Entry<String, String> header : headers.entrySet()) connection.setRequestProperty(header.getKey(), header.getValue());
      if (!method.equals("GET")) put(connection, body);
      int status = connection.getResponseCode();
      InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      return new Reply(status, in == null ? new byte[0] : readAll(in));
    } finally {
      connection.disconnect();
    }
  }

  private static void put(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setDoOutput(true);
    // Not streamed: of what is streamed, the answer 401 would be lost.
    OutputStream out = connection.getOutputStream();
    try {
      out.write(body);
    } finally {
      out.close();
    }
  }

  private HttpURLConnection open(URL url, int patienceMs) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout(patienceMs);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    if (sockets != null && connection instanceof HttpsURLConnection) ((HttpsURLConnection) connection).setSSLSocketFactory(sockets);
    return connection;
  }

  private static byte[] readAll(InputStream in) throws IOException {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        if (out.size() > LONGEST) throw new IOException("the answer is too long");
      }
      return out.toByteArray();
    } finally {
      in.close();
    }
  }

  @Override
  public void fetch(String url, File into, long longest) throws IOException {
    long have = into.length();
    HttpURLConnection connection = open(absolute(url), FETCH_MS);
    try {
      if (have > 0) connection.setRequestProperty("Range", "bytes=" + have + "-");
      int status = connection.getResponseCode();
      if (status != WHOLE && status != PARTIAL) throw new IOException("the file was answered with " + status);
      copy(connection.getInputStream(), new FileOutputStream(into, status == PARTIAL), longest - (status == PARTIAL ? have : 0));
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public Pipe pipe(String url) throws IOException {
    return SocketPipe.open(url, server, pin);
  }

  private URL absolute(String url) throws MalformedURLException {
    return new URL(url.startsWith("/") ? server + url : url);
  }

  private static void copy(InputStream in, OutputStream out, long longest) throws IOException {
    try {
      byte[] chunk = new byte[CHUNK];
      long left = longest;
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        left -= read;
        if (left < 0) throw new IOException("the file is longer than it should be");
        out.write(chunk, 0, read);
      }
    } finally {
      out.close();
      in.close();
    }
  }
}
