import { type Id, isId } from '../../base/id.ts'

/** The id of a command on the wire: the digits of our own id in the form of a UUID. */
export function uuidOf(id: Id<'command'>): string {
  return id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Our id of a command named on the wire; null when it cannot be one of ours. */
export function idOf(uuid: string): Id<'command'> | null {
  if (!/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(uuid)) return null
  const id = `cmd_${uuid.replaceAll('-', '').toLowerCase()}`
  return isId('command', id) ? id : null
}
