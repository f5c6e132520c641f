/** Refusals of this part of the product; see `problems.ts`. */
export const androidProblems = {
  'android.key-unreadable': {
    status: 422,
    title: 'This is not the key of a service account.',
    next: 'Download a JSON key of the service account in the Google Cloud console and choose that file.',
  },
  'android.not-signed-up': {
    status: 409,
    title: 'The organization has not signed up with Google yet.',
    next: 'Open the sign-up link of the program, finish it, and try again.',
  },
  'android.devices-enrolled': {
    status: 409,
    title: 'Google still manages devices for this program.',
    next: 'Let the devices go first, or disconnect the program on its page, where you are told what becomes of them.',
  },
  'android.closing': {
    status: 409,
    title: 'The program is taking its leave of Google.',
    next: 'Wait until it is gone, and add it anew if it is still wanted.',
  },
  'android.leave-erases': {
    status: 409,
    title: 'Google cannot let go of this device without erasing it.',
    next: 'Erase the device instead, if that is what you want.',
  },
} as const
