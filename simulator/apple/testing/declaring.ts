import { at } from '../declarations/declared.ts'
import type { LittleServer } from './server.ts'

/** One declaration as the little server declares it. */
export interface Declaration {
  kind: 'activation' | 'asset' | 'configuration' | 'management'
  type: string
  identifier: string
  token?: string
  payload: Record<string, unknown>
}

/** What the little server declares, and what it was told. */
export interface Declaring {
  declare(declarations: readonly Declaration[]): void
  /** Listed, but answered with 404. */
  missing: Set<string>
  reports: Record<string, unknown>[]
  /** Endpoints asked for, in order. */
  asked: string[]
  token(): string
  /** The last word on a declaration. */
  word(section: string, identifier: string): Record<string, unknown> | undefined
}

const sections = {
  activation: 'Activations',
  asset: 'Assets',
  configuration: 'Configurations',
  management: 'Management',
}

/** Makes the little server declare things. */
export function declaringWith(server: LittleServer): Declaring {
  let all: readonly Declaration[] = []
  let turn = 0
  const declaring: Declaring = {
    declare: declarations => {
      all = declarations
      turn += 1
    },
    missing: new Set(),
    reports: [],
    asked: [],
    token: () => `turn ${turn}`,
    word: (section, identifier) =>
      declaring.reports
        .flatMap(report => {
          const words = at(at(at(at(report, 'StatusItems'), 'management'), 'declarations'), section)
          return Array.isArray(words) ? (words as Record<string, unknown>[]) : []
        })
        .findLast(word => word.identifier === identifier),
  }
  const listed = (kind: Declaration['kind']) =>
    all.filter(d => d.kind === kind).map(d => ({ Identifier: d.identifier, ServerToken: d.token ?? '1' }))
  const answer = (endpoint: string): unknown => {
    if (endpoint === 'tokens')
      return { SyncTokens: { DeclarationsToken: declaring.token(), Timestamp: '2026-11-20T10:00:00Z' } }
    if (endpoint === 'declaration-items') {
      const kinds = Object.keys(sections) as Declaration['kind'][]
      const lists = Object.fromEntries(kinds.map(kind => [sections[kind], listed(kind)]))
      return { Declarations: lists, DeclarationsToken: declaring.token() }
    }
    const [, kind, ...rest] = endpoint.split('/')
    const one = all.find(d => d.kind === kind && d.identifier === decodeURIComponent(rest.join('/')))
    if (!one || declaring.missing.has(one.identifier)) return undefined
    return { Type: one.type, Identifier: one.identifier, ServerToken: one.token ?? '1', Payload: one.payload }
  }
  server.intercept = ({ keys }) => {
    if (keys.MessageType !== 'DeclarativeManagement') return undefined
    const endpoint = String(keys.Endpoint)
    declaring.asked.push(endpoint)
    if (endpoint === 'status') {
      declaring.reports.push(JSON.parse(Buffer.from(keys.Data as Uint8Array).toString()) as Record<string, unknown>)
      return { status: 200 }
    }
    const said = answer(endpoint)
    return said === undefined ? { status: 404 } : { status: 200, body: JSON.stringify(said) }
  }
  return declaring
}
