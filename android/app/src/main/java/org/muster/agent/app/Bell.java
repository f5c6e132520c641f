package org.muster.agent.app;

import android.content.Context;
import android.media.AudioAttributes;
import android.media.AudioManager;
import android.media.Ringtone;
import android.media.RingtoneManager;
import org.muster.agent.core.Outcome;

/** Rings loudly whatever the volume was, and puts the volume back. */
final class Bell {
  private static final long LONGEST_MS = 300_000;
  private static Ringtone ringing;

  private Bell() {}

  static synchronized Outcome ring(final Device device, long forMs) {
    stop();
    Ringtone tone = RingtoneManager.getRingtone(device.context, RingtoneManager.getDefaultUri(RingtoneManager.TYPE_ALARM));
    if (tone == null) return Outcome.failed("The device has no alarm tone.");
    final AudioManager audio = (AudioManager) device.context.getSystemService(Context.AUDIO_SERVICE);
    final int before = audio.getStreamVolume(AudioManager.STREAM_ALARM);
    if (device.mode().ownsDevice() && device.dpm.isMasterVolumeMuted(device.admin)) device.dpm.setMasterVolumeMuted(device.admin, false);
    audio.setStreamVolume(AudioManager.STREAM_ALARM, audio.getStreamMaxVolume(AudioManager.STREAM_ALARM), 0);
    tone.setAudioAttributes(new AudioAttributes.Builder().setUsage(AudioAttributes.USAGE_ALARM).build());
    tone.play();
    ringing = tone;
    Background.handler().postDelayed(new Runnable() {
      @Override
      public void run() {
        stop();
        audio.setStreamVolume(AudioManager.STREAM_ALARM, before, 0);
      }
    }, Math.min(forMs, LONGEST_MS));
    return Outcome.done();
  }

  static synchronized void stop() {
    if (ringing == null) return;
    ringing.stop();
    ringing = null;
  }
}
