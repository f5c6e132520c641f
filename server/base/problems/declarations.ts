/** Refusals of this part of the product; see `problems.ts`. */
export const declarationsProblems = {
  'device.declarations-unknown': {
    status: 400,
    title: 'Nothing is declared to a device whose system is not known to take declarations.',
    next: 'Wait until the device has told its version.',
  },
  'device.profile-unknown': {
    status: 404,
    title: 'The device is not to have a profile of this content.',
    next: 'Ask for the declarations again.',
  },
  'declarations.none': {
    status: 409,
    title: 'The system of this device does not know declarations.',
    next: 'Update the device.',
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>
