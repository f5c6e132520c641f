/** Refusals of this part of the product; see `problems.ts`. */
export const wakeProblems = {
  'wake-channel.credential': {
    status: 422,
    title: 'This is not the key file of a service account.',
    next: 'In the Firebase console, open the project’s settings, make a new private key for a service account, and bring that JSON file unchanged.',
  },
  'wake-channel.off': {
    status: 409,
    title: 'This channel is not set up.',
    next: 'Set it up first, then try it.',
  },
  'wake-channel.nobody': {
    status: 409,
    title: 'No device can be woken by this channel yet.',
    next: 'Agents tell how they can be woken when they call. Wait for the next contact of a device that has this channel.',
  },
  'wake-number.private': {
    status: 409,
    title: 'The number of this phone may not be known.',
    next: 'The privacy charter of its unit or of its kind says so. Other ways to wake the device remain.',
  },
  'wake-channel.busy': {
    status: 409,
    title: 'The device is being called already.',
    next: 'Wait until it has answered, or choose another device.',
  },
} as const
