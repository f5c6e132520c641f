package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Judges what the other implementation of the language made, and finds what it finds. */
class VectorsTest {
  private final Said all = read();

  private static Said read() {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/vectors.json")) {
      byte[] bytes = new byte[1 << 20];
      int length = 0;
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes, length, bytes.length - length)) length += read;
      return Said.of(Json.readObject(Bytes.text(Arrays.copyOf(bytes, length))));
    } catch (Exception odd) {
      throw new IllegalStateException(odd);
    }
  }

  private Trust.Held held() {
    Said said = all.object("held");
    Trust.Held held = new Trust.Held();
    held.org = said.text("org");
    held.enrollment = said.text("enrollment");
    held.device = said.text("device");
    held.keys = said.objects("keys");
    held.generation = said.whole("generation");
    held.etag = said.text("etag");
    return held;
  }

  private static String verdict(boolean document, String text, Trust.Held held) {
    try {
      if (document) Trust.document(text, held);
      else Trust.orders(text, held);
      return null;
    } catch (Trust.Refused refused) {
      return refused.getMessage();
    }
  }

  @Test
  @DisplayName("a document is taken when it is signed, whole, for us and not older; else it is refused with the reason")
  void documents() {
    for (Said one : all.objects("documents")) assertEquals(one.text("expect"), verdict(true, one.text("text"), held()), one.text("name"));
    for (Said one : all.objects("orders")) assertEquals(one.text("expect"), verdict(false, one.text("text"), held()), one.text("name"));
  }

  @Test
  @DisplayName("without keys to trust nothing is taken, so it is the signature that lets a document in")
  void control() {
    Trust.Held held = held();
    held.keys = java.util.Collections.<Said>emptyList();
    for (Said one : all.objects("documents")) assertEquals("unsigned", verdict(true, one.text("text"), held), one.text("name"));
  }

  @Test
  @DisplayName("what cannot be undone needs the signatures of enough pinned people for this act on this device")
  void approvals() {
    Said held = all.object("held");
    for (Said one : all.objects("approvals")) {
      String against = Approvals.against(one.object("order"), held.text("org"), held.text("device"), one.object("approvers"), all.whole("now"));
      assertEquals(one.text("expect"), against, one.text("name"));
    }
  }

  @Test
  @DisplayName("approvers are changed only by those known before, step by step, and no former ones come back")
  void endorsed() {
    for (Said one : all.objects("endorsements")) {
      Said next = Approvals.next(one.object("known"), one.object("document"), one.text("org"));
      assertEquals(one.is("taken") ? Json.canonical(one.object("document").get("approvers")) : null, next == null ? null : Json.canonical(next.all), one.text("name"));
    }
  }

  @Test
  @DisplayName("canonical JSON and its hash are those of the server, to the last digit of a number")
  void canonical() throws Malformed {
    for (Said one : all.objects("canonical")) {
      Object value = Json.read(one.text("text"));
      assertEquals(one.text("canonical"), Json.canonical(value));
      assertEquals(one.text("hash"), Bytes.hash(Json.canonical(value)));
      assertEquals(one.text("text"), Json.write(value));
    }
  }

  @Test
  @DisplayName("what is no JSON is refused, and so is a key that is said twice")
  void unreadable() {
    for (final String text : all.texts("unreadable")) refuses(text);
    refuses("{\"a\":1,\"a\":2}");
    StringBuilder deep = new StringBuilder();
    for (int at = 0; at < 5000; at += 1) deep.append('[');
    refuses(deep.toString());
  }

  private static void refuses(final String text) {
    assertThrows(Malformed.class, new Executable() {
      @Override
      public void execute() throws Throwable {
        Json.read(text);
      }
    }, text);
  }

  @Test
  @DisplayName("a key that is not on the curve, or of another one, is no key")
  void keys() throws Malformed {
    P256.key(all.object("held").objects("keys").get(0).object("jwk"));
    for (final Said jwk : all.objects("notKeys"))
      assertThrows(Malformed.class, new Executable() {
        @Override
        public void execute() throws Throwable {
          P256.key(jwk);
        }
      }, String.valueOf(jwk.all));
  }
}
