/**
 * Every key, certificate and account at a vendor on which the fleet depends: who answers for it, by which account it was made, when it ends,
 * what stops then, and how it is renewed without losing devices. The rooms that have these things keep them; this one asks them for all and adds
 * who is told first, announces what ends, and looks after the addresses of accounts and contacts. It also checks how the server is set up.
 */
export { type Account, accounts } from './account.ts'
export { type AddressTrouble, looksPersonal, troubleOf } from './address.ts'
export { custodyEvents } from './events.ts'
export { custodyFollower } from './follow.ts'
export { measure } from './jobs.ts'
export { type Keeping, keepings as list } from './keeping.ts'
export { breaksShape } from './things.ts'
