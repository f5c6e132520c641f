package org.muster.agent.headless;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.muster.agent.core.Agent;
import org.muster.agent.core.Bytes;
import org.muster.agent.core.Json;
import org.muster.agent.core.Malformed;
import org.muster.agent.core.Said;
import org.muster.agent.core.TextWake;

/** The hands of whoever tests: on the loopback alone, what people and the world do to a device. */
final class Control {
  private final FakeOs os;
  private final Host host;

  Control(FakeOs os, Host host) {
    this.os = os;
    this.host = host;
  }

  /** Listens on a free port, or that one; answers which. */
  int start(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", new HttpHandler() {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        answer(exchange);
      }
    });
    server.start();
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] said;
    int status = 200;
    try {
      String body = Bytes.text(readAll(exchange.getRequestBody()));
      said = Bytes.utf8(Json.write(act(exchange.getRequestURI().getPath(), Said.of(body.isEmpty() ? null : Json.read(body)))));
    } catch (Malformed odd) {
      status = 400;
      said = Bytes.utf8(odd.getMessage());
    }
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[4096];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) out.write(chunk, 0, read);
    return out.toByteArray();
  }

  private Map<String, Object> act(String path, Said said) throws Malformed {
    switch (path) {
      case "/state":
        return state();
      case "/apps/install":
        os.part("apps").put(said.text("name"), said.all);
        os.write();
        return Said.map();
      case "/apps/remove":
        os.part("apps").remove(said.text("name"));
        os.write();
        return Said.map();
      case "/set":
        for (Map.Entry<String, Object> one : said.all.entrySet()) os.put(one.getKey(), one.getValue());
        return Said.map();
      case "/restart":
        os.put("boot", UUID.randomUUID().toString());
        return Said.map();
      case "/hold":
        os.hold(said.text("verb"), said.is("after"));
        return Said.map();
      case "/hour":
        return Said.map("nextMs", host.agent().keepTime());
      case "/text":
        // As the system does: only a text with the word that stands is handed over, and never twice.
        if (!os.said().has("textToken") || !said.text("text", "").contains(os.said().text("textToken"))) return Said.map("taken", false);
        os.put("textToken", null);
        host.woken(TextWake.in(said.text("text")));
        return Said.map("taken", true);
      case "/contact":
        return Said.map("afterMs", host.contact());
      default:
        throw new Malformed("There is no " + path + ".");
    }
  }

  private Map<String, Object> state() throws Malformed {
    Map<String, Object> state = Json.readObject(os.text());
    state.remove("keys");
    Agent.Status status = host.agent().status();
    List<Object> items = new ArrayList<Object>();
    for (Agent.Status.Item item : status.items) items.add(Said.map("kind", item.kind, "state", item.state));
    Map<String, Object> agent = Said.map("organization", status.organization, "trouble", status.trouble, "items", items, "contactAt", status.contactAt);
    return Said.map("os", state, "agent", agent, "enrolled", host.agent().enrolled(), "held", os.isHeld(), "contacts", host.contacts(), "woken", host.woken());
  }
}
