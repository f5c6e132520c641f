import { type Artifact, type Family, families, type Field, isObject, type Shape, type SystemTable } from './catalog.ts'
import { additions, amendments, gone } from './later.ts'
import { dangerous, exclusives, isSecret, replaced, widgetOf } from './overlay.ts'

/** The catalog with everything said on top of the published table; families are read when they are first asked for. */
export interface Catalog {
  /** The artifacts of a family, by identifier. */
  family(family: Family): ReadonlyMap<string, Artifact>
  find(family: Family, id: string): Artifact | undefined
  /** Every artifact, family by family. */
  all(): Iterable<Artifact>
}

/** Opens the catalog. `read` gives the committed table of a family: the parsed `data/<family>.json`. */
export function openCatalog(read: (family: Family) => unknown): Catalog {
  const opened = new Map<Family, ReadonlyMap<string, Artifact>>()
  const family = (name: Family): ReadonlyMap<string, Artifact> => {
    let known = opened.get(name)
    if (!known) {
      known = completed(name, read(name))
      opened.set(name, known)
    }
    return known
  }
  return {
    family,
    find: (name, id) => family(name).get(id),
    *all() {
      for (const name of families) yield* family(name).values()
    },
  }
}

/** What tools/catalog.ts wrote is trusted to be artifacts: a test compares every one with this type's rules. */
function completed(family: Family, table: unknown): ReadonlyMap<string, Artifact> {
  if (!Array.isArray(table)) throw new Error(`the table of ${family} is not a list`)
  const published = table.filter(isObject) as unknown as Artifact[]
  const later = additions.filter(a => a.family === family)
  const all = [...published, ...later].map(a => marked(amended(a)))
  return new Map(all.sort((a, b) => (a.id < b.id ? -1 : 1)).map(a => [a.id, a]))
}

/** The artifact with what changed after the published table. */
function amended(artifact: Artifact): Artifact {
  let out = artifact
  for (const one of gone) {
    if (one.family !== out.family || !one.ids.includes(out.id)) continue
    out = one.keys
      ? { ...out, fields: (out.fields ?? []).map(f => (one.keys?.includes(f.name) ? ended(f, one.on) : f)) }
      : ended(out, one.on)
  }
  for (const one of amendments) {
    if (one.family !== out.family || one.id !== out.id) continue
    if (one.os) out = { ...out, os: { ...out.os, ...one.os } }
    const { at, fields, optional } = one
    if (at !== undefined || fields || optional) {
      const grown = grow(out, at ?? [], fields ?? [], optional ?? [])
      out = { ...out, ...grown }
    }
  }
  return out.family === 'command' ? within(out) : out
}

/** Settings and queries are artifacts of their own; the commands that carry them say the same of them. */
function within(command: Artifact): Artifact {
  const on = (family: Family, id: string): Readonly<Record<string, string>> | undefined =>
    gone.find(g => g.family === family && g.ids.includes(id))?.on
  const inItem = (name: string, change: (item: Field) => Field): Artifact => ({
    ...command,
    fields: (command.fields ?? []).map(f => (f.name === name && f.item ? { ...f, item: change(f.item) } : f)),
  })
  const closed = <T extends { name: string; os?: SystemTable }>(family: Family, one: T): T => {
    const ending = on(family, one.name)
    return ending ? ended(one, ending) : one
  }
  if (command.id === 'DeviceInformation')
    return inItem('Queries', item => ({ ...item, choices: (item.choices ?? []).map(c => closed('query', c)) }))
  if (command.id !== 'Settings') return command
  const added = additions
    .filter(a => a.family === 'setting')
    .map(a => ({ name: a.id, os: a.os, fields: [itemKey(a.id)], rest: { name: '', type: 'any' as const } }))
  return inItem('Settings', item => ({
    ...item,
    cases: [...(item.cases ?? []).map(c => closed('setting', c)), ...added],
  }))
}

const itemKey = (id: string): Field => ({ name: 'Item', type: 'string', required: true, allowed: [id] })

/** The same, removed on these systems from these versions on. */
function ended<T extends { readonly os?: SystemTable }>(one: T, on: Readonly<Record<string, string>>): T {
  const os: Record<string, unknown> = { ...one.os }
  for (const [system, removed] of Object.entries(on)) {
    const facts = os[system]
    if (facts !== null) os[system] = { ...(isObject(facts) ? facts : {}), removed }
  }
  return { ...one, os }
}

/** A dictionary some steps down with more keys, and with some that are not required any more. */
function grow(shape: Shape, at: readonly string[], fields: readonly Field[], optional: readonly string[]): Shape {
  const own = shape.fields ?? []
  const [next, ...rest] = at
  if (next === undefined) {
    const kept = own.map(f => {
      const { required, ...free } = f
      return required && optional.includes(f.name) ? free : f
    })
    return { ...shape, fields: [...kept.filter(f => !fields.some(n => n.name === f.name)), ...fields] }
  }
  return { ...shape, fields: own.map(f => (f.name === next ? { ...f, ...grow(f, rest, fields, optional) } : f)) }
}

/** The artifact with what the published files say in prose only. */
function marked(artifact: Artifact): Artifact {
  const known = replaced[`${artifact.family} ${artifact.id}`]
  const inner = markedShape(known ? { ...artifact, ...known } : artifact, artifact) as Artifact
  const types =
    artifact.types && Object.fromEntries(Object.entries(artifact.types).map(([n, s]) => [n, markedShape(s, artifact)]))
  const exclusive = exclusives[`${artifact.family} ${artifact.id}`]
  return {
    ...inner,
    ...(types ? { types } : {}),
    ...(artifact.variants ? { variants: artifact.variants.map(v => ({ ...v, ...markedShape(v, artifact) })) } : {}),
    ...(dangerous.has(`${artifact.family} ${artifact.id}`) ? { dangerous: true } : {}),
    ...(exclusive ? { exclusive } : {}),
  }
}

function markedShape<S extends Shape>(shape: S, artifact: Artifact): S {
  return {
    ...shape,
    ...(shape.fields ? { fields: shape.fields.map(f => markedField(f, artifact)) } : {}),
    ...(shape.rest ? { rest: markedField(shape.rest, artifact) } : {}),
    ...(shape.item ? { item: markedField(shape.item, artifact) } : {}),
    ...(shape.cases
      ? { cases: shape.cases.map(c => ({ ...c, fields: c.fields.map(f => markedField(f, artifact)) })) }
      : {}),
  }
}

function markedField(field: Field, artifact: Artifact): Field {
  const widget = widgetOf(artifact, field)
  return {
    ...markedShape(field, artifact),
    ...(isSecret(artifact, field) ? { secret: true as const } : {}),
    ...(widget ? { widget } : {}),
  }
}
