package org.muster.agent.app;

import android.annotation.SuppressLint;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.os.Build;
import android.provider.Telephony;
import android.telephony.SmsManager;
import android.telephony.SmsMessage;
import android.telephony.TelephonyManager;
import org.muster.agent.core.Agent;
import org.muster.agent.core.DevicePort;
import org.muster.agent.core.TextWake;

/**
 * Texts that wake the agent. The system makes a word; a text that holds it is handed to the agent, shown to nobody, and the word is used up. No permission
 * to read messages is needed, and no other message is seen. The system forgets its words when it starts.
 */
final class DeviceTexts implements DevicePort.Texts {
  static final String ARRIVED = "org.muster.agent.TEXT";
  private static final String TOKEN = "text-token";
  private static final String BOOT = "text-boot";

  private final Device device;
  private final String boot;

  DeviceTexts(Device device, String boot) {
    this.device = device;
    this.boot = boot;
  }

  @Override
  public String token(boolean fresh) {
    if (!device.mode().ownsDevice() || !device.context.getPackageManager().hasSystemFeature(PackageManager.FEATURE_TELEPHONY)) return null;
    SharedPreferences notes = device.notes();
    String known = notes.getString(TOKEN, null);
    if (!fresh && known != null && boot.equals(notes.getString(BOOT, null))) return known;
    String made = make();
    notes.edit().putString(TOKEN, made).putString(BOOT, boot).apply();
    return made;
  }

  @SuppressWarnings("deprecation")
  private String make() {
    Intent intent = new Intent(ARRIVED, null, device.context, WakeReceiver.class);
    // The system puts the message into it.
    int mutable = Build.VERSION.SDK_INT >= Build.VERSION_CODES.S ? PendingIntent.FLAG_MUTABLE : 0;
    PendingIntent arrived = PendingIntent.getBroadcast(device.context, 1, intent, PendingIntent.FLAG_UPDATE_CURRENT | mutable);
    try {
      return SmsManager.getDefault().createAppSpecificSmsToken(arrived);
    } catch (RuntimeException none) {
      // A device without a SIM, or whose maker left this out.
      return null;
    }
  }

  /** Few SIMs know it, and newer Androids tell it to those alone who may read messages: then an admin says it. */
  @Override
  @SuppressLint({"MissingPermission", "HardwareIds"})
  public String number() {
    try {
      String said = ((TelephonyManager) device.context.getSystemService(Context.TELEPHONY_SERVICE)).getLine1Number();
      return said != null && said.matches("\\+[1-9]\\d{5,14}") ? said : null;
    } catch (RuntimeException hidden) {
      return null;
    }
  }

  /** The wake in a text that was handed over. */
  static Agent.Wake wakeIn(Intent intent) {
    StringBuilder text = new StringBuilder();
    SmsMessage[] parts = Telephony.Sms.Intents.getMessagesFromIntent(intent);
    if (parts != null) for (SmsMessage part : parts) if (part != null && part.getMessageBody() != null) text.append(part.getMessageBody());
    return TextWake.in(text.toString());
  }
}
