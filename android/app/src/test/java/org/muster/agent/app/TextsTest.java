package org.muster.agent.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.muster.agent.core.Mode;
import org.muster.agent.core.TextWake;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;

/** Texts that wake, on the Android Robolectric plays. */
@RunWith(RobolectricTestRunner.class)
public class TextsTest {
  private static String tokenIn(Mode mode, boolean telephony) {
    Context context = RuntimeEnvironment.getApplication();
    Shadows.shadowOf(context.getPackageManager()).setSystemFeature(PackageManager.FEATURE_TELEPHONY, telephony);
    new Box(mode);
    return new DeviceTexts(new Device(context), "1").token(false);
  }

  @Test
  public void aWordForTextsIsAskedForOnManagedPhonesAlone() {
    assertNull(tokenIn(Mode.WORK_PROFILE, true));
    assertNull(tokenIn(Mode.COMPANY_PROFILE, true));
    assertNull(tokenIn(Mode.FULLY_MANAGED, false));
  }

  @Test
  public void theWordIsKeptUntilItIsUsedUpOrTheSystemHasForgottenIt() {
    Context context = RuntimeEnvironment.getApplication();
    new Box(Mode.FULLY_MANAGED);
    Shadows.shadowOf(context.getPackageManager()).setSystemFeature(PackageManager.FEATURE_TELEPHONY, true);
    Device device = new Device(context);
    device.notes().edit().putString("text-token", "elevenSigns").putString("text-boot", "1").apply();
    assertEquals("elevenSigns", new DeviceTexts(device, "1").token(false));
    assertFalse("elevenSigns".equals(new DeviceTexts(device, "2").token(false)));
    device.notes().edit().putString("text-token", "elevenSigns").putString("text-boot", "1").apply();
    assertFalse("elevenSigns".equals(new DeviceTexts(device, "1").token(true)));
  }

  @Test
  public void aTextSaysWhichWakeItIsAndAnyOtherIsOneAllTheSame() {
    assertEquals("abc-_9", TextWake.in("elevenSigns W1:abc-_9").nonce);
    assertEquals("sms", TextWake.in("elevenSigns").channel);
    assertNull(TextWake.in("W1:\u00e5").nonce);
    assertNull(DeviceTexts.wakeIn(new Intent(DeviceTexts.ARRIVED)).nonce);
  }
}
