import * as identity from '../identity/index.ts'
import { code, instant, type Line } from './column.ts'
import type { Kind } from './kind.ts'
import * as store from './verdict-store.ts'

const pageSize = 500

/** Verdicts as of a day, device by device and rule by rule. */
function ofVerdicts(id: string, only: { apps?: true; violating?: true }, columns: readonly string[]): Kind {
  return {
    id,
    permission: 'compliance:read',
    columns: ['device', 'deviceId', 'user', 'unit', 'rule', 'severity', 'verdict', 'since', 'apps'],
    usual: columns,
    time: 'then',
    filtered: false,
    lines: async function* (base, scope, { at }) {
      let after = { device: '', rule: '' }
      for (;;) {
        const page = await base.read(scope, async ctx => {
          const rows = await store.verdictsAt(ctx, at, { ...only, after, limit: pageSize })
          return { rows, unit: await identity.unitRefs(ctx) }
        })
        yield page.rows.map(
          (r): Line => ({
            device: r.name,
            deviceId: r.device,
            user: r.user,
            unit: page.unit(r.unit).path,
            rule: r.ruleName,
            severity: code(r.severity),
            verdict: code(r.verdict),
            since: instant(r.at),
            apps: r.apps.join('; '),
          }),
        )
        const last = page.rows.at(-1)
        if (page.rows.length < pageSize || !last) return
        after = { device: last.device, rule: last.rule }
      }
    },
  }
}

/** Kinds that tell of verdicts. */
export const complianceKinds: readonly Kind[] = [
  ofVerdicts('compliance', {}, ['device', 'user', 'unit', 'rule', 'severity', 'verdict', 'since']),
  ofVerdicts('violations', { apps: true, violating: true }, ['device', 'user', 'unit', 'rule', 'apps', 'since']),
]
