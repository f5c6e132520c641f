import type { DocumentItem } from '@muster/wire/agent/document.ts'
import type { ItemWord } from '@muster/wire/agent/messages.ts'
import type { Phone } from './phone.ts'

interface Wanted {
  readonly package?: string
  readonly name?: string
  readonly presence?: string
  readonly code?: number
  readonly version?: string
  readonly signer?: string
  readonly sha256?: string
}

/** Brings an app, or takes it away, as an item says. A virtual phone believes what it is told of a file and fetches none. */
export function bringApp(phone: Phone, { item, version, value }: DocumentItem): ItemWord {
  const wanted = value as Wanted
  const { package: name = '', presence, code = 1, signer = null, sha256 } = wanted
  if (presence === 'removed' || presence === 'forbidden') dropApp(phone, name)
  if (presence !== 'required') return { item, version, state: 'applied' }
  const there = phone.apps.find(a => a.package === name)
  if (there && there.code >= code) return { item, version, state: 'applied' }
  if (sha256 === undefined)
    return there ? { item, version, state: 'applied' } : { item, version, state: 'failed', code: 'failed' }
  if (there && there.signer !== signer) return { item, version, state: 'failed', code: 'signer' }
  dropApp(phone, name)
  const [title, said] = [wanted.name ?? name, wanted.version ?? '1.0']
  const installed = { code, signer, installer: 'org.muster.agent', system: false }
  phone.apps.push({ package: name, name: title, version: said, ...installed })
  return { item, version, state: 'applied' }
}

/** Takes back what an item brought. */
export function takeApp(phone: Phone, { value }: Pick<DocumentItem, 'value'>): void {
  const { package: name = '', presence } = value as Wanted
  if (presence === 'required') dropApp(phone, name)
}

function dropApp(phone: Phone, name: string): void {
  phone.apps = phone.apps.filter(a => a.package !== name || a.system)
}
