import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const id = z.string().nullable()

/** What happens to the org. */
export const orgEvents = {
  created: eventType('org.created', { name }),
  changed: eventType('org.changed', { fields: z.array(z.string()) }),
}

/** What happens to units. Ids of parents, never more. */
export const unitEvents = {
  added: eventType('unit.added', { name, parent: id }),
  renamed: eventType('unit.renamed', { from: name, to: name }),
  moved: eventType('unit.moved', { name, from: id, to: id }),
  removed: eventType('unit.removed', { name }),
}

/** What happens to users: names of changed fields, not their values. */
export const userEvents = {
  added: eventType('user.added', { name }),
  changed: eventType('user.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('user.removed', { name }),
}

/** What happens to groups. One event names at most fifty users; more make several events. */
export const groupEvents = {
  added: eventType('group.added', { name }),
  changed: eventType('group.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('group.removed', { name }),
  membersChanged: eventType('group.membersChanged', {
    name,
    added: z.number(),
    removed: z.number(),
    users: z.array(z.string()).max(50),
  }),
}

/** What happens to admins, and what they do to sign in. Addresses are network addresses. */
export const adminEvents = {
  invited: eventType('admin.invited', { name, email: z.string(), role: z.string() }),
  accepted: eventType('admin.accepted', { name, address: z.string() }),
  changed: eventType('admin.changed', { name, fields: z.array(z.string()) }),
  disabled: eventType('admin.disabled', { name }),
  enabled: eventType('admin.enabled', { name }),
  removed: eventType('admin.removed', { name, email: z.string() }),
  linked: eventType('admin.linked', { name, purpose: z.string() }),
  signedIn: eventType('admin.signedIn', {
    how: z.enum(['password', 'code', 'recovery-code', 'passkey', 'link', 'setup']),
    address: z.string(),
  }),
  signedOut: eventType('admin.signedOut', {}),
  refused: eventType('admin.refused', {
    reason: z.enum(['account', 'password', 'code', 'passkey', 'state']),
    address: z.string(),
  }),
  passwordChanged: eventType('password.changed', { name }),
  totpAdded: eventType('totp.added', { name }),
  totpRemoved: eventType('totp.removed', { name }),
}

/** What happens to grants, sessions and keys. */
export const accessEvents = {
  granted: eventType('grant.added', { role: z.string(), unit: z.string(), unitName: name }),
  grantRemoved: eventType('grant.removed', { role: z.string(), unit: z.string(), unitName: name }),
  sessionRevoked: eventType('session.revoked', { sessions: z.array(z.string()) }),
  sessionProven: eventType('session.proven', { how: z.enum(['passkey', 'code', 'recovery-code']) }),
  allEnded: eventType('access.ended', { sessions: z.number(), keys: z.number() }),
  keyCreated: eventType('key.created', { name, role: z.string(), expiresAt: z.number().nullable() }),
  keyRevoked: eventType('key.revoked', { name }),
  keyResumed: eventType('key.resumed', { name }),
}

const passkey = z.string()

/** What happens to passkeys. `used` is a signature under something; sign-ins and proofs of a session have events of their own. */
export const passkeyEvents = {
  added: eventType('passkey.added', { passkey, name, synced: z.boolean() }),
  renamed: eventType('passkey.renamed', { passkey, from: name, to: name }),
  removed: eventType('passkey.removed', { passkey, name }),
  used: eventType('passkey.used', { passkey, name }),
  suspected: eventType('passkey.suspected', { passkey, name }),
}
