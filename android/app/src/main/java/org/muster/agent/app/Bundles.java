package org.muster.agent.app;

import android.os.Bundle;
import android.os.Parcelable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Managed configurations: what JSON says, as the bundles apps read. */
final class Bundles {
  private Bundles() {}

  /** A bundle of these values: text, truth, whole numbers, lists of text, maps, and lists of maps; other values are left out. */
  static Bundle of(Map<String, Object> values) {
    Bundle bundle = new Bundle();
    for (Map.Entry<String, Object> entry : values.entrySet()) put(bundle, entry.getKey(), entry.getValue());
    return bundle;
  }

  private static void put(Bundle bundle, String key, Object value) {
    if (value instanceof String) bundle.putString(key, (String) value);
    else if (value instanceof Boolean) bundle.putBoolean(key, (Boolean) value);
    // Configurations know whole numbers of one size only.
    else if (value instanceof Number) bundle.putInt(key, ((Number) value).intValue());
    else if (value instanceof Map) bundle.putBundle(key, of(keyed((Map<?, ?>) value)));
    else if (value instanceof List) putList(bundle, key, (List<?>) value);
  }

  private static void putList(Bundle bundle, String key, List<?> values) {
    List<Bundle> bundles = new ArrayList<Bundle>();
    List<String> words = new ArrayList<String>();
    for (Object value : values) {
      if (value instanceof Map) bundles.add(of(keyed((Map<?, ?>) value)));
      else words.add(String.valueOf(value));
    }
    if (bundles.isEmpty()) bundle.putStringArray(key, words.toArray(new String[0]));
    else bundle.putParcelableArray(key, bundles.toArray(new Parcelable[0]));
  }

  private static Map<String, Object> keyed(Map<?, ?> map) {
    Map<String, Object> keyed = new LinkedHashMap<String, Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) keyed.put(String.valueOf(entry.getKey()), entry.getValue());
    return keyed;
  }
}
