"""Says what androguard, a reader of packages that shares nothing with our tools, finds in one."""
import json
import sys

from androguard.core.bytecodes.apk import APK

apk = APK(sys.argv[1])
print(
    json.dumps(
        {
            "package": apk.get_package(),
            "api": [apk.get_min_sdk_version(), apk.get_target_sdk_version()],
            "permissions": sorted(apk.get_permissions()),
            "receivers": sorted(apk.get_receivers()),
            "services": sorted(apk.get_services()),
            "activities": sorted(apk.get_activities()),
            "main": apk.get_main_activity(),
            "schemes": [apk.is_signed_v1(), apk.is_signed_v2(), apk.is_signed_v3()],
            "certificates": [certificate.sha256.hex() for certificate in apk.get_certificates_v3()],
            "files": len(list(apk.get_all_dex())),
        }
    )
)
