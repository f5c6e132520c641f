import { checkIn } from '../checkin.ts'
import { take } from '../behavior.ts'
import { type Dict, bytes } from '@muster/wire/plist/plist.ts'
import { later } from '../device.ts'
import { noteTrouble } from '../ledger.ts'
import { apply, undo } from './apply.ts'
import { at, type Held, object, type Section, sections } from './declared.ts'
import { type Channel, declaredOn, demanded, passcodeCompliant, report } from './status.ts'

/** One round of declarative management after another, as long as word comes that something changed. */
export async function synchronize(channel: Channel, command: Dict): Promise<void> {
  const declared = declaredOn(channel)
  if (declared.round !== undefined) {
    declared.again = true
    return declared.round
  }
  declared.round = rounds(channel, tokenIn(command))
  try {
    await declared.round
  } finally {
    declared.round = undefined
  }
}

async function rounds(channel: Channel, told: string | undefined): Promise<void> {
  const declared = declaredOn(channel)
  let known = told
  try {
    do {
      declared.again = false
      await round(channel, known)
      known = undefined
    } while (declared.again)
  } catch (error) {
    noteTrouble(channel.device.ledger, `declarative management: ${String(error)}`)
  }
}

/** (Apple: Declarative management, synchronization.) A token that was carried out already ends the round. */
async function round(channel: Channel, told: string | undefined): Promise<void> {
  const declared = declaredOn(channel)
  const token = told ?? tokenOf(await ask(channel, 'tokens'))
  if (token !== undefined && token === declared.token) return
  const first = declared.token === undefined
  const listed = await ask(channel, 'declaration-items')
  const manifest = at(listed, 'Declarations')
  const present = new Set<string>()
  for (const section of Object.keys(sections) as Section[]) {
    const items = at(manifest, section)
    if (!Array.isArray(items)) throw new Error(`the manifest has no ${section}`)
    for (const item of items) {
      const held = await fetch(channel, section, item)
      if (held !== null) present.add(`${section} ${held.identifier}`)
    }
  }
  for (const [key, held] of [...declared.held]) {
    if (present.has(key)) continue
    await undo(channel, held)
    declared.held.delete(key)
  }
  await apply(channel)
  complyLater(channel)
  declared.token = tokenOf(listed)
  declared.rounds += 1
  await tell(channel, first)
}

/** Says how things are: all of it, or what has changed. */
export async function tell(channel: Channel, full: boolean): Promise<void> {
  if (take(channel.device.behavior, ['keep-silent'], ['status']) !== undefined) return
  const said = report(channel, full)
  if (said !== null) await ask(channel, 'status', said)
}

/** What has changed by itself since (a passcode, a predicate) is put in force and told. */
export async function lookAgain(channel: Channel): Promise<void> {
  if (declaredOn(channel).token === undefined) return
  await apply(channel)
  await tell(channel, false)
}

async function fetch(channel: Channel, section: Section, item: unknown): Promise<Held | null> {
  const declared = declaredOn(channel)
  const identifier = String(at(item, 'Identifier'))
  const token = String(at(item, 'ServerToken'))
  const before = declared.held.get(`${section} ${identifier}`)
  if (before?.token === token) return before
  const got = await ask(channel, `declaration/${sections[section]}/${encodeURIComponent(identifier)}`, undefined, true)
  // Apple: a declaration that is not found is dropped.
  if (got === undefined) return null
  const type = String(at(got, 'Type'))
  const held: Held = {
    section,
    identifier,
    token: String(at(got, 'ServerToken')),
    type,
    payload: object(at(got, 'Payload')),
    active: false,
    valid: 'unknown',
    reasons: [],
    ...(before?.profile === undefined ? {} : { profile: before.profile }),
  }
  if (at(got, 'Identifier') !== identifier) noteTrouble(channel.device.ledger, `a declaration answers to another name`)
  if (before !== undefined && before.type !== type)
    noteTrouble(channel.device.ledger, `“${identifier}” has become another type of declaration`)
  declared.held.set(`${section} ${identifier}`, held)
  return held
}

async function ask(
  { device, enrollment, account }: Channel,
  endpoint: string,
  content?: unknown,
  mayBeAbsent = false,
): Promise<unknown> {
  const body = content === undefined ? {} : { Data: Buffer.from(JSON.stringify(content)) }
  try {
    const reply = await checkIn(
      device,
      enrollment,
      { MessageType: 'DeclarativeManagement', Endpoint: endpoint, ...body },
      account,
    )
    return reply.body.length === 0 ? undefined : JSON.parse(Buffer.from(reply.body).toString())
  } catch (error) {
    if (mayBeAbsent && Reflect.get(Object(error), 'status') === 404) return undefined
    throw error
  }
}

function tokenOf(answer: unknown): string | undefined {
  const token = at(at(answer, 'SyncTokens'), 'DeclarationsToken') ?? at(answer, 'DeclarationsToken')
  return typeof token === 'string' ? token : undefined
}

/** The command may bring the tokens with it and so spare the first question. */
function tokenIn(command: Dict): string | undefined {
  const data = bytes(command, 'Data')
  if (data === undefined || data.length === 0) return undefined
  try {
    return tokenOf(JSON.parse(Buffer.from(data).toString()))
  } catch {
    return undefined
  }
}

/** The owner is asked for a better passcode and, sooner or later, chooses one; then the device says so. */
export function complyLater(channel: Channel): void {
  const { device } = channel
  const { complyAfterMs } = device.options
  if (complyAfterMs === undefined || passcodeCompliant(device)) return
  later(device, complyAfterMs, () => {
    device.interior.passcode = true
    device.interior.passcodeLength = Math.max(device.interior.passcodeLength, demanded(device).minLength)
    if (device.enrollment === channel.enrollment)
      lookAgain(channel).catch(error => noteTrouble(device.ledger, `a report by itself: ${String(error)}`))
  })
}
