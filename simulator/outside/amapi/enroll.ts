import { randomBytes } from 'node:crypto'
import { arrive } from './phones.ts'
import { appTold } from './judge.ts'
import type { Phone, Token, World } from './world.ts'

/** What a phone is, before it is anybody's. */
export interface PhoneWish {
  /** The token's value, or the text of the QR code. */
  readonly token: string
  /** A person's own phone: it gets a work profile and no more. */
  readonly personal?: boolean
  readonly serial?: string
  readonly brand?: string
  readonly model?: string
  readonly apiLevel?: number
  readonly androidVersion?: string
  /** Packages it came with. */
  readonly apps?: readonly string[]
  readonly password?: Phone['password']
}

/** Why a token does not enroll a phone. */
export class NotEnrolled extends Error {
  readonly code: 'token-unknown' | 'token-over' | 'token-used' | 'personal-usage'

  constructor(code: NotEnrolled['code']) {
    super(code)
    this.code = code
  }
}

/** Enrolls a phone as its setup would: it says so, and looks for its policy a little later. */
export function enroll(world: World, wish: PhoneWish): Phone {
  world.clock.run()
  const value = valueIn(wish.token)
  for (const enterprise of world.enterprises.values())
    for (const token of enterprise.tokens.values())
      if (token.value === value) {
        demand(world, token, wish)
        token.used += 1
        const phone = newPhone(world, { wish, token, enterprise })
        enterprise.phones.set(phone.name, phone)
        arrive(world, phone)
        return phone
      }
  throw new NotEnrolled('token-unknown')
}

function demand(world: World, token: Token, wish: PhoneWish): void {
  if (token.deleted || token.until <= world.clock.now()) throw new NotEnrolled('token-over')
  if (token.body['oneTimeOnly'] === true && token.used > 0) throw new NotEnrolled('token-used')
  const allowed = token.body['allowPersonalUsage'] === 'PERSONAL_USAGE_ALLOWED'
  if (wish.personal && !allowed) throw new NotEnrolled('personal-usage')
}

function newPhone(
  world: World,
  { wish, token, enterprise }: { wish: PhoneWish; token: Token; enterprise: Phone['enterprise'] },
): Phone {
  const profile = token.body['allowPersonalUsage'] === 'PERSONAL_USAGE_ALLOWED'
  const now = world.clock.now()
  const serial = wish.serial ?? randomBytes(5).toString('hex').toUpperCase()
  const said = token.body['policyName']
  const apiLevel = wish.apiLevel ?? 36
  return {
    name: `${enterprise.name}/devices/${randomBytes(8).toString('hex')}`,
    enterprise,
    serial,
    brand: wish.brand ?? 'Google',
    model: wish.model ?? 'Pixel 9',
    androidVersion: wish.androidVersion ?? String(Math.max(apiLevel - 20, 5)),
    apiLevel,
    mode: profile ? 'PROFILE_OWNER' : 'DEVICE_OWNER',
    ownership: wish.personal ? 'PERSONALLY_OWNED' : 'COMPANY_OWNED',
    enrolledAt: now,
    token,
    policyName: typeof said === 'string' ? said : `${enterprise.name}/policies/default`,
    state: 'ACTIVE',
    disabledReason: null,
    appliedState: 'PROVISIONING',
    appliedPolicy: null,
    syncedAt: null,
    reportedAt: now,
    problems: [],
    online: true,
    lost: false,
    deleted: false,
    gone: false,
    apps: new Map((wish.apps ?? []).map(name => [name, appTold(name)])),
    unavailable: new Set(),
    stubborn: new Set(),
    password: wish.password ?? 'none',
    posture: { devicePosture: 'SECURE' },
    lostRefusal: null,
    failing: null,
    place: { latitude: 59.3293, longitude: 18.0686 },
    battery: 80,
    operations: new Map(),
    planned: false,
  }
}

function valueIn(token: string): string {
  try {
    const code = JSON.parse(token) as Record<string, Record<string, string>>
    const extras = code['android.app.extra.PROVISIONING_ADMIN_EXTRAS_BUNDLE']
    return extras?.['com.google.android.apps.work.clouddpc.EXTRA_ENROLLMENT_TOKEN'] ?? ''
  } catch {
    return token
  }
}
