import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { Problem } from './problem.ts'

const prefixes = {
  org: 'org',
  unit: 'unt',
  admin: 'adm',
  grant: 'grt',
  user: 'usr',
  session: 'ses',
  key: 'key',
  event: 'evt',
  job: 'job',
  issuer: 'iss',
  certificate: 'crt',
  challenge: 'chl',
  device: 'dev',
  invitation: 'inv',
  arrival: 'arv',
  enrollment: 'enr',
  newcomer: 'new',
  account: 'acc',
  command: 'cmd',
  batch: 'bat',
  wake: 'wak',
  view: 'viw',
  tag: 'tag',
  policy: 'pol',
  secret: 'sec',
  blueprint: 'blu',
  assignment: 'asg',
  group: 'grp',
  rollout: 'rol',
  trial: 'tri',
  preview: 'prv',
  test: 'tst',
  change: 'chg',
  import: 'imp',
  passkey: 'psk',
  intent: 'int',
  approval: 'apr',
  charter: 'cha',
  look: 'lok',
  fix: 'fix',
  incident: 'inc',
  order: 'ord',
  rule: 'rul',
  exception: 'exc',
  alert: 'alt',
  subscription: 'sub',
  calendar: 'cal',
  ask: 'ask',
  visit: 'vis',
  report: 'rep',
  export: 'exp',
  mail: 'mai',
  program: 'prg',
  entry: 'ent',
  bulk: 'blk',
  setup: 'stp',
  escrow: 'esc',
  portalAct: 'pac',
  app: 'app',
  release: 'rel',
  upload: 'upl',
  find: 'fnd',
  license: 'lic',
  seat: 'sea',
  campaign: 'cam',
  intake: 'itk',
  keeping: 'kpg',
  acmeAccount: 'aca',
  acmeOrder: 'aco',
  authorization: 'aut',
  binding: 'bnd',
} as const

/** The nouns that have ids. */
export type Noun = keyof typeof prefixes

declare const noun: unique symbol
/** An id of one noun: a three-letter prefix and a UUIDv7 in 32 hex digits (`dev_0192…`). Carries no meaning but its noun. */
export type Id<N extends Noun> = string & { readonly [noun]: N }

/** A fresh id; later ids of this process sort after earlier ones. */
export function newId<N extends Noun>(of: N): Id<N> {
  return `${prefixes[of]}_${nextUuid()}` as Id<N>
}

let lastStamp = 0
let counter = 0

/** RFC 9562 §6.2 method 1: within one millisecond a counter in rand_a keeps the order; `randomUUIDv7` alone does not. */
function nextUuid(): string {
  const hex = randomUUIDv7().replaceAll('-', '')
  const stamp = Number.parseInt(hex.slice(0, 12), 16)
  if (stamp > lastStamp) {
    lastStamp = stamp
    counter = Number.parseInt(hex.slice(13, 16), 16) & 0x7ff
  } else {
    counter += 1
    if (counter > 0xfff) {
      lastStamp += 1
      counter = 0
    }
  }
  return `${lastStamp.toString(16).padStart(12, '0')}7${counter.toString(16).padStart(3, '0')}${hex.slice(16)}`
}

/** Whether the text has the form of an id of this noun. */
export function isId<N extends Noun>(of: N, text: string): text is Id<N> {
  return text.length === 36 && text.startsWith(`${prefixes[of]}_`) && /^[0-9a-f]{32}$/.test(text.slice(4))
}

/** The text as an id of this noun; refuses anything else as if it named nothing, so that ids cannot be probed by form. */
export function asId<N extends Noun>(of: N, text: string): Id<N> {
  if (!isId(of, text)) throw new Problem('id.unknown')
  return text
}

/** A secret of `bytes` random bytes in base64url, for links, keys and challenges (≥ 128 bits by default 256). */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}

/** SHA-256 in hex: what is stored of a secret that is only ever compared. */
export function digest(secret: string | Uint8Array): string {
  return createHash('sha256').update(secret).digest('hex')
}
