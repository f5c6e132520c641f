import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as policies from '../../areas/policies/index.ts'
import type { Json } from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { levelOf } from './levels.ts'

/** How long the address of a file is good for: until the next document names another, or the agent has failed and is told anew. */
const goodMs = 7 * 24 * 3_600_000
/** What an app waits for that is only offered. */
export const notAsked = 'app.not-asked'

/** What an agent is told of an app beside its policy, and of which release it is to fetch the file. */
export interface AppWay {
  readonly said: { readonly [key: string]: Json }
  readonly release: string | null
}

/** The app that an item of the kind `app` is about. */
export function appOf(item: string): string {
  return item.slice(policies.appKind.length + 1)
}

/** Whether an item is an app. */
export const isApp = ({ kind }: { readonly kind: string }): boolean => kind === policies.appKind
const held: readonly string[] = ['blocked', 'waiting', 'unsupported']

/**
 * What agents are told of apps, by item. What cannot go to a device that has nothing of it is noted; on a device that has it the app is only left as it
 * is, because what a document does not name the agent takes away.
 */
export async function appWays(
  ctx: Ctx,
  on: { enrollment: string; device: string },
  items: readonly reconcile.ChannelItem[],
): Promise<ReadonlyMap<string, AppWay>> {
  const due = items.filter(i => isApp(i.status) && i.effective && !held.includes(i.status.state))
  const ways = new Map<string, AppWay>()
  if (due.length === 0) return ways
  const known = new Map(
    (
      await apps.appsAmong(
        ctx,
        due.map(i => appOf(i.status.item)),
      )
    ).map(a => [a.id as string, a]),
  )
  const asked = await apps.wishedOn(ctx, on.device)
  const level = await levelOn(ctx, on.device)
  const notes: reconcile.Note[] = []
  for (const { status, effective } of due) {
    const app = known.get(appOf(status.item))
    const way = await wayOf(ctx, { app, value: effective?.value ?? null, asked, level })
    if (!('refused' in way)) {
      ways.set(status.item, way)
      continue
    }
    if (status.has !== null && app?.bundle) ways.set(status.item, { said: stays(app, effective?.value), release: null })
    else if (status.wanted !== null) notes.push(refusal(status.item, status.wanted, way.refused))
  }
  await reconcile.noteAll(ctx, { enrollment: on.enrollment, account: '' }, notes)
  return ways
}

function refusal(item: string, version: string, code: string): reconcile.Note {
  return { item, did: code === notAsked ? 'waiting' : 'unsupported', version, error: { code } }
}

interface Meant {
  readonly app: apps.App | undefined
  readonly value: Json
  readonly asked: ReadonlySet<string>
  readonly level: number | null
}

async function wayOf(ctx: Ctx, { app, value, asked, level }: Meant): Promise<AppWay | { readonly refused: string }> {
  if (!app || app.archivedAt !== null) return { refused: 'honor.app-gone' }
  if (app.platform !== 'android') return { refused: 'honor.app-other-platform' }
  if (app.bundle === null) return { refused: 'honor.app-kind' }
  const presence = apps.presenceIn(value)
  const said = { package: app.bundle, name: app.name }
  if (presence === 'removed' || presence === 'forbidden') return { said, release: null }
  if (presence === 'available' && !asked.has(app.id)) return { refused: notAsked }
  // What was asked for is to be there as what everybody must have.
  const there = { ...said, presence: 'required' }
  // An app of a store no agent can fetch; one that the device came with it can bring back.
  if (app.kind !== 'file') return app.kind === 'store' ? { said: there, release: null } : { refused: 'honor.app-kind' }
  const release = await apps.releaseFor(ctx, app, releaseIn(value))
  if (!release) return { refused: 'honor.app-no-release' }
  const { minimum = 0 } = release.facts
  if (level !== null && minimum > level) return { refused: 'honor.app-needs-newer-os' }
  return { said: { ...there, ...fileOf(release) }, release: release.id }
}

/** What the agent checks of a file, and what it compares with what is there. */
function fileOf({ blob, size, signer, version, shortVersion, facts }: apps.Release): AppWay['said'] {
  const known = (signer ?? '').replace(/^cert:/, '').split('+')
  const [certificate] = known
  return {
    sha256: Buffer.from(blob, 'hex').toString('base64url'),
    size,
    code: Number(version),
    version: shortVersion,
    // Devices name the one who signs now; by the first it is known for ever.
    ...(certificate ? { signer: certificate, signers: [...new Set([...known, facts.current ?? certificate])] } : {}),
  }
}

/** An app that is left as the device has it. */
function stays(app: apps.App, value: Json | undefined): AppWay['said'] {
  const offered = apps.presenceIn(value ?? null) === 'available'
  return { package: app.bundle, name: app.name, presence: offered ? 'available' : 'required' }
}

function releaseIn(value: Json): string {
  const said = isValues(value) ? value['release'] : undefined
  return typeof said === 'string' ? said : 'latest'
}

async function levelOn(ctx: Ctx, device: string): Promise<number | null> {
  const { osVersion } = await devices.get(ctx, device)
  return levelOf(osVersion)
}

/** The value of an app as the agent reads it: the policy's own, with what the catalog knows, and plain values in the place of the forms that JSON has no need of. */
export function appValue(value: Json, { said }: AppWay): Json {
  if (!isValues(value)) return said
  const { config } = value
  return { ...value, ...said, ...(config === undefined ? {} : { config: plainly(config) }) }
}

/** Where the file is, for a device that is to fetch it. It is no part of what a document says: it changes every time, and means nothing else. */
export async function addressFor(ctx: Ctx, device: string, release: string): Promise<string> {
  return apps.addressOf(ctx, { what: 'file', device, release, expiresAt: ctx.now + goodMs })
}

const isValues = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function plainly(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainly)
  if (!isValues(value)) return value
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first && ['$real', '$date', '$data'].includes(first[0])) return first[1]
  return Object.fromEntries(entries.map(([key, one]) => [key, plainly(one)]))
}

/** Tells the catalog that apps are on their way, those of which a document was just made. */
export async function noteSent(
  ctx: Ctx,
  device: string,
  ways: ReadonlyMap<string, AppWay>,
  due: readonly string[],
): Promise<void> {
  for (const item of due) {
    if ((ways.get(item)?.release ?? null) === null) continue
    const before = await apps.findStatus(ctx, device, appOf(item))
    const there = before?.state === 'installed' || before?.state === 'updating'
    await apps.noteStatus(ctx, device, appOf(item), { state: there ? 'updating' : 'sent', reason: null })
  }
}
