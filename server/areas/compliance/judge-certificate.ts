import type { JsonValue } from '../devices/index.ts'
import { searchable } from '../../base/text.ts'
import { type Judged, kept, unknown, violated } from './judgement.ts'
import type { Demand } from './rule.ts'

type Params = Extract<Demand, { kind: 'certificate' }>['params']

const dayMs = 24 * 3_600_000

interface Listed {
  name: string
  notAfter: number | null
}

/** Certificates on a device: that one is there, and that it does not lapse soon. */
export function judgeCertificate(params: Params, certificates: readonly JsonValue[] | null, now: number): Judged {
  if (certificates === null) return unknown('no-list', { list: 'certificates' })
  const meant = certificates.flatMap(c => listed(c, params))
  if (meant.length === 0)
    return params.present
      ? violated({ code: 'certificate-missing', facts: { name: params.subject || params.issuer } })
      : kept
  if (params.expiresInDays === null) return kept
  const ahead = params.expiresInDays * dayMs
  // A renewed certificate stands beside the one it replaces: the one that holds longest counts.
  const last = meant.toSorted((a, b) => (b.notAfter ?? Infinity) - (a.notAfter ?? Infinity))[0]
  if (!last || last.notAfter === null) return kept
  const due = last.notAfter - ahead
  if (now < due) return { ...kept, lookAt: due }
  const code = now >= last.notAfter ? 'certificate-expired' : 'certificate-expiring'
  const found = [{ id: last.name, name: last.name, detail: new Date(last.notAfter).toISOString().slice(0, 10) }]
  return violated(
    { code, facts: { name: last.name, at: last.notAfter }, found },
    now < last.notAfter ? last.notAfter : null,
  )
}

function listed(value: JsonValue, { issuer, subject }: Params): Listed[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
  const text = (key: string): string => (typeof value[key] === 'string' ? value[key] : '')
  const name = text('subject') || text('commonName')
  if (subject !== '' && !searchable(name).includes(searchable(subject))) return []
  if (issuer !== '' && !searchable(text('issuer')).includes(searchable(issuer))) return []
  return [{ name, notAfter: typeof value['notAfter'] === 'number' ? value['notAfter'] : null }]
}
