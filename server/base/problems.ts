/** Every refusal of the product: HTTP status for people, the sentence, and what to do next. Add a line here before you throw it. */
export const problems = {
  'request.malformed': {
    status: 400,
    title: 'The request is not well formed.',
    next: 'Correct the fields named below and send it again.',
  },
  'request.too-large': {
    status: 413,
    title: 'The request is larger than this address accepts.',
    next: 'Send less at once.',
  },
  'request.content-type': {
    status: 415,
    title: 'This address does not take that content type.',
    next: 'Send one of the types the documentation names.',
  },
  'request.foreign-origin': {
    status: 403,
    title: 'The request came from another site.',
    next: 'Use the console itself, or an API key.',
  },
  'request.too-many': { status: 429, title: 'Too many requests.', next: 'Wait as long as Retry-After says.' },
  'request.replayed': {
    status: 409,
    title: 'This Idempotency-Key was used for a different request.',
    next: 'Use a new key for a new request.',
  },
  'route.unknown': { status: 404, title: 'There is nothing at this address.', next: 'Check the address.' },
  'id.unknown': {
    status: 404,
    title: 'There is no such thing, or you may not see it.',
    next: 'Check the id, or ask for a role on its unit.',
  },
  'permission.missing': {
    status: 403,
    title: 'Your roles do not include this.',
    next: 'Ask an owner for a role that does.',
  },
  'session.missing': { status: 401, title: 'You are not signed in.', next: 'Sign in.' },
  'key.refused': {
    status: 401,
    title: 'The API key is unknown, expired or revoked.',
    next: 'Create a new key under Settings.',
  },
  'filter.malformed': { status: 400, title: 'The filter cannot be read.', next: 'Correct it at the place named.' },
  'filter.field-unknown': {
    status: 400,
    title: 'The filter names a field this list does not have.',
    next: 'Use one of the fields named.',
  },
  'sort.unknown': {
    status: 400,
    title: 'This list cannot be sorted by that.',
    next: 'Use one of the columns named, with - in front for the other direction.',
  },
  'cursor.unknown': {
    status: 400,
    title: 'The page cursor is not one of this list.',
    next: 'Start at the first page.',
  },
  'server.fault': {
    status: 500,
    title: 'The server made a mistake.',
    next: 'Try again; tell your operator the request number if it stays.',
  },
  'server.unavailable': { status: 503, title: 'The server cannot do this right now.', next: 'Try again in a moment.' },
  'role.exceeds-own': {
    status: 403,
    title: 'That role permits more there than your own roles do.',
    next: 'Choose a lesser role, or ask someone who holds it.',
  },
  'unit.name-taken': {
    status: 409,
    title: 'A unit of that name is there already.',
    next: 'Choose another name.',
  },
  'user.email-taken': {
    status: 409,
    title: 'Another user has that e-mail address.',
    next: 'Use another address, or change the other user first.',
  },
  'metrics.refused': {
    status: 403,
    title: 'Metrics are read from this machine or with the metrics token.',
    next: 'Set MUSTER_METRICS_TOKEN and send it as a bearer token.',
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>
