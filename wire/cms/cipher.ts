import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Malformed } from '../malformed.ts'

/** The content ciphers we read; we write the first four only. */
export type Cipher = 'aes-256-cbc' | 'aes-192-cbc' | 'aes-128-cbc' | 'des-ede3-cbc' | 'des-cbc'

/** A cipher's identifier and the sizes of its key and block. */
export interface CipherShape {
  cipher: Cipher
  oid: string
  keyBytes: number
  blockBytes: number
}

const SHAPES: readonly CipherShape[] = [
  { cipher: 'aes-256-cbc', oid: '2.16.840.1.101.3.4.1.42', keyBytes: 32, blockBytes: 16 },
  { cipher: 'aes-192-cbc', oid: '2.16.840.1.101.3.4.1.22', keyBytes: 24, blockBytes: 16 },
  { cipher: 'aes-128-cbc', oid: '2.16.840.1.101.3.4.1.2', keyBytes: 16, blockBytes: 16 },
  { cipher: 'des-ede3-cbc', oid: '1.2.840.113549.3.7', keyBytes: 24, blockBytes: 8 },
  { cipher: 'des-cbc', oid: '1.3.14.3.2.7', keyBytes: 8, blockBytes: 8 },
]

/** The cipher an identifier or a name stands for; refuses those we do not speak. */
export function shapeOf(oidOrCipher: string): CipherShape {
  const shape = SHAPES.find(({ cipher, oid }) => oid === oidOrCipher || cipher === oidOrCipher)
  if (!shape) throw new Malformed('cms.cipher', oidOrCipher)
  return shape
}

/** OpenSSL 3 has no single DES; three-key DES with one key thrice is the same function. */
function openssl(shape: CipherShape, key: Uint8Array): [name: string, key: Uint8Array] {
  return shape.cipher === 'des-cbc' ? ['des-ede3-cbc', Buffer.concat([key, key, key])] : [shape.cipher, key]
}

/** Encrypts under a fresh key and initialization vector. */
export function encrypt(
  shape: CipherShape,
  content: Uint8Array,
): { key: Uint8Array; iv: Uint8Array; encrypted: Uint8Array } {
  const key = randomBytes(shape.keyBytes)
  const iv = randomBytes(shape.blockBytes)
  const cipher = createCipheriv(...openssl(shape, key), iv)
  return { key, iv, encrypted: Buffer.concat([cipher.update(content), cipher.final()]) }
}

/** Decrypts; every failure is the same `cms.decrypt`, so that an answer tells nothing of the padding. */
export function decrypt(shape: CipherShape, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv(...openssl(shape, key), iv)
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]))
  } catch {
    throw new Malformed('cms.decrypt')
  }
}
