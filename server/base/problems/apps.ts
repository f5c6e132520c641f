/** Refusals of this part of the product; see `problems.ts`. */
export const appsProblems = {
  'app.archived': { status: 409, title: 'This app was put away.', next: 'Add it again.' },
  'app.known': {
    status: 409,
    title: 'The catalog has this app already.',
    next: 'Open the one that is there.',
  },
  'app.in-use': {
    status: 409,
    title: 'Policies still name this app.',
    next: 'Archive those policies first.',
  },
  'app.bundle-missing': {
    status: 422,
    title: 'Devices know apps by their bundle identifier, and it is missing.',
    next: 'Look the app up in the store, or enter its bundle identifier.',
  },
  'app.store-id-missing': {
    status: 422,
    title: 'The store knows apps by a number, and it is missing.',
    next: 'Enter the number in the app’s store address.',
  },
  'app.address-missing': {
    status: 422,
    title: 'Only a web app has an address, and it must have one.',
    next: 'Enter an address that begins with https://.',
  },
  'app.not-offered': {
    status: 409,
    title: 'This app is not offered on this device.',
    next: 'Ask your administrator to offer it.',
  },
  'app.not-a-file': {
    status: 409,
    title: 'Only apps of your own have files.',
    next: 'Add the app as an app of your own.',
  },
  'app.file-malformed': {
    status: 422,
    title: 'This file cannot be read as an app.',
    next: 'Upload an .ipa for iPhone and iPad, a signed distribution .pkg for Mac, or an .apk for Android.',
  },
  'app.file-too-large': {
    status: 422,
    title: 'This file is larger than this server takes.',
    next: 'Make the app smaller; the limit is 4 GiB.',
  },
  'app.file-unsigned': {
    status: 422,
    title: 'This package is not signed, and devices refuse such packages.',
    next: 'Sign it with the key of your apps and upload it again.',
  },
  'app.file-old-signature': {
    status: 422,
    title: 'This package is signed in the old way alone (v1), which does not protect all of it.',
    next: 'Sign it again with scheme v2 or v3 (apksigner does), and upload it again.',
  },
  'app.file-forged': {
    status: 422,
    title: 'The signature of this package does not hold, so somebody has changed the file since it was signed.',
    next: 'Get the file again from whoever made it, and find out who changed it.',
  },
  'app.file-part': {
    status: 422,
    title: 'This package is one part of an app and cannot be installed by itself.',
    next: 'Ask the maker of the app for one universal .apk.',
  },
  'app.file-test-only': {
    status: 422,
    title: 'This package was built for tests alone, and devices refuse it.',
    next: 'Build it for release and upload it again.',
  },
  'app.file-expired': {
    status: 422,
    title: 'What lets this app run has expired.',
    next: 'Build it with a new provisioning profile or certificate.',
  },
  'app.other-bundle': {
    status: 409,
    title: 'This file is another app.',
    next: 'Upload a file with the bundle identifier of this app, or add it as an app of its own.',
  },
  'app.other-signer': {
    status: 409,
    title: 'This file was signed by someone else than the releases before.',
    next: 'Find out why. If it is right, allow the new signer on this app and upload the file again.',
  },
  'app.release-known': {
    status: 409,
    title: 'This version is there already, with another file.',
    next: 'Give the app a new version, or withdraw the release first.',
  },
  'app.upload-offset': {
    status: 409,
    title: 'This part does not follow the one before.',
    next: 'Go on at the place the upload says.',
  },
  'app.form-malformed': {
    status: 422,
    title: 'This is no description of managed configuration.',
    next: 'Upload the AppConfig XML file or a JSON Schema of the app’s vendor.',
  },
  'app.link-unknown': {
    status: 404,
    title: 'This address does not lead to a file any more.',
    next: 'Wait until the device is told a new one.',
  },
  'app.not-asking': {
    status: 409,
    title: 'There is nothing to ask about this app on this device.',
    next: 'Look at the state of the app on the device.',
  },
} as const
