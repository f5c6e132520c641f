/** Refusals of this part of the product; see `problems.ts`. */
export const policiesProblems = {
  'policy.kind-unknown': {
    status: 422,
    title: 'There is no such kind of policy.',
    next: 'Choose one of the kinds listed.',
  },
  'policy.invalid': {
    status: 422,
    title: 'The policy does not make sense as it is.',
    next: 'Correct the settings named below.',
  },
  'policy.too-large': {
    status: 422,
    title: 'The policy is larger than a device would take.',
    next: 'Split it, or leave out what is not needed.',
  },
  'policy.too-deep': {
    status: 422,
    title: 'The policy is nested too deep.',
    next: 'Check that it was not put into itself.',
  },
  'policy.name-taken': {
    status: 409,
    title: 'A policy of that name is there already.',
    next: 'Choose another name.',
  },
  'policy.changed-meanwhile': {
    status: 409,
    title: 'Someone saved another version while you were editing.',
    next: 'Look at their version, then save again on top of it.',
  },
  'policy.unchanged': {
    status: 409,
    title: 'This is what the policy says already.',
    next: 'Change something, or leave it as it is.',
  },
  'policy.in-use': {
    status: 409,
    title: 'A blueprint still holds this policy.',
    next: 'Take it out of the blueprints named, then archive it.',
  },
  'policy.archived': {
    status: 409,
    title: 'This policy was archived.',
    next: 'Make a new one; the versions of this one can still be read.',
  },
  'policy.file-unknown': {
    status: 422,
    title: 'This file is none that can become a policy.',
    next: 'Choose a configuration profile (.mobileconfig).',
  },
  'policy-secret.unknown': {
    status: 422,
    title: 'The policy names a secret that is not there, or that you may not use.',
    next: 'Enter the secret anew.',
  },
  'policy-secret.malformed': {
    status: 422,
    title: 'A new secret must be a text.',
    next: 'Enter it anew.',
  },
  'policy-secret.in-use': {
    status: 409,
    title: 'A policy still names this secret.',
    next: 'Give that policy another one, or archive it.',
  },
} as const
