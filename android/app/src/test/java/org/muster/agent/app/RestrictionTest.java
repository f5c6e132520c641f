package org.muster.agent.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.muster.agent.core.Mode;
import org.muster.agent.core.Restriction;

/** Android itself is the judge: the class that decides on the device who may set which restriction is asked about every one of ours. */
class RestrictionTest {
  private static final String JUDGE = "com.android.server.pm.UserRestrictionsUtils";
  private static final int NOW = 99;

  @Test
  @DisplayName("each restriction is offered in exactly the modes in which Android lets it be set")
  void modes() throws Exception {
    Class<?> judge = Class.forName(JUDGE);
    Method owner = judge.getMethod("canDeviceOwnerChange", String.class);
    Method profile = judge.getMethod("canProfileOwnerChange", String.class, boolean.class, boolean.class);
    Method outside = judge.getMethod("canParentOfProfileOwnerOfOrganizationOwnedDeviceChange", String.class);
    for (Restriction ours : Restriction.all()) {
      String key = ours.key;
      assertEquals(owner.invoke(null, key), offered(ours, Mode.FULLY_MANAGED), key + " by the owner");
      assertEquals(profile.invoke(null, key, false, false), offered(ours, Mode.WORK_PROFILE), key + " in a work profile");
      assertEquals(outside.invoke(null, key), ours.outside, key + " outside the profile");
      boolean anywhere = ours.outside || (Boolean) profile.invoke(null, key, false, true);
      assertEquals(anywhere, offered(ours, Mode.COMPANY_PROFILE), key + " on a company's device with a work profile");
    }
  }

  @Test
  @DisplayName("every restriction of Android is known, except those that are hidden from agents")
  void complete() throws Exception {
    Field all = Class.forName(JUDGE).getField("USER_RESTRICTIONS");
    Set<String> unknown = new TreeSet<String>();
    for (Object key : (Set<?>) all.get(null)) if (Restriction.find((String) key) == null) unknown.add((String) key);
    assertEquals(
        new TreeSet<String>(Arrays.asList(
            "disallow_unmute_device", "no_add_clone_profile", "no_camera", "no_oem_unlock", "no_record_audio", "no_run_in_background", "no_wallpaper")),
        unknown);
    for (Restriction ours : Restriction.all()) assertTrue(((Set<?>) all.get(null)).contains(ours.key), ours.key);
  }

  private static boolean offered(Restriction restriction, Mode mode) {
    return restriction.gate.refusal(NOW, mode) == null;
  }
}
