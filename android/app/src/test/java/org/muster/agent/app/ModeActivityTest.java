package org.muster.agent.app;

import static android.app.admin.DevicePolicyManager.PROVISIONING_MODE_FULLY_MANAGED_DEVICE;
import static android.app.admin.DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE;
import static android.app.admin.DevicePolicyManager.PROVISIONING_MODE_MANAGED_PROFILE_ON_PERSONAL_DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.muster.agent.core.Mode;

class ModeActivityTest {
  private static final int WHOLE = PROVISIONING_MODE_FULLY_MANAGED_DEVICE;
  private static final int PROFILE = PROVISIONING_MODE_MANAGED_PROFILE;
  private static final int PERSONAL = PROVISIONING_MODE_MANAGED_PROFILE_ON_PERSONAL_DEVICE;
  private static final List<Integer> ALL = Arrays.asList(WHOLE, PROFILE, PERSONAL);

  @Test
  @DisplayName("the mode of the invitation is taken where the device allows it")
  void wished() {
    assertEquals(WHOLE, ModeActivity.choose(Mode.FULLY_MANAGED, ALL));
    assertEquals(WHOLE, ModeActivity.choose(Mode.DEDICATED, ALL));
    assertEquals(PROFILE, ModeActivity.choose(Mode.COMPANY_PROFILE, ALL));
    assertEquals(PERSONAL, ModeActivity.choose(Mode.WORK_PROFILE, ALL));
    assertEquals(PROFILE, ModeActivity.choose(Mode.WORK_PROFILE, Collections.singletonList(PROFILE)));
  }

  @Test
  @DisplayName("an invitation to a work profile never becomes a device managed whole")
  void neverMore() {
    List<Integer> wholeOnly = Collections.singletonList(WHOLE);
    assertEquals(ModeActivity.REFUSED, ModeActivity.choose(Mode.WORK_PROFILE, wholeOnly));
    assertEquals(ModeActivity.REFUSED, ModeActivity.choose(Mode.COMPANY_PROFILE, wholeOnly));
    assertEquals(PROFILE, ModeActivity.choose(Mode.WORK_PROFILE, null));
  }

  @Test
  @DisplayName("a mode the device does not allow ends the setting up; an invitation without one takes what is allowed")
  void refused() {
    assertEquals(ModeActivity.REFUSED, ModeActivity.choose(Mode.FULLY_MANAGED, Arrays.asList(PROFILE, PERSONAL)));
    assertEquals(PERSONAL, ModeActivity.choose(Mode.UNMANAGED, Arrays.asList(PROFILE, PERSONAL)));
    assertEquals(WHOLE, ModeActivity.choose(Mode.UNMANAGED, null));
  }
}
