import type { Class } from './subjects.ts'

/** Whom the routes are for by which devices get our agent. */
export const agentSetupClasses: Readonly<Record<string, Class>> = {
  'GET /agent/agent.apk': {
    for: 'open',
    why: 'a device that is being set up has no proof of itself yet; the file is the same for all',
  },
  'GET /api/v1/devices/:id/agent': { for: 'thing', of: 'device', empty: true },
  'GET /api/v1/agent/package': { for: 'same' },
  'POST /api/v1/invitations/:id/provisioning': {
    for: 'thing',
    of: 'invitation',
    body: { secret: 'a-secret-of-22-letters-or-more', mode: 'fully-managed' },
    empty: true,
  },
}
