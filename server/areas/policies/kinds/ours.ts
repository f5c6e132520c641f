import type { KindSource, PolicyKind } from '../kind.ts'
import { identity } from './identity.ts'
import { passcode } from './passcode.ts'
import { restrictions } from './restrictions.ts'
import { wifi } from './wifi.ts'

const all: readonly PolicyKind[] = [passcode, restrictions, wifi, identity]
const byName = new Map(all.map(kind => [kind.kind, kind]))

/** The kinds of policy that we wrote ourselves, for every platform. */
export const ours: KindSource = { find: kind => byName.get(kind), list: () => all }
