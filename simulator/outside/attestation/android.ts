import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  keyDescriptionOid,
  type NewKeyDescription,
  type RootOfTrust,
  writeKeyDescription,
} from '@muster/wire/android/key-description.ts'
import { issueCertificate, type IssueOptions, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { type Authority, mintAuthority } from '../apns/certificates.ts'

/** What the key store of an Android device attests, where it is not what an honest phone says. */
export interface AndroidClaim extends Partial<Pick<NewKeyDescription, 'version' | 'level' | 'keeperLevel'>> {
  key: KeyObject
  challenge: string
  origin?: number
  /** How the device was started. */
  root?: Partial<RootOfTrust> | null
  app?: { name?: string; signer?: Uint8Array }
  serial?: string
  /** End of the certificate between the key's and the root. */
  middleUntil?: number
}

/** A maker of Android devices, whose chips attest keys. */
export interface AndroidMaker {
  readonly root: Authority
  /** Number of the certificate that its devices sign with, as lists of revoked ones have it. */
  readonly batch: string
  /** The chain as a key store gives it: the key's certificate first, the root last. */
  attest(claim: AndroidClaim): Uint8Array[]
  /** Puts a description of anybody's own making on top of a chain, signed with the key that the chain is about. */
  extend(chain: readonly Uint8Array[], by: KeyObject, claim: AndroidClaim): Uint8Array[]
}

/** The agent that these devices run, unless they say otherwise. */
export const honestAgent = { name: 'org.muster.agent', signer: digest('the signer of the agent') }

const day = 86_400_000

/** Makes a maker with an authority of its own. */
export function mintAndroidMaker(name = 'Simulated Android Root'): AndroidMaker {
  const root = mintAuthority(name)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const middleOf = (until: number): Uint8Array => {
    const now = Date.now()
    return issueCertificate({
      subject: [['CN', `${name} TEE`]],
      serial: '0c0ffee0',
      spki: spkiOf(privateKey),
      notBefore: Math.min(now, until) - 3650 * day,
      notAfter: until,
      issuer: { certificate: parseCertificate(root.certificate), key: root.key },
      ca: { pathLength: 0 },
      keyUsage: ['keyCertSign'],
    })
  }
  return {
    root,
    batch: 'c0ffee0',
    attest: claim => {
      const middle = middleOf(claim.middleUntil ?? Date.now() + 3650 * day)
      return [leafOf(claim, { certificate: parseCertificate(middle), key: privateKey }), middle, root.certificate]
    },
    extend: (chain, by, claim) => {
      const [former] = chain
      if (!former) throw new TypeError('nothing to extend')
      return [leafOf(claim, { certificate: parseCertificate(former), key: by }), ...chain]
    },
  }
}

/** Devices date the key's certificate by their own clock, which at their first start is that of 1970. */
function leafOf(claim: AndroidClaim, issuer: IssueOptions['issuer']): Uint8Array {
  return issueCertificate({
    subject: [['CN', 'Android Keystore Key']],
    spki: spkiOf(claim.key),
    serial: '01',
    notBefore: 0,
    notAfter: day,
    issuer,
    keyUsage: ['digitalSignature'],
    extra: [{ oid: keyDescriptionOid, value: writeKeyDescription(descriptionOf(claim)) }],
  })
}

function descriptionOf(claim: AndroidClaim): NewKeyDescription {
  const { version = 300, level = 'tee', keeperLevel = level, origin = 0, root = {}, app = {}, serial } = claim
  const started: RootOfTrust = {
    bootKey: digest('boot key of the maker'),
    locked: true,
    state: 'verified',
    bootHash: digest('system'),
    ...root,
  }
  const { name = honestAgent.name, signer = honestAgent.signer } = app
  return {
    version,
    level,
    keeperVersion: version,
    keeperLevel,
    challenge: new TextEncoder().encode(claim.challenge),
    software: { app: { packages: [{ name, version: 1 }], signers: [signer] } },
    hardware: {
      origin,
      osVersion: 160_000,
      patch: 202_611,
      vendorPatch: 20_261_105,
      bootPatch: 20_261_101,
      ...(root === null ? {} : { root: started }),
      ...(serial === undefined ? {} : { serial }),
    },
  }
}

function digest(of: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(of).digest())
}
