import { readAttestation } from '../acme/attestation.ts'
import { readKeyDescription, writeKeyDescription } from '../android/key-description.ts'
import { type Cbor, readCbor, writeCbor } from '../acme/cbor.ts'
import { jwkOf, readJws } from '../acme/jws.ts'
import type { Target } from './fuzz.ts'
import { mutate } from './mutate.ts'

/** Requests of certificate clients and attestations of devices under fire; `der` is any certificate. */
export function acme(der: Uint8Array): Target[] {
  const bytes = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
  const url64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'BBBB' }
  const requests = [
    bytes({ protected: url64({ alg: 'ES256', url: 'u', nonce: 'n', jwk }), payload: '', signature: 'AAAA' }),
    bytes({ protected: url64({ alg: 'RS256', url: 'u', nonce: 'n', kid: 'k' }), payload: 'e30', signature: 'AAAA' }),
  ]
  const attestations = [
    writeCbor(
      new Map<string, Cbor>([
        ['fmt', 'apple'],
        ['attStmt', new Map([['x5c', [der, der]]])],
      ]),
    ),
    writeCbor(new Map<string, Cbor>([['a', [1, -1, 'é', true, null, new Uint8Array(40)]]])),
  ]
  const root = { bootKey: new Uint8Array(32), locked: true, state: 'verified', bootHash: null } as const
  const app = { packages: [{ name: 'org.muster.agent', version: 1 }], signers: [new Uint8Array(32)] }
  const descriptions = ([3, 400] as const).map(version =>
    writeKeyDescription({
      version,
      level: 'tee',
      keeperVersion: version,
      keeperLevel: 'strongbox',
      challenge: bytes({ a: 1 }),
      software: { app },
      hardware: { origin: 0, root, osVersion: 160_000, patch: 202_611, serial: 'X1' },
    }),
  )
  return [
    {
      name: 'key description',
      make: r => mutate(r, r.pick(descriptions), descriptions),
      take: input => void readKeyDescription(input),
    },
    {
      name: 'jws',
      make: r => mutate(r, r.pick(requests), requests),
      take: input => {
        const { jwk: found } = readJws(input)
        if (found) jwkOf(found)
      },
    },
    {
      name: 'attestation',
      make: r => mutate(r, r.pick(attestations), attestations),
      take: (input, random) => void (random.once(2) ? readCbor(input) : readAttestation(input)),
    },
  ]
}
