import { availability, type CatalogTarget, type UnavailableReason } from './available.ts'
import { type Artifact, isObject, type Json, placeOf, rootOf, step, type System } from './catalog.ts'
import { formOf, isLater } from './forms.ts'
import { type Finding, validate } from './validate.ts'

/*
 * What has to be so before a command of the catalog is sent: the server asks it of every order, and the console of every draft.
 */

/** What is known of the device, or of the account on it, that a command is for. */
export interface Recipient {
  readonly platform: string
  readonly osVersion: string | null
  readonly supervised: boolean | null
  /** How it is enrolled: `device`, `user-enrollment`, `shared-ipad`. */
  readonly enrollment: string
  /** Whether it has several users, as far as it has said; undefined: it has not. */
  readonly shared: boolean | undefined
  /** Bits of the access rights held; null where nobody counted them. */
  readonly rights: number | null
  /** Goes by an account's channel. */
  readonly account: boolean
}

const systemsOf: Readonly<Record<string, System>> = { ios: 'ios', ipados: 'ios', macos: 'macos', tvos: 'tvos' }

/** Why a command is certainly not there for a device; null when it is, or when too little is known to say. */
export function refusalOf(
  artifact: Artifact,
  recipient: Recipient,
): { reason: UnavailableReason; facts: Readonly<Record<string, string>> } | null {
  const targets = targetsOf(recipient)
  const said = targets.map(target => availability(artifact, target))
  const [first] = said
  return first?.can === 'no' && said.every(s => s.can === 'no') ? { reason: first.reason, facts: first.facts } : null
}

/** The recipient as the catalog asks about it; two where it is not known whether an iPad is shared. */
export function targetsOf(recipient: Recipient): readonly CatalogTarget[] {
  const { platform, osVersion, supervised, enrollment, rights, account } = recipient
  const system = Object.hasOwn(systemsOf, platform) ? systemsOf[platform] : undefined
  if (!system) return []
  const target = (sharedIpad: boolean): CatalogTarget => ({
    system,
    version: osVersion,
    supervised,
    enrollment: enrollment === 'user-enrollment' ? 'user' : 'device',
    automated: null,
    approved: null,
    channel: account ? 'user' : 'device',
    sharedIpad,
    // User Enrollment ignores AccessRights (Apple: MDM payload).
    rights: enrollment === 'user-enrollment' ? null : rights,
    capabilities: null,
  })
  if (platform !== 'ipados' || enrollment === 'user-enrollment') return [target(false)]
  if (enrollment === 'shared-ipad' || recipient.shared === true) return [target(true)]
  return recipient.shared === false ? [target(false)] : [target(false), target(true)]
}

/**
 * What is wrong with the keys of a command that is to leave now: beside everything that `validate` finds, variables and secrets
 * that are filled in later, for nobody fills them in here. That a secret stands in clear is how it is sent.
 */
export function faultsOf(artifact: Artifact, value: Json): readonly Finding[] {
  const found = validate(artifact, value).filter(f => f.code !== 'secret-in-clear')
  return [...found, ...unfilled(value, '').filter(f => !found.some(g => g.path === f.path && g.severity === 'error'))]
}

const deepest = 24

function unfilled(value: Json, path: string): readonly Finding[] {
  if (path.split('/').length > deepest) return []
  const form = formOf(value)
  if (form && form !== 'unknown')
    return isLater(form)
      ? [{ severity: 'error', code: 'form-misplaced', path, facts: { form: form.form, expected: 'value' } }]
      : []
  if (Array.isArray(value)) return value.flatMap((one, i) => unfilled(one, step(path, i)))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, one]) => unfilled(one, step(path, key)))
}

/** The keys with every secret that was typed into a form written out: as text, or as the bytes that its base64 stands for. */
export function inClear(artifact: Artifact, value: Json): Json {
  const root = rootOf(artifact, value)
  const walk = (here: Json, path: string): Json => {
    const form = formOf(here)
    if (form && form !== 'unknown') {
      if (form.form !== '$newSecret' || typeof form.value !== 'string') return here
      const type = placeOf(artifact, root, path, value)?.field.type
      return type === 'data' ? { $data: form.value } : form.value
    }
    if (Array.isArray(here)) return here.map((one, i) => walk(one, step(path, i)))
    if (!isObject(here)) return here
    return Object.fromEntries(Object.entries(here).map(([key, one]) => [key, walk(one, step(path, key))]))
  }
  return walk(value, '')
}
