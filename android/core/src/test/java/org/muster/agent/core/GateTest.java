package org.muster.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GateTest {
  @Test
  @DisplayName("a personal device is never erased, located, restarted or put into a kiosk, on any Android")
  void personal() {
    for (Ability never : new Ability[] {Ability.ERASE, Ability.LOCATE, Ability.RESTART, Ability.KIOSK, Ability.LOST_MODE, Ability.RESET_PROTECTION})
      for (int api = 26; api <= 60; api += 1)
        assertEquals(Outcome.MANAGEMENT_MODE, never.gate.refusal(api, Mode.WORK_PROFILE).code, never + " on " + api);
  }

  @Test
  @DisplayName("a device nobody manages refuses everything")
  void unmanaged() {
    for (Ability ability : Ability.values()) assertNotNull(ability.gate.refusal(40, Mode.UNMANAGED), ability.name());
    for (Restriction restriction : Restriction.all()) assertNotNull(restriction.gate.refusal(40, Mode.UNMANAGED), restriction.key);
  }

  @Test
  @DisplayName("the mode is the reason before the level is, and the level names the first that can")
  void reasons() {
    assertEquals("management-mode: work-profile", Ability.PRIVATE_DNS.gate.refusal(26, Mode.WORK_PROFILE).toString());
    assertEquals("api-level: 29", Ability.PRIVATE_DNS.gate.refusal(28, Mode.DEDICATED).toString());
    assertNull(Ability.PRIVATE_DNS.gate.refusal(29, Mode.DEDICATED));
    assertEquals("api-level: 30", Restriction.find("no_bluetooth").gate.refusal(29, Mode.COMPANY_PROFILE).toString());
  }

  @Test
  @DisplayName("everything can be had somewhere, and nowhere before the oldest Android the agent runs on")
  void somewhere() {
    for (Ability ability : Ability.values())
      for (Mode mode : Mode.values()) {
        int from = ability.gate.from(mode);
        assertTrue(from == 0 || from >= 26, ability.name());
      }
    for (Restriction restriction : Restriction.all()) assertTrue(restriction.gate.from(Mode.FULLY_MANAGED) >= 26, restriction.key);
    assertTrue(Restriction.all().size() >= 70);
  }
}
