/** What apps of Android are called, what is read in their files, and why a device has them not. */
export const androidApps = {
  'appsPage.platform.android': 'Android',
  'explained.agent.download': 'The device could not fetch the file of the app.',
  'explained.agent.download.next': 'Check that the device reaches this server; it is tried again by itself.',
  'explained.agent.file-other': 'The file that came is not the one that was meant, and the device threw it away.',
  'explained.agent.file-other.next':
    'Look whether something between server and device changes files; upload the release anew if it goes on.',
  'explained.agent.signer':
    'Somebody else signed the file or the app that is there, and the device did not install it.',
  'explained.agent.signer.next': 'Have the app of that name removed on the device, or find out who signed the file.',
  'explained.agent.package-other': 'The file holds another app than its entry in the catalog says.',
  'explained.agent.package-other.next': 'Withdraw the release and upload the right file.',
  'explained.agent.failed': 'The device could not do it.',
  'explained.agent.failed.next': 'Read the device’s own words; it is tried again by itself, ever more rarely.',
  'explained.agent.waiting': 'A person has to agree on the device, or something it needs is not there yet.',
  'explained.agent.waiting.next': 'Ask the person to look at the device.',
  'explained.agent.unsupported': 'Nothing like it exists on this device.',
  'explained.agent.unsupported.next': 'Do not assign it to this device.',
  'problem.app.file-old-signature':
    'This package is signed in the old way alone (v1), which does not protect all of it.',
  'problem.app.file-old-signature.next': 'Sign it again with scheme v2 or v3 (apksigner does), and upload it again.',
  'problem.app.file-forged':
    'The signature of this package does not hold, so somebody has changed the file since it was signed.',
  'problem.app.file-forged.next': 'Get the file again from whoever made it, and find out who changed it.',
  'problem.app.file-part': 'This package is one part of an app and cannot be installed by itself.',
  'problem.app.file-part.next': 'Ask the maker of the app for one universal .apk.',
  'problem.app.file-test-only': 'This package was built for tests alone, and devices refuse it.',
  'problem.app.file-test-only.next': 'Build it for release and upload it again.',
  'apkPage.title': 'In the package',
  'apkPage.hint': 'Version {version}, the latest',
  'apkPage.package': 'Package',
  'apkPage.version': 'Version',
  'apkPage.numbered': '{name} (number {code})',
  'apkPage.from': 'Runs from',
  'apkPage.level': 'Android {os} (level {level})',
  'apkPage.target': 'Made for level',
  'apkPage.signer': 'Signed by',
  'apkPage.scheme': 'Signature',
  'apkPage.schemeOf':
    '{rotated, select, yes {Scheme v{scheme}; the key follows an earlier one} other {Scheme v{scheme}}}',
  'apkPage.debuggable':
    'It was built for finding faults: whoever holds the device can read and change what it does. Upload a build for release.',
  'apkPage.permissions': 'What it asks to be allowed',
  'apkPage.noPermissions': 'It asks for nothing.',
  'apkPage.search': 'Search permissions',
  'apkPage.noneFound': 'None of that name',
  'apkPage.older': 'not the latest',
  'apkPage.others':
    '{count, plural, one {# device has another version than the latest.} other {# devices have another version than the latest.}}',
  'android.searchApps': 'Search by name, package or permission',
  'android.noSuchApps': 'No app here matches.',
} as const
