import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import type { Language } from '../../base/say.ts'
import { complianceKinds } from './compliance-kinds.ts'
import { deviceKinds } from './device-kinds.ts'
import { groupKinds } from './group-kinds.ts'
import type { Kind } from './kind.ts'
import { logKinds } from './log-kinds.ts'
import { kindAbout, kindTitle, titleOf } from './texts.ts'

/** Every kind of report there is, in the order in which the library shows them. */
export const kinds: readonly Kind[] = [...complianceKinds, ...deviceKinds, ...groupKinds, ...logKinds]

/** A kind as the library shows it. */
export const kindShape = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  permission: z.string(),
  columns: z.array(z.object({ id: z.string(), title: z.string() })),
  usual: z.array(z.string()),
  time: z.enum(['then', 'now', 'period']),
  filtered: z.boolean(),
  facts: z.boolean(),
})

/** The library in a language. */
export function libraryIn(language: Language): z.input<typeof kindShape>[] {
  return kinds.map(k => ({
    id: k.id,
    title: kindTitle(language, k.id),
    about: kindAbout(language, k.id),
    permission: k.permission,
    columns: k.columns.map(id => ({ id, title: titleOf(language, id) })),
    usual: [...k.usual],
    time: k.time,
    filtered: k.filtered,
    facts: k.facts === true,
  }))
}

/** The kind with this id; refuses one that does not exist. */
export function kindOf(id: string): Kind {
  const kind = kinds.find(k => k.id === id)
  if (!kind)
    throw new Problem(
      'request.malformed',
      { known: kinds.map(k => k.id) },
      { fields: [{ path: 'body.kind', message: 'there is no such report' }] },
    )
  return kind
}

/** The columns of a report: those named, or the usual ones. Refuses unknown ones. */
export function columnsOf(kind: Kind, named: readonly string[] | undefined): string[] {
  if (!named || named.length === 0) return [...kind.usual]
  const fact = (c: string): boolean => kind.facts === true && /^fact\.[\w.-]{1,110}$/.test(c)
  const unknown = named.find(c => !kind.columns.includes(c) && !fact(c))
  if (unknown !== undefined)
    throw new Problem('report.column-unknown', { column: unknown.slice(0, 60), known: [...kind.columns] })
  return [...new Set(named)]
}
