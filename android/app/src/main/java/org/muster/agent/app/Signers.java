package org.muster.agent.app;

import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.Signature;
import android.content.pm.SigningInfo;
import android.os.Build;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Who signed a package: SHA-256 of the certificates, base64url without padding. */
final class Signers {
  private Signers() {}

  /** What the package manager must be asked for. */
  @SuppressWarnings("deprecation")
  static int flag() {
    return Build.VERSION.SDK_INT >= Build.VERSION_CODES.P ? PackageManager.GET_SIGNING_CERTIFICATES : PackageManager.GET_SIGNATURES;
  }

  /** The certificate that signs it now, or null when the system does not say. */
  static String current(PackageInfo info) {
    Signature[] signatures = signatures(info);
    return signatures.length == 0 ? null : digest(signatures[0].toByteArray());
  }

  /** Every certificate it may be known by: all of its signers, or the one signer's line of rotated keys. */
  static List<String> all(PackageInfo info) {
    List<String> digests = new ArrayList<String>();
    for (Signature signature : signatures(info)) digests.add(digest(signature.toByteArray()));
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P || info.signingInfo == null || info.signingInfo.hasMultipleSigners()) return digests;
    for (Signature signature : known(info.signingInfo.getSigningCertificateHistory())) digests.add(digest(signature.toByteArray()));
    return digests;
  }

  @SuppressWarnings("deprecation")
  private static Signature[] signatures(PackageInfo info) {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return known(info.signatures);
    SigningInfo signing = info.signingInfo;
    return signing == null ? new Signature[0] : known(signing.getApkContentsSigners());
  }

  private static Signature[] known(Signature[] signatures) {
    return signatures == null ? new Signature[0] : signatures;
  }

  private static String digest(byte[] certificate) {
    try {
      return text(MessageDigest.getInstance("SHA-256").digest(certificate));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  static String text(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
