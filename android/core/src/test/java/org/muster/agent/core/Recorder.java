package org.muster.agent.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A device that writes down what is asked of it and answers what it was told to, else done. */
final class Recorder {
  final List<String> calls = new ArrayList<String>();
  final Map<String, Outcome> answers = new HashMap<String, Outcome>();
  final List<InstalledApp> apps = new ArrayList<InstalledApp>();
  final List<UpdateRule> rules = new ArrayList<UpdateRule>();
  String note;
  Mode mode = Mode.FULLY_MANAGED;
  String boot = "boot-1";
  Runnable during;

  DevicePort port() {
    return proxy(DevicePort.class, "");
  }

  private <T> T proxy(Class<T> type, final String prefix) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new InvocationHandler() {
      @Override
      public Object invoke(Object self, Method method, Object[] words) {
        return answer(prefix + method.getName(), method.getReturnType(), words == null ? new Object[0] : words);
      }
    }));
  }

  private Object answer(String name, Class<?> type, Object[] words) {
    if (type == Mode.class) return mode;
    if (name.equals("boot")) return boot;
    if (name.equals("apps.list")) return apps;
    if (type == int.class) return 36;
    if (type == boolean.class) return false;
    if (type.isInterface() && type != List.class && type != Map.class) return proxy(type, name + ".");
    if (type != Outcome.class) return null;
    for (Object word : words) if (word instanceof UpdateRule) rules.add((UpdateRule) word);
    for (Object word : words) if (word instanceof LostNote) note = ((LostNote) word).message + "|" + ((LostNote) word).phone;
    String call = name + Arrays.deepToString(words);
    calls.add(call);
    if (during != null) during.run();
    return answers.containsKey(call) ? answers.get(call) : Outcome.done();
  }

  InstalledApp install(String name) {
    InstalledApp app = new InstalledApp();
    app.name = name;
    apps.add(app);
    return app;
  }

  /** What was asked since the last time. */
  List<String> take() {
    List<String> taken = new ArrayList<String>(calls);
    calls.clear();
    return taken;
  }
}
