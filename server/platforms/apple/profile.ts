import { randomUUID } from 'node:crypto'
import { encodeEnrollmentProfile, encodeScepProfile } from '@muster/wire/apple/profile.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as identity from '../../areas/identity/index.ts'
import { everything } from '../../base/authority.ts'
import type { Config } from '../../base/config.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import type { Terms } from './store.ts'

/** What one enrollment profile promises and asks: its terms, and the challenge that is good for one certificate. */
export interface ProfileTerms extends Terms {
  challenge: string
  /** Who asks for the certificate, in its request; what is issued names the enrollment instead. */
  subject: string
  /** The identity is asked for by ACME, with a key that the device's chip vouches for. */
  attested?: boolean
}

/** Names the org's profile on its devices. The same one replaces the profile in place, so it never changes. */
export function profileIdentifier(org: Id<'org'>): string {
  return `muster.${org}.management`
}

/** Where enrolled devices call. They keep this address for as long as they are enrolled. */
export function deviceUrl(config: Pick<Config, 'url'>): string {
  return `${config.url}/mdm/apple`
}

/** Whether devices meet a server certificate that only our own authority vouches for, so that they must be told to trust it. */
export const { ownAuthority } = certificates

/** The signed enrollment profile. Makes the org's authorities when they are first needed, so it runs outside transactions. */
export async function buildProfile(base: Base, org: Id<'org'>, terms: ProfileTerms): Promise<Uint8Array> {
  const scope = { org, actor: { kind: 'system', id: null, what: 'profile' }, authority: everything } as const
  const { name } = await base.read(scope, ctx => identity.ownOrg(ctx))
  // The device asks the authority right after; it must exist by then.
  await certificates.caCertificate(base, org, terms.attested ? 'ca-device' : 'ca-scep')
  const subject = [
    ['O', name.slice(0, 64)],
    ['CN', terms.subject],
  ] as const
  const plain = encodeEnrollmentProfile(
    {
      identifier: profileIdentifier(org),
      displayName: `${name}: device management`,
      organization: name,
      description: `Lets ${name} manage this device.`,
      anchors: ownAuthority(base.config) ? await anchorsOf(base) : [],
      scep: {
        url: certificates.scepUrl(base, org),
        name: `${name} device identity`,
        subject,
        challenge: terms.challenge,
        keyBits: 2048,
      },
      ...(terms.attested
        ? {
            acme: {
              directoryUrl: `${certificates.acmeUrl(base, org)}/directory`,
              clientIdentifier: terms.challenge,
              name: `${name} device identity`,
              subject,
            },
          }
        : {}),
      mdm: {
        topic: terms.topic,
        url: terms.url,
        accessRights: terms.accessRights,
        ...(terms.account ? { account: terms.account } : {}),
      },
    },
    randomUUID,
  )
  return certificates.sign(base, org, plain)
}

/** A profile that brings a certificate and nothing else: by it the device is known for the rest of the profile service. */
export async function buildScepProfile(base: Base, org: Id<'org'>, terms: ProfileTerms): Promise<Uint8Array> {
  const scope = { org, actor: { kind: 'system', id: null, what: 'profile' }, authority: everything } as const
  const { name } = await base.read(scope, ctx => identity.ownOrg(ctx))
  await certificates.caCertificate(base, org, 'ca-scep')
  const plain = encodeScepProfile(
    {
      identifier: `${profileIdentifier(org)}.service`,
      displayName: `${name}: device identity`,
      organization: name,
      description: `Lets ${name} recognize this device.`,
      anchors: ownAuthority(base.config) ? await anchorsOf(base) : [],
      scep: {
        url: certificates.scepUrl(base, org),
        name: `${name} device identity`,
        subject: [
          ['O', name.slice(0, 64)],
          ['CN', terms.subject],
        ],
        challenge: terms.challenge,
        keyBits: 2048,
      },
    },
    randomUUID,
  )
  return certificates.sign(base, org, plain)
}

export async function anchorsOf(base: Base): Promise<{ der: Uint8Array; name: string }[]> {
  const pem = await certificates.trustPem(base)
  return fromPem(pem).map(({ der }) => ({ der, name: 'Muster Server CA' }))
}
