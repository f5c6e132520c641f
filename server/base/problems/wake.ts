/** Refusals of this part of the product; see `problems.ts`. */
export const wakeProblems = {
  'wake-channel.credential': {
    status: 422,
    title: 'This is not the key file of a service account.',
    next: 'In the Firebase console, open the project’s settings, make a new private key for a service account, and bring that JSON file unchanged.',
  },
} as const
