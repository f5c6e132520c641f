package org.muster.agent.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.muster.agent.core.Ability;
import org.muster.agent.core.Mode;

class ErasureTest {
  @Test
  @DisplayName("there is no way to erase a personal device, nor one nobody manages, on any Android")
  void never() {
    for (int api = 26; api <= 60; api += 1) {
      assertEquals(Erasure.Way.NEVER, Erasure.way(Mode.WORK_PROFILE, api));
      assertEquals(Erasure.Way.NEVER, Erasure.way(Mode.UNMANAGED, api));
    }
  }

  @Test
  @DisplayName("the gate and the ways agree on who can be erased")
  void agree() {
    for (Mode mode : Mode.values())
      for (int api = 26; api <= 60; api += 1)
        assertEquals(Ability.ERASE.gate.refusal(api, mode) == null, Erasure.way(mode, api) != Erasure.Way.NEVER, mode + " on " + api);
  }

  @Test
  @DisplayName("since Android 14 the whole device is erased by the call that can do nothing else")
  void newer() {
    assertEquals(Erasure.Way.OWNER, Erasure.way(Mode.DEDICATED, 33));
    assertEquals(Erasure.Way.OWNER_DEVICE, Erasure.way(Mode.DEDICATED, 34));
    assertEquals(Erasure.Way.OUTSIDE, Erasure.way(Mode.COMPANY_PROFILE, 33));
    assertEquals(Erasure.Way.OUTSIDE_DEVICE, Erasure.way(Mode.COMPANY_PROFILE, 34));
  }
}
