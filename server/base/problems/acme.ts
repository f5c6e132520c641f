/** Refusals of this part of the product; see `problems.ts`. */
export const acmeProblems = {
  'acme.name-malformed': {
    status: 422,
    title: 'That is not the name of a host.',
    next: 'Write names such as printer.example.org, or *.example.org for everything below one.',
  },
  'acme.name-ours': {
    status: 422,
    title: 'That name is this server’s own.',
    next: 'Choose names of other hosts: whoever holds a certificate for this one could stand in for it.',
  },
  'attestation.root-malformed': {
    status: 422,
    title: 'That is no authority’s certificate.',
    next: 'Give one certificate of an authority in PEM, self-signed and not expired.',
  },
  'attestation.no-root': {
    status: 409,
    title: 'No maker’s attestations are believed here.',
    next: 'Add the authority of the maker under Settings, Certificate server.',
  },
  'attestation.hardware': {
    status: 409,
    title: 'The chip or the system of this device does not attest.',
    next: 'Nothing can be done: it takes newer hardware or a newer system.',
  },
} as const
