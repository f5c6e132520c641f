import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf, type Language } from '../../base/say.ts'
import * as compliance from '../compliance/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as hours from '../hours/index.ts'
import { changeUser, namesOf, ownOrg } from '../identity/index.ts'
import * as incidents from '../incidents/index.ts'
import * as privacy from '../privacy/index.ts'
import * as updates from '../updates/index.ts'
import { provenUntil, trusted } from './code.ts'
import { type Collection, collectionOf } from './collected.ts'
import { portalEvents } from './events.ts'
import { aboutUser } from './link.ts'
import { type OrderStanding, ordersOf } from './orders.ts'
import { visitor } from './visit.ts'
import { mailReady } from '../../base/mail.ts'

/** One read of what is hidden, as its person is told of it. */
export interface LookLine {
  at: number
  /** Who looked; null when they are gone. */
  name: string | null
  byKind: string
  what: string
  purpose: string
}

/** A rule that the device does not keep. */
export interface Violation {
  rule: string
  name: string
  severity: string
  verdict: 'violating' | 'grace' | 'excepted'
  since: number
  graceUntil: number | null
  /** What the person can do, in the words of whoever made the rule. */
  fix: string
  /** What stands against it, as a code. */
  code: string | null
  /** What was found, such as apps by name. */
  found: string[]
}

/** An order that the person can agree to or refuse. */
export interface ConsentLine {
  id: string
  order: string
  reason: string
  name: string | null
  at: number
  until: number
}

/** A device as its person sees it in a list. */
export interface MyDevice {
  id: string
  name: string
  model: string | null
  platform: string
  formFactor: string
  ownership: string
  /** How it is managed; null when it is not. */
  mode: string | null
  osVersion: string | null
  serial: string | null
  state: string
  lastSeenAt: number | null
  enrolledAt: number | null
  missing: { number: number; openedAt: number } | null
  /** The version of its system that it is to have by a local time. */
  update: { version: string; due: string; details: string } | null
}

/** A person's own page. */
export interface MyPage {
  person: { name: string; email: string | null; language: Language }
  org: { name: string }
  devices: MyDevice[]
  asks: {
    id: string
    state: string
    device: string | null
    reason: string
    note: string
    from: number
    until: number
    askedAt: number
  }[]
  /** Until when this visit counts as proven by a code. */
  provenUntil: number | null
  /** What admins see only with a reason is shown in this visit. */
  trusted: boolean
  /** A code can be mailed. */
  codes: boolean
}

/** The page of whoever visits. */
export async function myPage(ctx: Ctx): Promise<MyPage> {
  const { user, visit } = await visitor(ctx)
  const org = await ownOrg(ctx)
  const mine = await devices.devicesOf(ctx, user.id)
  const asks = await hours.asksOf(ctx, user.id)
  return {
    person: { name: user.displayName, email: user.email, language: languageOf(user.language ?? org.language) },
    org: { name: org.name },
    devices: await each(mine, device => shown(ctx, device)),
    asks: asks.map(a => ({
      id: a.id,
      state: a.state,
      device: a.subject.kind === 'device' ? a.subject.id : null,
      reason: a.reason,
      note: a.note,
      from: a.from,
      until: a.until,
      askedAt: a.askedAt,
    })),
    provenUntil: provenUntil(ctx, visit),
    trusted: trusted(visit),
    codes: mailReady(ctx.config) && user.email !== null,
  }
}

/** What a person can read of one of their devices. */
export interface MyDevicePage extends Collection {
  device: MyDevice
  orders: OrderStanding[]
  /** Who read something of this device that takes a reason, while it was theirs; newest first. */
  looks: LookLine[]
  /** Rules it does not keep, the gravest first. */
  violations: Violation[]
  /** Orders that the person is asked about. */
  consents: ConsentLine[]
  hours: { phase: string; since: number } | null
  /** The charter in force. */
  charter: Omit<privacy.InForce, 'keptDays'>
  /** When this was read out of the configuration in force. */
  readAt: number
}

/** One device of whoever visits; anyone else's is as if it were not there. */
export async function myDevice(ctx: Ctx, id: string): Promise<MyDevicePage> {
  const { visit } = await visitor(ctx)
  const device = await ownDevice(ctx, id)
  const mode = await modeOf(ctx, device.id)
  const phase = await hours.phaseOf(ctx, device.id)
  const { version, since, cosigners, checked } = await privacy.inForce(ctx)
  return {
    device: await shown(ctx, device),
    ...(await collectionOf(ctx, device, { mode, trusted: trusted(visit) })),
    orders: await ordersOf(ctx, device, mode),
    looks: await looksAt(ctx, device),
    violations: await violationsOf(ctx, device.id),
    consents: await asked(ctx, device.id),
    hours: phase ? { phase: phase.phase, since: phase.since } : null,
    charter: { version, since, cosigners, checked },
    readAt: ctx.now,
  }
}

async function looksAt(ctx: Ctx, device: devices.Device): Promise<LookLine[]> {
  const { user } = await visitor(ctx)
  const looks = await privacy.looksOf(ctx, { device: device.id, user: user.id })
  const names = await namesOf(
    ctx,
    looks.map(l => l.by.id),
  )
  return looks.map(({ at, by, what, purpose }) => ({
    at,
    name: names.get(by.id) ?? null,
    byKind: by.kind,
    what,
    purpose,
  }))
}

async function asked(ctx: Ctx, device: string): Promise<ConsentLine[]> {
  const { user } = await visitor(ctx)
  const open = (await privacy.consentsOf(ctx, { user: user.id })).filter(
    c => c.device === device && c.state === 'asked' && c.until > ctx.now,
  )
  const names = await namesOf(
    ctx,
    open.map(c => c.by.id),
  )
  return open.map(({ id, action, reason, by, at, until }) => ({
    id,
    order: action,
    reason,
    name: names.get(by.id) ?? null,
    at,
    until,
  }))
}

async function violationsOf(ctx: Ctx, device: string): Promise<Violation[]> {
  const { rules } = await compliance.verdictOf(ctx, device)
  return rules.flatMap(({ rule, verdict, since, graceUntil, evidence }) => {
    if (verdict !== 'violating' && verdict !== 'grace' && verdict !== 'excepted') return []
    const { id, name, severity, fix } = rule
    return [
      {
        rule: id,
        name,
        severity,
        verdict,
        since,
        graceUntil,
        fix,
        code: evidence?.code ?? null,
        found: (evidence?.found ?? []).map(f => f.name),
      },
    ]
  })
}

/** Agrees to an order of an own device, or refuses it. */
export async function answerOrder(ctx: Ctx, of: { device: string; consent: string; agrees: boolean }): Promise<void> {
  const { user } = await visitor(ctx)
  const device = await ownDevice(ctx, of.device)
  await privacy.answerConsent(ctx, device, { id: of.consent, user: user.id, agrees: of.agrees })
}

/** The device with this id, if it is the visitor's own now. */
export async function ownDevice(ctx: Ctx, id: string): Promise<devices.Device> {
  const { user } = await visitor(ctx)
  const device = await devices.find(ctx, id)
  if (device?.user !== user.id) throw new Problem('id.unknown')
  return device
}

/** Chooses the language the visitor is spoken to in, here and by mail. */
export async function chooseLanguage(ctx: Ctx, language: Language): Promise<void> {
  const { user } = await visitor(ctx)
  if (user.language !== null && languageOf(user.language) === language) return
  await changeUser(as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything }), user.id, { language })
}

/** Everything that is kept of the visitor and their devices, for taking along. Only what this visit may see. */
export async function exportOf(ctx: Ctx): Promise<MyPage & { madeAt: number; details: MyDevicePage[] }> {
  const { user, visit } = await visitor(ctx)
  if (!trusted(visit)) throw new Problem('portal.code-needed')
  const page = await myPage(ctx)
  const details: MyDevicePage[] = []
  for (const device of page.devices) details.push(await myDevice(ctx, device.id))
  await record(ctx, portalEvents.exported, aboutUser(user), { user: user.id, devices: details.length })
  return { ...page, madeAt: ctx.now, details }
}

async function shown(ctx: Ctx, device: devices.Device): Promise<MyDevice> {
  const { id, name, platform, formFactor, ownership, osVersion, serial, state, lastSeenAt, enrolledAt } = device
  const open = await incidents.openFor(ctx, id)
  return {
    id,
    name,
    model: device.modelName ?? device.model,
    platform,
    formFactor,
    ownership,
    mode: await modeOf(ctx, id),
    osVersion,
    serial,
    state,
    lastSeenAt,
    enrolledAt,
    missing: open ? { number: open.number, openedAt: open.openedAt } : null,
    update: await updates.awaited(ctx, device),
  }
}

// One after the other: a transaction is one connection.
async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const one of all) done.push(await work(one))
  return done
}

async function modeOf(ctx: Ctx, device: string): Promise<string | null> {
  const known = await enrollment.byDevice(ctx, device)
  return known?.state === 'active' ? known.kind : null
}
