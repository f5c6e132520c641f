package org.muster.agent.app;

import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.Signature;
import android.content.pm.SigningInfo;
import android.os.IInterface;
import android.os.UserManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.muster.agent.core.Mode;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowDevicePolicyManager;
import org.robolectric.util.ReflectionHelpers;

/** A device out of its box, given to the agent in one of the modes; Robolectric plays Android, and what it does not know is written down. */
final class Box {
  final Context context = RuntimeEnvironment.getApplication();
  final DevicePolicyManager dpm = (DevicePolicyManager) context.getSystemService(Context.DEVICE_POLICY_SERVICE);
  final ShadowDevicePolicyManager shadow = Shadows.shadowOf(dpm);
  final ComponentName admin = new ComponentName(context, Admin.class);
  /** The calls that reached the system's own service, with what they said. */
  final List<String> calls = new ArrayList<String>();

  Box(Mode mode) {
    ShadowDevicePolicyManager.reset();
    ReflectionHelpers.setStaticField(Engine.class, "only", null);
    if (mode.ownsDevice()) shadow.setDeviceOwner(admin);
    else if (mode != Mode.UNMANAGED) {
      shadow.setProfileOwner(admin);
      shadow.setActiveAdmin(admin);
    }
    Shadows.shadowOf(users()).setManagedProfile(!mode.ownsDevice() && mode != Mode.UNMANAGED);
    shadow.setOrganizationOwnedDeviceWithManagedProfile(mode == Mode.COMPANY_PROFILE);
    record();
    new Device(context).dedicate(mode == Mode.DEDICATED);
  }

  DpmPort port() {
    return new DpmPort(new Device(context) {
      @Override
      DevicePolicyManager outside() {
        DevicePolicyManager outside = super.outside();
        // Robolectric forgets here whose it is and who the admin is.
        ReflectionHelpers.setField(Shadows.shadowOf(outside), "context", context);
        Shadows.shadowOf(outside).setActiveAdmin(admin);
        return outside;
      }
    });
  }

  /** An app as the device has it after somebody installed it. */
  @SuppressWarnings("deprecation")
  void install(String name) {
    PackageInfo app = new PackageInfo();
    app.packageName = name;
    app.versionName = "4.2";
    app.versionCode = 42;
    app.applicationInfo = new ApplicationInfo();
    app.applicationInfo.packageName = name;
    app.applicationInfo.flags = ApplicationInfo.FLAG_INSTALLED;
    Signature[] signers = {new Signature(new byte[] {1, 2, 3})};
    app.signatures = signers;
    app.signingInfo = new SigningInfo();
    Shadows.shadowOf(app.signingInfo).setSignatures(signers);
    Shadows.shadowOf(context.getPackageManager()).installPackage(app);
  }

  UserManager users() {
    return (UserManager) context.getSystemService(Context.USER_SERVICE);
  }

  boolean called(String part) {
    for (String call : calls) if (call.contains(part)) return true;
    return false;
  }

  /** Puts a listener between the manager and the service it speaks to. */
  private void record() {
    final Object service = ReflectionHelpers.getField(dpm, "mService");
    final Class<?> type = ReflectionHelpers.loadClass(getClass().getClassLoader(), "android.app.admin.IDevicePolicyManager");
    Object listener = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type, IInterface.class}, new InvocationHandler() {
      @Override
      public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        calls.add(method.getName() + (arguments == null ? "[]" : Arrays.deepToString(arguments)));
        Object answer = answer(method);
        return answer != null || service == null ? answer : method.invoke(service, arguments);
      }
    });
    ReflectionHelpers.setField(dpm, "mService", listener);
  }

  /** What the service behind Robolectric's manager would say and Robolectric does not know: it agrees. */
  private Object answer(Method method) {
    String name = method.getName();
    if (name.equals("getUserRestrictions")) return users().getUserRestrictions();
    if (name.equals("getEnrollmentSpecificId")) return "";
    if (name.equals("isManagedProfile")) return true;
    return name.startsWith("set") && method.getReturnType() == boolean.class ? true : null;
  }
}
