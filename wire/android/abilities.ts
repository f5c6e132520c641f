/*
 * What can be set on an Android device, by which road, from which API level, in which way of holding it: facts of the system (DevicePolicyManager,
 * UserManager) and of Google's management API, for every setting of ours. One line per setting and road:
 *   'setCameraDisabled 26 FDC30W'   the call, the restriction of the system, or the field of Google's policy with the value that binds
 *                                   (`a.b=VALUE`); the first level; the modes, each with a later level of its own where it has one:
 *   F fully managed, D dedicated, C company-owned with a work profile, W a work profile on somebody's own device
 *   'kept 21 FDCW'                  the server keeps it itself, and tells the device what follows from it
 *   '-reason'                       it cannot be set that way at all
 * A setting without a line is as its kind is (`''`). Our agent runs on level 26 and newer.
 */

export type Lines = Readonly<Record<string, readonly [agent: string, google: string]>>

const none = ['-other-system', '-other-system'] as const
const kept = ['kept 21 FDCW', 'kept 21 FDCW'] as const
const developers = 'advancedSecurityOverrides.developerSettings=DEVELOPER_SETTINGS_DISABLED'
const connect = 'deviceConnectivityManagement'

const restrictions: Lines = {
  '': none,
  camera: ['setCameraDisabled 26 FDCW', 'cameraAccess=CAMERA_ACCESS_DISABLED 23 FDCW'],
  screenCapture: ['setScreenCaptureDisabled 26 FDCW', 'screenCaptureDisabled 23 FDCW'],
  appInstallation: ['no_install_apps 26 FDCW', 'installAppsDisabled 23 FDCW'],
  appRemoval: ['no_uninstall_apps 26 FDCW', 'uninstallAppsDisabled 23 FDCW'],
  sideloading: [
    'no_install_unknown_sources 26 FDCW',
    'advancedSecurityOverrides.untrustedAppsPolicy=DISALLOW_INSTALL 23 FDCW',
  ],
  externalStorage: ['no_physical_media 26 FDC30', 'mountPhysicalMediaDisabled 23 FDC'],
  computerPairing: ['no_usb_file_transfer 26 FDC30', `${connect}.usbDataAccess=DISALLOW_USB_FILE_TRANSFER 23 FDC`],
  bluetoothChanges: ['no_config_bluetooth 26 FDC30W', 'bluetoothConfigDisabled 23 FDC'],
  hotspotChanges: ['no_config_tethering 26 FDC30', `${connect}.tetheringSettings=DISALLOW_ALL_TETHERING 23 FDC`],
  vpnCreation: ['no_config_vpn 26 FDCW', 'vpnConfigDisabled 23 FD'],
  printing: ['no_printing 28 FDCW', 'printingPolicy=PRINTING_DISALLOWED 28 FDCW'],
  accessoriesWhileLocked: ['-not-yet', '-no-call'],
  cloudBackup: ['setBackupServiceEnabled 26 FDCW', 'backupService=BACKUP_SERVICE_DISABLED 26 FD'],
  nfc: ['no_near_field_communication_radio 36 FDC', 'deviceRadioState.nfc=NFC_DISABLED 36 FDC'],
  biometricUnlock: ['setKeyguardDisabledFeatures 26 FDCW', 'keyguardDisabledFeatures=BIOMETRICS 23 FDCW'],
  autoUnlock: ['setKeyguardDisabledFeatures 26 FDCW', 'keyguardDisabledFeatures=TRUST_AGENTS 23 FDCW'],
  lockScreenNotifications: ['setKeyguardDisabledFeatures 26 FDCW', 'keyguardDisabledFeatures=NOTIFICATIONS 23 FDCW'],
  passwordAutoFill: ['no_autofill 26 FDCW', 'autofillPolicy=AUTOFILL_DISABLED 26 FDCW'],
  eraseByUser: ['no_factory_reset 26 FD', 'factoryResetDisabled 23 FD'],
  accountChanges: ['no_modify_accounts 26 FDCW', 'modifyAccountsDisabled 23 FDCW'],
  configurationInstallation: ['no_config_credentials 26 FDCW', 'credentialsConfigDisabled 23 FDCW'],
  wallpaperChanges: ['no_set_wallpaper 26 FDCW', 'setWallpaperDisabled 24 FD'],
  requireAutomaticTime: ['setAutoTimeEnabled 30 FDC', 'autoDateAndTimeZone=AUTO_DATE_AND_TIME_ZONE_ENFORCED 23 FDC'],
  requireKnownWifi: ['no_add_wifi_config 33 FDC', `${connect}.configureWifi=DISALLOW_ADD_WIFI_CONFIG 33 FDC`],
  blockedApps: ['setApplicationHidden 26 FDCW', 'applications.installType=BLOCKED 23 FDCW'],
  allowedApps: ['setApplicationHidden 26 FDCW', 'playStoreMode=WHITELIST 23 FDCW'],
  outgoingCalls: ['no_outgoing_calls 26 FDC30W', 'outgoingCallsDisabled 23 FD'],
  textMessages: ['no_sms 26 FDC30', 'smsDisabled 23 FD'],
  dataRoaming: ['no_data_roaming 26 FDC30', 'dataRoamingDisabled 24 FD'],
  airplaneMode: ['no_airplane_mode 28 FDC30', 'deviceRadioState.airplaneModeState=AIRPLANE_MODE_DISABLED 28 FDC'],
  mobileNetworkChanges: ['no_config_mobile_networks 26 FDC30', 'mobileNetworksConfigDisabled 23 FD'],
  wifiChanges: ['no_config_wifi 26 FDC30W', `${connect}.configureWifi=DISALLOW_CONFIGURING_WIFI 23 FD`],
  microphone: ['no_unmute_microphone 26 FDC30W', 'microphoneAccess=MICROPHONE_ACCESS_DISABLED 23 FD'],
  volumeChanges: ['no_adjust_volume 26 FDCW', 'adjustVolumeDisabled 23 FD'],
  debugging: ['no_debugging_features 26 FDC30W', `${developers} 23 FDCW`],
  safeStart: ['no_safe_boot 26 FDC30', `${developers} 23 FD`],
  userChanges: ['no_add_user 26 FD', 'addUserDisabled 23 FD'],
  locationChanges: ['no_config_location 28 FDC30W', '-no-call'],
}

/** By kind of policy, then by key. */
export const settings: Readonly<Record<string, Lines>> = {
  passcode: {
    '': ['setRequiredPasswordComplexity 26 FDCW', 'passwordPolicies 23 FDCW'],
    maxFailedAttempts: ['setMaximumFailedPasswordsForWipe 26 FDCW', 'passwordPolicies 23 FDCW'],
    maxInactivityMinutes: ['setMaximumTimeToLock 26 FDCW', 'maximumTimeToLock 23 FDCW'],
    gracePeriodMinutes: none,
    failedAttemptsResetMinutes: none,
    changeAtNextSignIn: none,
  },
  restrictions,
  wifi: {
    '': ['WifiManager.addNetwork 26 FDCW', 'openNetworkConfiguration 23 FDCW'],
    skipSignInPage: none,
    privateAddress: ['-not-yet', '-not-yet'],
  },
  vpn: {
    '': none,
    name: kept,
    mode: ['setAlwaysOnVpnPackage 26 FDCW', 'alwaysOnVpnPackage 24 FDCW'],
    app: ['setAlwaysOnVpnPackage 26 FDCW', 'alwaysOnVpnPackage.packageName 24 FDCW'],
    everything: ['setAlwaysOnVpnPackage 26 FDCW', 'alwaysOnVpnPackage.lockdownEnabled 24 FDCW'],
  },
  email: { '': ['-no-call', '-not-yet'] },
  certificates: { '': ['installCaCert 26 FDCW', 'openNetworkConfiguration 23 FDCW'] },
  identity: {
    '': ['generateKeyPair 28 FDCW', '-no-call'],
    // Devices are certified by this server alone, for keys of P-256 that stay where they are.
    url: ['-not-yet', '-no-call'],
    authorityName: ['-not-yet', '-no-call'],
    challenge: ['-not-yet', '-no-call'],
    fingerprint: ['-not-yet', '-no-call'],
    keyBits: none,
    extractable: none,
    allApps: none,
  },
  encryption: { '': none, required: ['getStorageEncryptionStatus 26 FDCW', 'encryptionPolicy 23 FDCW'] },
  'os-update': {
    '': none,
    deferDays: ['setSystemUpdatePolicy 26 FDC30', 'systemUpdate.type=POSTPONE 23 FDC'],
    minimum: ['setSystemUpdatePolicy 26 FDC30', '-no-call'],
    installs: ['setSystemUpdatePolicy 26 FDC30', 'systemUpdate.type=AUTOMATIC 23 FDC'],
    window: ['setSystemUpdatePolicy 26 FDC30', 'systemUpdate.startMinutes 23 FDC'],
    freezes: ['setFreezePeriods 28 FDC30', 'systemUpdate.freezePeriods 28 FDC'],
  },
  'web-filter': { '': ['-not-yet', '-not-yet'] },
  'lock-screen': { '': ['setDeviceOwnerLockScreenInfo 26 FDC30', 'deviceOwnerLockScreenInfo 24 FD'] },
  'home-screen': { '': ['-not-yet', '-no-call'] },
  'single-app': { '': none, app: ['setLockTaskPackages 26 FD', 'applications.installType=KIOSK 23 FD'] },
  'managed-domains': { '': none },
  'managed-open-in': { '': none },
  'work-time': {
    '': kept,
    allowedApps: ['setPackagesSuspended 26 FDCW', '-no-call'],
    camera: ['setCameraDisabled 26 FDCW', 'cameraAccess=CAMERA_ACCESS_DISABLED 23 FDCW'],
    screenCapture: ['setScreenCaptureDisabled 26 FDCW', 'screenCaptureDisabled 23 FDCW'],
    appInstallation: ['no_install_apps 26 FDCW', 'installAppsDisabled 23 FDCW'],
    nearbySharing: none,
    assistant: none,
    cloudDocuments: none,
    ask: none,
  },
  app: {
    '': ['PackageInstaller 26 FDC', 'applications.installType 23 FDCW'],
    release: ['PackageInstaller 26 FDC', '-no-call'],
    updates: ['-no-call', 'applications.autoUpdateMode 23 FDCW'],
    config: ['setApplicationRestrictions 26 FDCW', 'applications.managedConfiguration 23 FDCW'],
    removable: ['setUninstallBlocked 26 FDCW', 'applications.installType=FORCE_INSTALLED 23 FDCW'],
  },
  kiosk: {
    '': ['setLockTaskPackages 26 FD', 'kioskCustomLauncherEnabled 23 FD'],
    features: ['setLockTaskFeatures 28 FD', 'kioskCustomization 28 FD'],
    exitCode: ['stopLockTask 26 FD', '-no-call'],
    awakeWhilePlugged: ['setGlobalSetting 26 FD', 'stayOnPluggedModes 23 FD'],
  },
  'private-dns': {
    '': ['setGlobalPrivateDnsModeSpecifiedHost 29 FD', `${connect}.privateDnsSettings 29 FD`],
  },
  'app-permissions': {
    '': ['setPermissionGrantState 26 FDCW', 'permissionGrants 23 FDCW'],
    byDefault: ['setPermissionPolicy 26 FDCW', 'defaultPermissionPolicy 23 FDCW'],
  },
  'work-and-personal': {
    '': none,
    copyPaste: [
      'no_cross_profile_copy_paste 26 CW',
      'crossProfilePolicies.crossProfileCopyPaste=COPY_FROM_WORK_TO_PERSONAL_DISALLOWED 23 CW',
    ],
    sharing: ['no_sharing_into_profile 28 CW', 'crossProfilePolicies.crossProfileDataSharing 23 CW'],
    contacts: [
      'setCrossProfileContactsSearchDisabled 26 CW',
      'crossProfilePolicies.showWorkContactsInPersonalProfile=SHOW_WORK_CONTACTS_IN_PERSONAL_PROFILE_DISALLOWED 23 CW',
    ],
    personalCamera: ['setCameraDisabled 30 C', 'personalUsagePolicies.cameraDisabled 30 C'],
    personalScreenCapture: ['setScreenCaptureDisabled 30 C', 'personalUsagePolicies.screenCaptureDisabled 30 C'],
    personalBlockedApps: ['-no-call', 'personalUsagePolicies.personalApplications 30 C'],
    daysWorkOff: ['setManagedProfileMaximumTimeOff 30 C', 'personalUsagePolicies.maxDaysWithWorkOff 30 C'],
  },
  location: {
    '': ['setLocationEnabled 30 FD', 'locationMode 30 FD'],
  },
  accounts: {
    '': ['setAccountManagementDisabled 26 FDCW', 'accountTypesWithManagementDisabled 23 FDCW'],
    personalBlockedTypes: [
      'setAccountManagementDisabled 30 C',
      'personalUsagePolicies.accountTypesWithManagementDisabled 30 C',
    ],
  },
  'reset-protection': {
    '': none,
    emails: ['-no-call', 'frpAdminEmails 23 FDC'],
    accountIds: ['setFactoryResetProtectionPolicy 30 FDC', '-no-call'],
    off: ['setFactoryResetProtectionPolicy 30 FDC', '-no-call'],
  },
}

/** What each road can be ordered; a field of `Command` on Google's. */
export const orders: Lines = {
  lock: ['lockNow 21 FDCW', 'LOCK 23 FDCW'],
  restart: ['reboot 24 FD', 'REBOOT 24 FD'],
  'clear-passcode': ['resetPasswordWithToken 26 FDC', 'RESET_PASSWORD 23 FDC'],
  'lost-mode.enable': ['startLockTask 26 FD', 'START_LOST_MODE 30 FDC'],
  'lost-mode.disable': ['stopLockTask 26 FD', 'STOP_LOST_MODE 30 FDC'],
  'lost-mode.sound': ['Ringtone 26 FD', '-no-call'],
  'location.query': ['LocationManager 26 FD', '-no-call'],
  'inventory.query': ['PackageManager 21 FDCW', '-no-call'],
  'app.uninstall': ['PackageInstaller 23 FDC', '-no-call'],
  'message.show': ['NotificationManager 21 FDCW', '-no-call'],
  wipe: ['wipeData 21 FDC', 'WIPE 23 FDC'],
  'enrollment.leave': ['clearDeviceOwnerApp 21 FDCW', 'devices.delete 23 FDCW'],
}
