package org.muster.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object as somebody said it: every question has an answer, which is null, zero or empty where nothing of that kind was said. */
public final class Said {
  public final Map<String, Object> all;

  private Said(Map<String, Object> all) {
    this.all = all;
  }

  @SuppressWarnings("unchecked")
  public static Said of(Object value) {
    return new Said(value instanceof Map ? (Map<String, Object>) value : Collections.<String, Object>emptyMap());
  }

  public boolean has(String key) {
    return all.get(key) != null;
  }

  public Object get(String key) {
    return all.get(key);
  }

  public String text(String key) {
    Object value = all.get(key);
    return value instanceof String ? (String) value : null;
  }

  public String text(String key, String otherwise) {
    String value = text(key);
    return value == null ? otherwise : value;
  }

  /** The whole number, or null; a number that is not whole is none. */
  public Long whole(String key) {
    Object value = all.get(key);
    if (value instanceof Long) return (Long) value;
    if (!(value instanceof Double)) return null;
    double real = (Double) value;
    return real == Math.rint(real) && Math.abs(real) <= Json.SAFE ? Long.valueOf((long) real) : null;
  }

  public long whole(String key, long otherwise) {
    Long value = whole(key);
    return value == null ? otherwise : value;
  }

  public boolean is(String key) {
    return Boolean.TRUE.equals(all.get(key));
  }

  public boolean is(String key, boolean otherwise) {
    Object value = all.get(key);
    return value instanceof Boolean ? (Boolean) value : otherwise;
  }

  public Said object(String key) {
    return of(all.get(key));
  }

  public List<?> list(String key) {
    Object value = all.get(key);
    return value instanceof List ? (List<?>) value : Collections.emptyList();
  }

  /** The texts of a list; whatever else stands in it is left out. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<String>();
    for (Object one : list(key)) if (one instanceof String) texts.add((String) one);
    return texts;
  }

  public List<Said> objects(String key) {
    List<Said> objects = new ArrayList<Said>();
    for (Object one : list(key)) if (one instanceof Map) objects.add(of(one));
    return objects;
  }

  /** A map from pairs of keys and values; null values are left out, as JSON leaves out what is undefined. */
  public static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<String, Object>();
    for (int at = 0; at < pairs.length; at += 2) if (pairs[at + 1] != null) map.put((String) pairs[at], pairs[at + 1]);
    return map;
  }
}
