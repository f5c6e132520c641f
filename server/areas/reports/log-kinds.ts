import * as identity from '../identity/index.ts'
import { code, instant, plain } from './column.ts'
import type { Kind } from './kind.ts'
import * as store from './read-store.ts'

const pageSize = 500

/** Orders of a period: who sent what to which device, and what became of it. */
const commands: Kind = {
  id: 'commands',
  permission: 'commands:read',
  columns: ['at', 'command', 'device', 'deviceId', 'state', 'by', 'reason', 'sent', 'ended', 'wipe'],
  usual: ['at', 'command', 'device', 'state', 'by', 'reason', 'ended'],
  time: 'period',
  filtered: false,
  lines: async function* (base, scope, { at, from }) {
    let after = ''
    for (;;) {
      const page = await base.read(scope, async ctx => {
        const rows = await store.commandsBetween(ctx, { from, to: at, after, limit: pageSize })
        const names = await identity.namesOf(ctx, [...new Set(rows.flatMap(r => [r.device, r.byId ?? '']))])
        return { rows, names }
      })
      yield page.rows.map(r => ({
        at: instant(r.at),
        command: r.kind,
        device: page.names.get(r.device) ?? r.device,
        deviceId: r.device,
        state: code(r.state),
        by: page.names.get(r.byId ?? '') ?? code(r.byKind),
        reason: r.reason,
        sent: instant(r.sentAt),
        ended: instant(r.endedAt),
        wipe: r.wipes,
      }))
      if (page.rows.length < pageSize) return
      after = page.rows.at(-1)?.id ?? ''
    }
  },
}

/** What happened in a period, of some types: from the sealed log. */
function ofEvents(id: string, types: readonly string[]): Kind {
  return {
    id,
    permission: 'events:read',
    columns: ['seq', 'at', 'event', 'by', 'about', 'aboutId', 'purpose', 'details'],
    usual: ['seq', 'at', 'event', 'by', 'about', 'purpose', 'details'],
    time: 'period',
    filtered: false,
    lines: async function* (base, scope, { at, from }) {
      let after = 0
      for (;;) {
        const page = await base.read(scope, async ctx => {
          const rows = await store.eventsBetween(ctx, { types, from, to: at, after, limit: pageSize })
          const ids = rows.flatMap(r => [r.actorId ?? '', r.aboutId ?? ''])
          return { rows, names: await identity.namesOf(ctx, [...new Set(ids)]) }
        })
        yield page.rows.map(r => {
          const { purpose, what, ...rest } = r.data
          const details = [what, ...(Object.keys(rest).length > 0 ? [JSON.stringify(rest)] : [])]
          return {
            seq: r.seq,
            at: instant(r.at),
            event: r.type,
            by: page.names.get(r.actorId ?? '') ?? code(r.actorKind),
            about: page.names.get(r.aboutId ?? '') ?? r.aboutId,
            aboutId: r.aboutId,
            purpose: plain(purpose),
            details: details
              .filter(d => d !== undefined && d !== null)
              .map(String)
              .join(' '),
          }
        })
        if (page.rows.length < pageSize) return
        after = page.rows.at(-1)?.seq ?? 0
      }
    },
  }
}

/** Certificates that are in use, and until when. */
const certificates: Kind = {
  id: 'certificates',
  permission: 'certificates:read',
  columns: ['purpose', 'subject', 'issuer', 'serial', 'validFrom', 'validUntil', 'daysLeft', 'state'],
  usual: ['purpose', 'subject', 'issuer', 'validUntil', 'daysLeft', 'state'],
  time: 'now',
  filtered: false,
  lines: async function* (base, scope, { at }) {
    let after = ''
    for (;;) {
      const rows = await base.read(scope, ctx => store.certificatesAfter(ctx, after, pageSize))
      yield rows.map(r => ({
        purpose: code(r.purpose),
        subject: r.subject,
        issuer: r.issuer,
        serial: r.serial,
        validFrom: instant(r.notBefore),
        validUntil: instant(r.notAfter),
        daysLeft: Math.floor((r.notAfter - at) / 86_400_000),
        state: code(r.state),
      }))
      if (rows.length < pageSize) return
      after = rows.at(-1)?.id ?? ''
    }
  },
}

/** Kinds that read what happened, or what is kept beside devices. */
export const logKinds: readonly Kind[] = [
  commands,
  certificates,
  ofEvents('looks', [
    'privacy.looked',
    'secret.revealed',
    'devices.exported',
    'users.exported',
    'report.made',
    'evidence.made',
  ]),
]
