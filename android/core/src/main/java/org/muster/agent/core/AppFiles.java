package org.muster.agent.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fetches the files of apps and lets only those through whose hash the document names. */
final class AppFiles {
  private static final long LONGEST = 4L * 1024 * 1024 * 1024;
  private static final int CHUNK = 65_536;
  private final File folder;
  private final LineSource lines;

  /** What came is not what was meant. */
  static final class Other extends IOException {
    private static final long serialVersionUID = 1;

    Other() {
      super("The file is another one than was meant.");
    }
  }

  /** The way to the server, once there is one. */
  interface LineSource {
    Line line();
  }

  AppFiles(File folder, LineSource lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /** The file with that SHA-256 (base64url); what was fetched halfway is gone on with, what is another file is thrown away. */
  File fetch(String url, String sha256, long size) throws IOException {
    if (!folder.isDirectory() && !folder.mkdirs()) throw new IOException("cannot make " + folder);
    File file = new File(folder, Bytes.hash(sha256) + ".apk");
    if (hash(file).equals(sha256)) return file;
    // What is whole and yet another file would never be gone on with.
    if (size > 0 && file.length() >= size) remove(file);
    lines.line().fetch(url, file, size > 0 ? size : LONGEST);
    if (hash(file).equals(sha256)) return file;
    if (size > 0 && file.length() < size) throw new IOException("The file broke off.");
    remove(file);
    throw new Other();
  }

  private static void remove(File file) throws IOException {
    if (!file.delete()) throw new IOException("cannot remove " + file);
  }

  void drop(File file) {
    if (!file.delete()) file.deleteOnExit();
  }

  private static String hash(File file) throws IOException {
    if (!file.exists()) return "";
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      InputStream in = new FileInputStream(file);
      try {
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) digest.update(chunk, 0, read);
      } finally {
        in.close();
      }
      return Bytes.base64url(digest.digest());
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
