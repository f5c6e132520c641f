/** Refusals of this part of the product; see `problems.ts`. */
export const passkeysProblems = {
  'step-up.needed': {
    status: 403,
    title: 'This takes a fresh proof of who you are.',
    next: 'Use your passkey or enter a code, then do it again within five minutes.',
  },
  'step-up.keys-cannot': {
    status: 403,
    title: 'An API key cannot do this.',
    next: 'Sign in as a person; a passkey or a code is asked for.',
  },
  'step-up.refused': {
    status: 403,
    title: 'That code does not fit.',
    next: 'Enter the code the app shows now, or a recovery code that is still unused.',
  },
  'passkey.refused': {
    status: 403,
    title: 'The passkey was not accepted.',
    next: 'Try again; the request may have been open too long. If it stays so, use another way.',
  },
  'passkey.none': {
    status: 409,
    title: 'You have no passkey, and this takes one.',
    next: 'Add one on your account page.',
  },
  'passkey.known': {
    status: 409,
    title: 'This passkey is known already.',
    next: 'Use it, or choose another device.',
  },
  'passkey.too-many': {
    status: 409,
    title: 'An account has at most twenty passkeys.',
    next: 'Remove one that you do not use.',
  },
  'passkey.last': {
    status: 409,
    title: 'Nothing else would let you in.',
    next: 'Add another passkey or set a password first.',
  },
  'passkey.sign-in-again': {
    status: 403,
    title: 'You signed in too long ago to add the first passkey.',
    next: 'Sign in again and add it within five minutes.',
  },
  'passkey.no-name': {
    status: 409,
    title: 'Passkeys belong to a name, and this server is known by an address.',
    next: 'Give the server a name (MUSTER_URL) that browsers reach it by.',
  },
} as const
