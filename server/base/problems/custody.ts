/** Refusals of this part of the product; see `problems.ts`. */
export const custodyProblems = {
  'push.renewal-pending': {
    status: 409,
    title: 'A new push certificate is on its way already.',
    next: 'Go on with it, or discard it: its key is lost then, and what the portal made from its request with it.',
  },
  'push.no-renewal': {
    status: 409,
    title: 'No new push certificate is on its way.',
    next: 'Make a request first.',
  },
  'push.not-signed': {
    status: 409,
    title: 'No vendor has signed the request yet.',
    next: 'Have it signed, then download it.',
  },
  'push.no-signer': {
    status: 409,
    title: 'This way of signing is not set up.',
    next: 'Upload a vendor certificate, name a signing service, or bring a request that was signed elsewhere.',
  },
  'push.signed-unreadable': {
    status: 422,
    title: 'This is not a signed request, or its signature does not hold.',
    next: 'Bring the file just as the signer gave it.',
  },
  'push.signed-other': {
    status: 422,
    title: 'The signed request is not the one this server made last.',
    next: 'Download the request again and have that one signed.',
  },
  'push.vendor-not-rsa': {
    status: 422,
    title: 'The vendor certificate has no RSA key.',
    next: 'Bring the certificate that the vendor program gave for signing requests.',
  },
  'push.vendor-expired': {
    status: 422,
    title: 'The vendor certificate has expired.',
    next: 'Renew it in the developer account it came from.',
  },
  'push.vendor-chain': {
    status: 422,
    title: 'A certificate above the vendor certificate is missing.',
    next: 'Add the certificate named, up to the root, to the same file.',
  },
  'push.nothing-offered': {
    status: 409,
    title: 'The new certificate has not been brought yet.',
    next: 'Upload what the portal made.',
  },
  'push.untried': {
    status: 409,
    title: 'No device has been reached by the new certificate yet.',
    next: 'Try it on one device first.',
  },
  'push.trial-impossible': {
    status: 409,
    title: 'A certificate of another topic cannot be tried: no device knows it.',
    next: 'Take it into use and enroll a device with it.',
  },
  'push.no-past': {
    status: 409,
    title: 'This push certificate is no longer kept.',
    next: 'Choose one of those that are listed.',
  },
  'custody.account-needed': {
    status: 422,
    title: 'The account that renews this must be named.',
    next: 'Write down the account at the vendor; without it nobody can renew.',
  },
  'custody.owner-unknown': {
    status: 422,
    title: 'This admin cannot be told of it.',
    next: 'Choose an admin who can sign in and may see it.',
  },
  'account.known': {
    status: 409,
    title: 'This account is in the register already.',
    next: 'Change the entry that is there.',
  },
  'account.address-malformed': {
    status: 422,
    title: 'This is not one mail address.',
    next: 'Write one address, such as mdm@example.com.',
  },
} as const
