import type { Code } from './surface.ts'

/** The gates of the agent's abilities as its source declares them: the lowest level at which any mode gets through. */
export function gatesOf(source: string): Map<string, number> {
  const gates = new Map<string, number>()
  for (const [, name = '', ...levels] of source.matchAll(/^ {2}([A-Z_]+)\(of\((\d+), (\d+), (\d+)\)\)/gm))
    gates.set(name, Math.min(...levels.map(Number).filter(level => level > 0)))
  return gates
}

const ability = 'org/muster/agent/core/Ability'
const asks = new Set(['android/os/Build$VERSION.SDK_INT#I', 'org/muster/agent/app/Device.apiLevel()I'])

/**
 * Says whether a method that uses something of that level is only reached through a question for the level: it asks itself, or it is the deed of an
 * ability whose gate stands at that level or later, or whoever calls or makes it is so guarded. What nobody in the package calls, Android calls.
 */
export function guards(code: Code, gates: ReadonlyMap<string, number>): (method: string, level: number) => boolean {
  const used = new Map<string, string[]>()
  const callers = new Map<string, Set<string>>()
  for (const { by, owner, member } of code.uses) {
    if (member === null) continue
    used.set(by, [...(used.get(by) ?? []), `${owner}.${member}`])
    const name = `${owner}.${member.replace(/[(#].*/, '')}`
    callers.set(name, (callers.get(name) ?? new Set()).add(by))
  }
  const guarded = (method: string, level: number, seen: readonly string[]): boolean => {
    if (seen.includes(method)) return false
    const uses = used.get(method) ?? []
    if (uses.some(use => asks.has(use))) return true
    const held = uses
      .filter(use => use.startsWith(`${ability}.`))
      .map(use => use.slice(ability.length + 1).split('#')[0])
    if (held.some(name => (gates.get(name ?? '') ?? 0) >= level)) return true
    const type = method.split('.')[0] ?? ''
    // The methods of a class without a name are called by what took it; where it is made is what decides.
    const reached = /\$\d+$/.test(type) ? callers.get(`${type}.<init>`) : callers.get(method)
    return reached !== undefined && [...reached].every(by => guarded(by, level, [...seen, method]))
  }
  return (method, level) => guarded(method, level, [])
}
