package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Certificates of the device's own: made once, asked for until they are there, followed in time, and gone with their item. */
class OwnCertificatesTest {
  private static final long DAY = 86_400_000L;
  // Of a key of P-256, until 2126; made by openssl for this test alone.
  private static final String CERTIFICATE = "MIIBczCCARmgAwIBAgIUcTQ1s8EfAmL9WKCJCgLp9xtxkmAwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDb25lMCAXDTI2MTEyNzE3MzAzN1oYDzIxMjYxMTAzMTczMDM3WjAOMQwwCgYDVQQDDANvbmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARJMiaeB87YqFsJDqeJy172jvBHhwhWwX9GFl80GavKsT50jy87uc+J9aNfHFvPMizcu6nq4WJOPMTOBSwUXk1Mo1MwUTAdBgNVHQ4EFgQUjHvyYXDFxvAuPcxBkG7yv3vYRmkwHwYDVR0jBBgwFoAUjHvyYXDFxvAuPcxBkG7yv3vYRmkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAgKDS+I91XX4s3goMLIlk1R0NZhQtEdzpvYROXpzP3LECIHImFNgJJEgzeLsDqICSwfE/5TEZwJsEQZEN65W7+Ick";
  private static final String PUBLIC = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESTImngfO2KhbCQ6nicte9o7wR4cIVsF/RhZfNBmryrE+dI8vO7nPifWjXxxbzzIs3Lup6uFiTjzEzgUsFF5NTA==";

  private final MemoryKeep keep = new MemoryKeep();
  private final Recorder device = new Recorder();
  private final Map<String, byte[]> made = new HashMap<String, byte[]>();
  private final List<String> asked = new ArrayList<String>();
  private Said answer = granted();
  private long now = 1_000_000;
  private boolean foreign;

  private Said granted() {
    return Said.of(Said.map("action", "none", "certificate", CERTIFICATE, "authorities", new ArrayList<Object>(), "renewAt", 1_000_000 + 240 * DAY));
  }

  private byte[] key() {
    try {
      byte[] key = Bytes.fromBase64(PUBLIC);
      if (foreign) key[key.length - 1] ^= 1;
      return key;
    } catch (Malformed never) {
      throw new IllegalStateException(never);
    }
  }

  /** The recording device, with a memory for keys. */
  private DevicePort port() {
    final DevicePort recorded = device.port();
    final DevicePort.Trust trust = recorded.trust();
    final DevicePort.Trust keys = proxy(DevicePort.Trust.class, trust, new Answering() {
      @Override
      public Object to(Method method, Object[] words) {
        if (method.getName().equals("publicKey")) return made.get(words[0]);
        if (method.getName().equals("makeKey")) made.put((String) words[0], key());
        if (method.getName().equals("removeIdentity")) made.remove(words[0]);
        return null;
      }
    });
    return proxy(DevicePort.class, recorded, new Answering() {
      @Override
      public Object to(Method method, Object[] words) {
        return method.getName().equals("trust") ? keys : null;
      }
    });
  }

  private interface Answering {
    /** Null: as the device answers. */
    Object to(Method method, Object[] words);
  }

  private static <T> T proxy(Class<T> type, final T behind, final Answering answering) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new InvocationHandler() {
      @Override
      public Object invoke(Object self, Method method, Object[] words) throws Throwable {
        Object own = answering.to(method, words);
        boolean keys = method.getName().equals("publicKey");
        return own != null || keys ? own : method.invoke(behind, words);
      }
    }));
  }

  private Policy policy() {
    OwnCertificates own = new OwnCertificates(port(), keep, new OwnCertificates.Certifier() {
      @Override
      public Said certify(String item, String version, String alias) {
        asked.add(item + " " + version + " " + alias.substring(alias.length() - 1));
        return answer;
      }

      @Override
      public long now() {
        return now;
      }
    });
    return new Policy(Handlers.of(port(), null, own), keep, new Clock() {
      @Override
      public long now() {
        return now;
      }
    });
  }

  private static Said document(Object... items) {
    return Said.of(Said.map("items", new ArrayList<Object>(Arrays.asList(items))));
  }

  private static Map<String, Object> identity(String version, String commonName) {
    Map<String, Object> value = Said.map("name", "Own", "source", "built-in", "commonName", commonName);
    return Said.map("item", "identity#Own", "version", version, "kind", "identity", "value", value, "needs", new ArrayList<Object>());
  }

  private static Map<String, Object> wifi(String version, String source) {
    Map<String, Object> eap = Said.map("method", "tls", "identity", Said.map("source", source, "commonName", "one"));
    Map<String, Object> value = Said.map("ssid", "Office", "security", "enterprise-wpa2", "eap", eap);
    return Said.map("item", "wifi#Office", "version", version, "kind", "wifi", "value", value, "needs", new ArrayList<Object>());
  }

  private static String state(Policy policy) {
    for (Object word : policy.words()) return Said.of(word).text("state") + ":" + Said.of(word).text("code") + ":" + Said.of(word).text("detail");
    return "told";
  }

  /** What the device was asked, without what names the key. */
  private List<String> calls() {
    List<String> calls = new ArrayList<String>();
    for (String call : device.take()) calls.add(call.replaceAll("muster-[\\w-]{16}-", "").replaceAll(", \\[.*", "").replaceAll("WifiRule@.*", "…"));
    return calls;
  }

  @Test
  @DisplayName("it is made and asked for once, also after a start and when the policy says something else beside it")
  void once() {
    policy().apply(document(identity("1", "one")), true);
    assertEquals(Arrays.asList("identity#Own 1 a"), asked);
    assertEquals(Arrays.asList("trust.removeIdentity[a]", "trust.makeKey[a]", "trust.certifyKey[a"), calls());
    policy().apply(document(identity("1", "one")), true);
    policy().apply(document(identity("2", "one")), true);
    assertEquals(1, asked.size());
    assertEquals(0, calls().size());
    assertEquals("applied:null:null", state(policy()));
    policy().apply(document(identity("3", "two")), true);
    assertEquals("identity#Own 3 b", asked.get(1));
    assertEquals(Arrays.asList("trust.removeIdentity[b]", "trust.makeKey[b]", "trust.certifyKey[b", "trust.removeIdentity[a]"), calls());
    policy().apply(document(), true);
    assertEquals(Arrays.asList("trust.removeIdentity[b]"), calls());
    assertTrue(made.isEmpty());
  }

  @Test
  @DisplayName("an answer that was lost is asked for again with the same key, and what the server refuses is told with its code")
  void lost() {
    answer = Said.of(Said.map("trouble", "HTTP 502"));
    policy().apply(document(identity("1", "one")), true);
    assertEquals("failed:certificate:HTTP 502", state(policy()));
    answer = Said.of(Said.map("action", "retry", "code", "agent.item-other"));
    now += 61_000;
    assertTrue(policy().isDue(document(identity("1", "one"))));
    policy().apply(document(identity("1", "one")), false);
    assertEquals("failed:certificate:agent.item-other", state(policy()));
    answer = granted();
    now += 7 * 3_600_000L;
    policy().apply(document(identity("1", "one")), false);
    assertEquals(Arrays.asList("identity#Own 1 a", "identity#Own 1 a", "identity#Own 1 a"), asked);
    assertEquals(Arrays.asList("trust.removeIdentity[a]", "trust.makeKey[a]", "trust.certifyKey[a"), calls());
  }

  @Test
  @DisplayName("a certificate of somebody else's key is not taken")
  void foreign() {
    foreign = true;
    Policy policy = policy();
    policy.apply(document(identity("1", "one")), true);
    assertEquals("failed:certificate:a certificate of another key", state(policy));
    assertEquals(Arrays.asList("trust.removeIdentity[a]", "trust.makeKey[a]"), calls());
  }

  @Test
  @DisplayName("it is followed by one of another key in time; where the server cannot be reached, the one that is there goes on")
  void followed() {
    policy().apply(document(identity("1", "one")), true);
    calls();
    now += 239 * DAY;
    assertTrue(!policy().isDue(document(identity("1", "one"))));
    now += 2 * DAY;
    assertTrue(policy().isDue(document(identity("1", "one"))));
    answer = Said.of(Said.map("trouble", "HTTP 502"));
    policy().apply(document(identity("1", "one")), false);
    assertEquals("applied:null:null", state(policy()));
    assertEquals(Arrays.asList("trust.removeIdentity[b]", "trust.makeKey[b]"), calls());
    assertTrue(!policy().isDue(document(identity("1", "one"))));
    now += 3_600_000;
    assertTrue(policy().isDue(document(identity("1", "one"))));
    answer = granted();
    policy().apply(document(identity("1", "one")), false);
    assertEquals(Arrays.asList("trust.certifyKey[b", "trust.removeIdentity[a]"), calls());
  }

  @Test
  @DisplayName("an agent that ended before it came to an item comes to it when it starts again")
  void ended() {
    Said document = document(identity("1", "one"), wifi("1", "built-in"));
    policy().apply(document(identity("1", "one")), true);
    assertTrue(policy().isDue(document));
    policy().apply(document, false);
    assertTrue(!policy().isDue(document));
    assertTrue(policy().isDue(document(wifi("1", "built-in"))));
  }

  @Test
  @DisplayName("a network that asks for one is joined when it is there, and the key goes after the network")
  void network() {
    answer = Said.of(Said.map("trouble", "HTTP 502"));
    policy().apply(document(wifi("1", "built-in")), true);
    assertEquals(Arrays.asList("trust.removeIdentity[a]", "trust.makeKey[a]"), calls());
    answer = granted();
    now += 61_000;
    policy().apply(document(wifi("1", "built-in")), false);
    List<String> calls = calls();
    assertEquals("trust.certifyKey[a", calls.get(0));
    assertTrue(calls.get(1).startsWith("network.addWifi"), calls.toString());
    policy().apply(document(), true);
    assertEquals(Arrays.asList("network.removeWifi[Office]", "trust.removeIdentity[a]"), calls());
    policy().apply(document(wifi("2", "scep")), true);
    assertEquals("unsupported:unsupported:A certificate of another authority than this server's.", state(policy()));
    assertEquals(0, calls().size());
  }
}
