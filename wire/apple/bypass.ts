import { pbkdf2Sync } from 'node:crypto'
import { Malformed } from '../malformed.ts'

const letters = '0123456789ACDEFGHJKLMNPQRTUVWXYZ'
const groups = [5, 5, 4, 4, 4, 4].map((size, at, all) => ({
  size,
  from: all.slice(0, at).reduce((sum, one) => sum + one, 0),
}))

/** Sixteen bytes as a bypass code of Activation Lock: five bits a letter, in groups that people type (Apple: Creating and using bypass codes). */
export function bypassCode(key: Uint8Array): string {
  if (key.length !== 16) throw new TypeError('a bypass code is made of sixteen bytes')
  let bits = ''
  for (const byte of key) bits += byte.toString(2).padStart(8, '0')
  const text = (bits.padEnd(130, '0').match(/.{5}/g) ?? []).map(five => letters[Number.parseInt(five, 2)]).join('')
  return groups.map(({ from, size }) => text.slice(from, from + size)).join('-')
}

/** The bytes of a bypass code however it was typed; throws `apple.bypass` when it is none. */
export function bypassKey(code: string): Uint8Array {
  const text = code.toUpperCase().replaceAll(/[\s-]/g, '')
  const values = [...text].map(letter => letters.indexOf(letter))
  const bits = values.map(v => v.toString(2).padStart(5, '0')).join('')
  if (text.length !== 26 || values.includes(-1) || bits.slice(128) !== '00') throw new Malformed('apple.bypass')
  return Uint8Array.from(bits.slice(0, 128).match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2))
}

/** What Apple is given of a bypass code when Activation Lock is turned on by a server: hex of its derivation (Apple: Enable Activation Lock, escrow_key). */
export function bypassHash(code: string): string {
  return pbkdf2Sync(bypassKey(code), new Uint8Array(4), 50_000, 32, 'sha256').toString('hex')
}
