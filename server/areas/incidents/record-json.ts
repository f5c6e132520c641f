import type { Ctx } from '../../base/ctx.ts'
import { signedByLog } from '../../base/entries.ts'
import { Problem } from '../../base/problem.ts'
import * as location from '../location/index.ts'
import { allEntries, type Entry } from './record.ts'
import { shownRows } from './shown.ts'
import type { IncidentRow } from './store.ts'

/** The record of an incident as a document: everything a stranger needs to check it. */
export interface RecordDocument {
  format: 'muster-incident-1'
  org: string
  incident: {
    id: string
    number: number
    kind: string
    state: string
    outcome: string | null
    device: {
      id: string
      name: string
      model: string
      serial: string
      assetTag: string
      ownership: string
      platform: string
    }
    user: { id: string; name: string | null } | null
    unit: readonly string[]
    action: string
    why: string
    note: string
    message: string
    openedAt: number
    endedAt: number | null
    closedAt: number | null
    positions: number
  }
  entries: readonly Entry[]
  /** Those of the entries that tell who looked where the device was. */
  looks: readonly { at: number; by: string | null; purpose: string | null }[]
  /** How to check it: what each hash is over, and what the signature is over. */
  how: string
}

const how =
  'For each entry: SHA-256 of the JSON of sealed.chain is sealed.hash, and the first part of chain is the hash of the entry before it in the log. ' +
  'The digest is SHA-256 over this document without its proof, as JSON without spaces, names in the order in which they stand; the signature is Ed25519 over "muster incident record\\n", the org, "\\n", the digest in hex.'

/** The record with its proof. Refused for the second in which something of it is not sealed yet. */
export async function recordOf(
  ctx: Ctx,
  row: IncidentRow,
): Promise<RecordDocument & { proof: { digest: string; signature: string; publicKey: string } }> {
  const entries = await allEntries(ctx, row)
  if (entries.some(e => e.sealed === null)) throw new Problem('incident.not-sealed', { retryAfter: 2 })
  const [shown] = await shownRows(ctx, [row])
  if (!shown) throw new Error('one row makes one row')
  const { id, name, model, serial, assetTag, ownership, platform } = shown.device
  const document: RecordDocument = {
    format: 'muster-incident-1',
    org: ctx.org,
    incident: {
      id: row.id,
      number: row.number,
      kind: row.kind,
      state: row.state,
      outcome: row.outcome,
      device: { id, name, model, serial, assetTag, ownership, platform },
      user: shown.user,
      unit: shown.unit,
      action: row.action,
      why: row.why,
      note: row.note,
      message: row.message,
      openedAt: row.opened_at,
      endedAt: row.ended_at,
      closedAt: row.closed_at,
      positions: await location.countIn(ctx, row.id),
    },
    entries,
    looks: entries.filter(e => e.code === 'looked' && e.facts.what === 'location').map(lookOf),
    how,
  }
  return { ...document, proof: await signedByLog(ctx, 'incident record', JSON.stringify(document)) }
}

function lookOf(e: Entry): RecordDocument['looks'][number] {
  const { purpose } = e.facts
  return { at: e.at, by: e.actor.name, purpose: typeof purpose === 'string' ? purpose : null }
}
