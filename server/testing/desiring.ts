import { createHash } from 'node:crypto'
import { sign } from '@muster/wire/cms/signed.ts'
import { type Dict, decode, dict, str } from '@muster/wire/plist/plist.ts'
import { canonical } from '@muster/wire/canonical.ts'
import * as blueprints from '../areas/blueprints/index.ts'
import * as enrollment from '../areas/enrollment/index.ts'
import type { Json } from '../areas/policies/index.ts'
import * as desired from '../areas/reconcile/desired-store.ts'
import { drop, want } from '../areas/reconcile/grade.ts'
import * as reconcile from '../areas/reconcile/index.ts'
import * as statuses from '../areas/reconcile/status-store.ts'
import type { Answered, Talker } from './given-enrollment.ts'
import type { House } from './house.ts'

/** One thing a test wants on a device. */
export interface Wish {
  kind: string
  instance?: string
  value: Json
  /** The account whose channel it goes by. */
  account?: string
}

/** A device of a test with what it should have, and its side of declarative management. */
export interface Desiring {
  phone: Talker
  enrollment: string
  device: string
  /** What the device should have from now on, in place of what it should before: by policies, or set by hand where an account is named. */
  desire(wishes: readonly Wish[]): Promise<void>
  /** The device calls, and acknowledges every command, or answers what `answer` says. */
  call(answer?: (command: Dict) => Dict | undefined, keys?: Dict): Promise<Dict[]>
  ask(endpoint: string, content?: unknown, keys?: Dict): Promise<Answered>
  manifest(keys?: Dict): Promise<Manifest>
  /** Everything that is declared, fetched one by one. */
  fetchAll(keys?: Dict): Promise<Fetched[]>
  /** Reports all that is declared as valid and in force, or as `change` says. */
  reportAll(change?: (one: Fetched) => object, more?: object): Promise<Answered>
  /** Asks for an address with the identity of the device. */
  get(url: string, headers?: Record<string, string>): Promise<Answered>
  items(account?: string): Promise<Record<string, reconcile.ItemStatus>>
}

export interface Manifest {
  token: string
  items: { of: string; identifier: string; token: string }[]
}

export interface Fetched {
  of: string
  Type: string
  Identifier: string
  ServerToken: string
  Payload: Record<string, unknown>
}

const classes = {
  Activations: 'activation',
  Configurations: 'configuration',
  Assets: 'asset',
  Management: 'management',
}
const rows = { activation: 'activations', configuration: 'configurations', asset: 'assets', management: 'management' }

/** An enrolled device that can be told what it should have. */
export async function desiring(h: House, phone: Talker): Promise<Desiring> {
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, phone.udid))
  if (!claimed) throw new Error('not enrolled')
  const { id: held, device } = claimed.enrollment
  let blueprint: string | null = null
  const policies = new Map<string, Promise<string>>()
  const policyFor = (kind: string, value: Json): Promise<string> => {
    const key = canonical([kind, value] as never)
    const made = policies.get(key) ?? h.given.policy({ kind, value }).then(p => String(p.id))
    policies.set(key, made)
    return made
  }
  const ask: Desiring['ask'] = (Endpoint, content, keys = {}) => {
    const body = content === undefined ? {} : { Data: Buffer.from(JSON.stringify(content)) }
    return phone.checkIn({ MessageType: 'DeclarativeManagement', Endpoint, ...body, ...keys })
  }
  const manifest: Desiring['manifest'] = async keys => {
    const body = (await ask('declaration-items', undefined, keys)).body as {
      DeclarationsToken: string
      Declarations: Record<string, { Identifier: string; ServerToken: string }[]>
    }
    const all = Object.entries(classes).flatMap(([key, of]) =>
      (body.Declarations[key] ?? []).map(one => ({
        of,
        identifier: one.Identifier,
        token: one.ServerToken,
      })),
    )
    return { token: body.DeclarationsToken, items: all }
  }
  const fetchAll: Desiring['fetchAll'] = async keys => {
    const out: Fetched[] = []
    for (const { of, identifier } of (await manifest(keys)).items) {
      const { status, body } = await ask(`declaration/${of}/${encodeURIComponent(identifier)}`, undefined, keys)
      if (status !== 200) throw new Error(`${identifier} was answered with ${status}`)
      out.push({ of, ...(body as Omit<Fetched, 'of'>) })
    }
    return out
  }
  return {
    phone,
    enrollment: held,
    device,
    ask,
    manifest,
    fetchAll,
    desire: async wishes => {
      if (wishes.some(w => w.account !== undefined)) {
        // What is set by hand holds only once nothing is left to compute that would set it right.
        await h.settle()
        return desire(h, { enrollment: held, device }, wishes)
      }
      const items = await Promise.all(wishes.map(({ kind, value }) => policyFor(kind, value)))
      if (blueprint === null)
        blueprint = (await h.given.assigned({ policies: items, scope: { include: { devices: [device] } } })).blueprint
      else {
        const on = blueprint
        await h.run(ctx => blueprints.changeBlueprint(ctx, on, { items }))
      }
      await h.settle()
    },
    call: async (answer, keys = {}) => {
      const seen: Dict[] = []
      let next = await phone.report({ Status: 'Idle', ...keys })
      while (next.bytes.length > 0) {
        const body = dict(decode(next.bytes))
        const command = dict(body.Command)
        seen.push(command)
        if (seen.length > 50) throw new Error('it never ends')
        const CommandUUID = str(body, 'CommandUUID') ?? ''
        next = await phone.report({ Status: 'Acknowledged', ...answer?.(command), ...keys, CommandUUID })
      }
      return seen
    },
    reportAll: async (change = () => ({}), more = {}) => {
      const declarations: Record<string, object[]> = {}
      for (const one of await fetchAll()) {
        const said = { identifier: one.Identifier, 'server-token': one.ServerToken, active: true, valid: 'valid' }
        const list = rows[one.of as keyof typeof rows]
        declarations[list] = [...(declarations[list] ?? []), { ...said, ...change(one) }]
      }
      return ask('status', { StatusItems: { management: { declarations } }, ...more })
    },
    get: async (url, headers = {}) => {
      const { key, der } = phone.identity
      const empty = new Uint8Array()
      const signed = sign({ content: empty, certificate: der, key, detached: true, signingTime: h.now() })
      const signature = { 'mdm-signature': Buffer.from(signed).toString('base64') }
      return h.http('GET', new URL(url).pathname, { headers: { ...signature, ...headers } })
    },
    items: async (account = '') =>
      Object.fromEntries((await h.run(ctx => reconcile.statusOf(ctx, held, account))).map(s => [s.item, s])),
  }
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

async function desire(h: House, of: { enrollment: string; device: string }, wishes: readonly Wish[]): Promise<void> {
  const items: blueprints.EffectiveItem[] = wishes.map(({ kind, instance, value }) => {
    const item = instance === undefined ? kind : `${kind}#${instance}`
    return { item, kind, name: item, instance: instance ?? null, value, hash: '', from: [], keys: {} }
  })
  const body = JSON.stringify({ hash: hashed(canonical(items as never)), items })
  const hash = hashed(body)
  await h.run(async ctx => {
    const row = await desired.findDesired(ctx, of.device)
    await desired.putSet(ctx, { hash, body: desired.packed(body), sources: [] })
    await desired.putDesired(ctx, [
      {
        device: of.device,
        enrollment: of.enrollment,
        unit_path: h.root.path,
        generation: (row?.generation ?? 0) + 1,
        effective: hash,
        inputs: hash,
        at: ctx.now,
        reached: row?.reached ?? 0,
        reached_at: null,
      },
    ])
    const known = await statuses.listItems(ctx, of.enrollment)
    const left = new Map(known.map(s => [`${s.account} ${s.item}`, s]))
    for (const [i, one] of items.entries()) {
      const account = wishes[i]?.account ?? ''
      const before = left.get(`${account} ${one.item}`)
      left.delete(`${account} ${one.item}`)
      const version = hashed(canonical([one.kind, one.value] as never))
      const { item, kind } = one
      const shared = { account, item, kind, policy: 'pol_test', policyVersion: 1, version, claims: [item], needs: [] }
      const next = want(of, before, { ...shared, state: 'wanted', error: null }, ctx.now)
      if (before) await statuses.changeItem(ctx, next)
      else await statuses.putItems(ctx, [next])
    }
    for (const row of left.values()) {
      const next = drop(row, ctx.now)
      if (next) await statuses.changeItem(ctx, next)
      else await statuses.removeItem(ctx, row, row.item)
    }
  })
}
