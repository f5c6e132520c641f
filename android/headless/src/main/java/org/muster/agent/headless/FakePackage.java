package org.muster.agent.headless;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.Said;

/**
 * What a device without a screen reads in a real package: what it is, by its compiled manifest, and who signed it, by its signing block. It believes
 * the block: whether the signature holds is the business of a real system.
 */
final class FakePackage {
  private static final int TEXTS = 0x0001;
  private static final int IDS = 0x0180;
  private static final int ELEMENT = 0x0102;
  private static final int NAME = 0x01010003;
  private static final int VERSION_CODE = 0x0101021b;
  private static final int VERSION_NAME = 0x0101021c;
  private static final int SCHEME_2 = 0x7109871a;
  private static final int SCHEME_3 = 0xf05368c0;
  private static final int LINE = 0x3ba06f8c;
  private static final int END = 0x06054b50;
  private static final int BLOCK_TAIL = 24;

  final Map<String, Object> app;
  /** SHA-256 of every certificate it may be known by, the newest first. */
  final Set<String> signers = new LinkedHashSet<String>();

  private FakePackage(Map<String, Object> app) {
    this.app = app;
  }

  static FakePackage read(File file) throws IOException {
    FakePackage read = new FakePackage(manifest(compiled(file)));
    byte[] bytes = Files.readAllBytes(file.toPath());
    read.sign(little(bytes));
    read.app.put("hash", Bytes.base64url(Bytes.sha256(bytes)));
    if (!read.signers.isEmpty()) read.app.put("signer", read.signers.iterator().next());
    return read;
  }

  private static byte[] compiled(File file) throws IOException {
    ZipFile zip = new ZipFile(file);
    try {
      ZipEntry entry = zip.getEntry("AndroidManifest.xml");
      if (entry == null) throw new IOException("The file is no package.");
      byte[] bytes = new byte[(int) entry.getSize()];
      InputStream in = zip.getInputStream(entry);
      for (int at = 0; at < bytes.length; ) {
        int read = in.read(bytes, at, bytes.length - at);
        if (read < 0) throw new IOException("The file ends too early.");
        at += read;
      }
      return bytes;
    } finally {
      zip.close();
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Object> manifest(byte[] bytes) {
    ByteBuffer xml = little(bytes);
    Map<String, Object> app = new LinkedHashMap<String, Object>();
    List<Object> permissions = new ArrayList<Object>();
    String[] texts = new String[0];
    List<Integer> ids = new ArrayList<Integer>();
    for (int at = xml.getShort(2); at + 8 <= bytes.length; at += xml.getInt(at + 4)) {
      int type = xml.getShort(at) & 0xffff;
      if (type == TEXTS) texts = texts(xml, at);
      if (type == IDS) for (int id = at + 8; id < at + xml.getInt(at + 4); id += 4) ids.add(xml.getInt(id));
      if (type != ELEMENT) continue;
      int about = at + xml.getShort(at + 2);
      String element = texts[xml.getInt(about + 4)];
      for (int n = 0; n < xml.getShort(about + 12); n += 1) {
        int attribute = about + xml.getShort(about + 8) + n * xml.getShort(about + 10);
        int name = xml.getInt(attribute + 4);
        int id = name < ids.size() ? ids.get(name) : 0;
        int data = xml.getInt(attribute + 16);
        if (element.equals("uses-permission") && id == NAME) permissions.add(texts[data]);
        if (!element.equals("manifest")) continue;
        if (id == VERSION_CODE) app.put("code", (long) data);
        if (id == VERSION_NAME) app.put("version", texts[data]);
        if (id == 0 && texts[name].equals("package")) app.put("name", texts[data]);
      }
    }
    app.put("permissions", permissions);
    return app;
  }

  private static String[] texts(ByteBuffer xml, int at) {
    String[] texts = new String[xml.getInt(at + 8)];
    boolean narrow = (xml.getInt(at + 16) & 0x100) != 0;
    for (int n = 0; n < texts.length; n += 1) {
      int place = at + xml.getInt(at + 20) + xml.getInt(at + xml.getShort(at + 2) + n * 4);
      // Those of a manifest are short: a length of two bytes, or twice one.
      int length = narrow ? xml.get(place + 1) & 0xff : (xml.getShort(place) & 0xffff) * 2;
      texts[n] = new String(xml.array(), place + 2, length, narrow ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
    }
    return texts;
  }

  private void sign(ByteBuffer bytes) {
    int end = bytes.capacity() - 22;
    while (end >= 0 && bytes.getInt(end) != END) end -= 1;
    if (end < 0) return;
    int directory = bytes.getInt(end + 16);
    if (directory < BLOCK_TAIL) return;
    int size = (int) bytes.getLong(directory - BLOCK_TAIL);
    Map<Integer, Integer> pairs = new LinkedHashMap<Integer, Integer>();
    for (int at = directory - size; at + 12 <= directory - BLOCK_TAIL; at += 8 + (int) bytes.getLong(at)) pairs.put(bytes.getInt(at + 8), at + 12);
    Integer three = pairs.get(SCHEME_3);
    Integer at = three == null ? pairs.get(SCHEME_2) : three;
    // The list of signers, the first of them, what it signed, the hashes of it: each after its length.
    if (at == null) return;
    int digests = at + 12;
    int certificates = digests + 4 + bytes.getInt(digests);
    add(bytes, certificates + 4);
    if (three != null) follow(bytes, certificates + 4 + bytes.getInt(certificates) + 8);
  }

  private void follow(ByteBuffer bytes, int attributes) {
    int end = attributes + 4 + bytes.getInt(attributes);
    for (int at = attributes + 4; at + 8 <= end; at += 4 + bytes.getInt(at)) {
      if (bytes.getInt(at + 4) != LINE) continue;
      for (int level = at + 12; level < at + 4 + bytes.getInt(at); level += 4 + bytes.getInt(level)) add(bytes, level + 8);
    }
  }

  private void add(ByteBuffer bytes, int at) {
    byte[] certificate = new byte[bytes.getInt(at)];
    System.arraycopy(bytes.array(), at + 4, certificate, 0, certificate.length);
    signers.add(Bytes.base64url(Bytes.sha256(certificate)));
  }

  Said said() {
    return Said.of(app);
  }
}
