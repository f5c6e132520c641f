import { join } from 'node:path'
import { android, must, type Parts } from './package.ts'

/** What a class shows to others: what it extends and implements, and its members as `name(arguments)result` or `field#type`. */
export interface Shown {
  above: string[]
  members: Set<string>
}

/** A set of classes by name, as the virtual machine writes names: `android/app/Activity`. */
export type Surface = Map<string, Shown>

/** The public members of an Android, from a list made of its published stubs by somebody else. */
export async function publicSurface(parts: Parts, level: 26 | 32 | 34): Promise<Surface> {
  const program = join(android, 'tools/Signatures.java')
  const text = await must('java', ['-cp', parts.signatures.reader, program, parts.signatures[level]])
  const surface: Surface = new Map()
  let now: Shown = { above: [], members: new Set() }
  for (const line of text.split('\n')) {
    if (line.startsWith('\t')) now.members.add(line.slice(1))
    else if (line !== '') {
      const [name = '', ...above] = line.split(' ')
      now = { above: above.filter(a => a !== '-'), members: new Set() }
      surface.set(name, now)
    }
  }
  return surface
}

/** One use of a class or member by the code in a package. */
export interface Use {
  /** The method that uses it. */
  by: string
  owner: string
  /** null when the class itself is meant: made, cast to, caught, extended. */
  member: string | null
}

/** What a package's code is: its own classes, and everything it uses. */
export interface Code {
  own: Surface
  uses: Use[]
  /** Instructions this Android cannot run without help at build time that dx does not give. */
  forbidden: string[]
}

const instruction = /\|[0-9a-f]{4}: (\S+) (?:.*?, )?(\[*L[\w/$-]+;)(?:\.([\w$<>-]+):(\S+))? \/\/ (method|field|type)@/

/** Reads what Debian's dexdump prints of a package. */
export function codeOf(dump: string): Code {
  const code: Code = { own: new Map(), uses: [], forbidden: [] }
  let by = ''
  let now: Shown = { above: [], members: new Set() }
  let member = ''
  for (const line of dump.split('\n')) {
    const type = /^ {2}(Class descriptor|Superclass) +: '(L[^']+;)'|^ {4}#\d+ +: '(L[^']+;)'/.exec(line)
    if (type?.[1] === 'Class descriptor') {
      now = { above: [], members: new Set() }
      by = bare(type[2] ?? '')
      code.own.set(by, now)
    } else if (type) {
      const above = bare(type[2] ?? type[3] ?? '')
      now.above.push(above)
      code.uses.push({ by, owner: above, member: null })
    }
    const name = /^ {6}name +: '(.+)'/.exec(line)
    if (name) member = name[1] ?? ''
    const shape = /^ {6}type +: '(.+)'/.exec(line)
    if (shape) now.members.add(asMember(member, shape[1] ?? ''))
    const method = /\|\[[0-9a-f]+\] ([^:]+):/.exec(line)
    if (method) by = (method[1] ?? '').replaceAll('.', '/').replace(/\/([^/]+)$/, '.$1')
    const caught = /^ +(L[\w/$]+;) -> 0x/.exec(line)
    if (caught) code.uses.push({ by, owner: bare(caught[1] ?? ''), member: null })
    if (/\|[0-9a-f]{4}: (invoke-custom|invoke-polymorphic|const-method)/.test(line))
      code.forbidden.push(`${by}: ${line}`)
    const used = instruction.exec(line)
    if (used) {
      const [, , owner = '', field, descriptor] = used
      code.uses.push({ by, owner: bare(owner), member: field === undefined ? null : asMember(field, descriptor ?? '') })
    }
  }
  return code
}

const bare = (descriptor: string): string => (descriptor.startsWith('[') ? 'java/lang/Object' : descriptor.slice(1, -1))
const asMember = (name: string, shape: string): string => (shape.startsWith('(') ? name + shape : `${name}#${shape}`)

/** The uses that do not end at something public: a member is looked for in its class and in all above it, through our own classes into Android's. */
export function notWithin(code: Code, surface: Surface): Use[] {
  return code.uses.filter(({ owner, member }) => !stands(code.own, surface, owner, member))
}

/** How a use is named in tables: the class without its package, and the member without its shape. */
export function nameOf({ owner, member }: Use): string {
  const type = owner.slice(owner.lastIndexOf('/') + 1)
  return member === null ? type : `${type}.${member.replace(/[(#].*/, '')}`
}

function stands(own: Surface, surface: Surface, owner: string, member: string | null): boolean {
  const shown = own.get(owner) ?? surface.get(owner)
  if (shown === undefined) return false
  if (member === null || shown.members.has(member)) return true
  // An interface that extends nothing still answers what every object answers.
  const above = shown.above.length > 0 ? shown.above : owner === 'java/lang/Object' ? [] : ['java/lang/Object']
  return above.some(a => stands(own, surface, a, member))
}
