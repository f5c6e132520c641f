import { sign, verify } from '@muster/wire/cms/signed.ts'
import { type Dict, decode, dict, encode, str } from '@muster/wire/plist/plist.ts'
import * as enrollment from '../areas/enrollment/index.ts'
import * as push from '../areas/push/index.ts'
import { allAccessRights } from '@muster/wire/apple/profile.ts'
import { newId } from '../base/id.ts'
import type { GivenCertificates, ScepIdentity } from './given-certificates.ts'
import type { GivenPush } from './given-push.ts'
import type { House } from './house.ts'

/** An invitation and the secret in its link. */
export interface Invited {
  id: string
  secret: string
  /** Path of its page. */
  path: string
}

/** What an answer to a device looks like in a test. */
export interface Answered {
  status: number
  body: unknown
  bytes: Uint8Array
  headers: Record<string, string>
}

/** What may differ in one message of a test device. */
export interface Saying {
  /** Who signs; the device's own identity when absent, nobody when null. */
  by?: Pick<ScepIdentity, 'key' | 'der'> | null
  /** Sent instead of the encoded message. */
  bytes?: Uint8Array
  headers?: Record<string, string>
  contentType?: string
}

/** The least of a device: it holds a certificate that the server issued, and says what a test wants said. */
export interface Talker {
  udid: string
  topic: string
  identity: ScepIdentity
  /** The MDM payload of its profile. */
  mdm: Dict
  checkIn(message: Dict, saying?: Saying): Promise<Answered>
  report(message: Dict, saying?: Saying): Promise<Answered>
  authenticate(more?: Dict): Promise<Answered>
  tokenUpdate(more?: Dict, saying?: Saying): Promise<Answered>
}

export interface GivenEnrollment {
  invitation(of?: Partial<enrollment.Offer>): Promise<Invited>
  /** A device with the certificate of an invitation, which has not said anything yet. */
  talker(of?: { invitation?: Invited; udid?: string }): Promise<Talker>
  /** A device that is enrolled. */
  enrolledTalker(of?: { invitation?: Invited; udid?: string }): Promise<Talker>
}

/** Arranges invitations and devices that enroll through the product's own doors. */
export function givenEnrollment(
  house: House,
  given: Pick<GivenCertificates & GivenPush, 'scep' | 'scepIdentity' | 'pushCertificate'>,
): GivenEnrollment {
  const pushable = async (): Promise<void> => {
    if ((await house.run(ctx => push.currentTopic(ctx))) === null) await given.pushCertificate()
  }
  const invitation = (of: Partial<enrollment.Offer> = {}): Promise<Invited> =>
    house.run(async ctx => {
      const { invitation: made, secret } = await enrollment.invite(ctx, {
        platform: 'apple',
        unit: house.root.id,
        name: null,
        user: null,
        ownership: 'company',
        accessRights: allAccessRights,
        uses: 1,
        expiresInHours: 24,
        ...of,
      })
      return { id: made.id, secret, path: `/enroll/${secret}` }
    })
  const talker: GivenEnrollment['talker'] = async ({ invitation: of, udid } = {}) => {
    await pushable()
    const { path } = of ?? (await invitation())
    const file = await house.http('GET', `${path}/profile`)
    if (file.status !== 200)
      throw new Error(`the profile was answered with ${file.status} ${JSON.stringify(file.body)}`)
    const { challenge, mdm } = payloadsOf(file.bytes)
    const signer = given.scepIdentity()
    const { certificates: issued } = await given.scep({ signer, challenge })
    const [der] = issued ?? []
    if (!der) throw new Error('no certificate was issued')
    const who = udid ?? `00008120-${newId('device').slice(-16).toUpperCase()}`
    return speaking(house, { udid: who, mdm, identity: { key: signer.key, der } })
  }
  return {
    invitation,
    talker,
    enrolledTalker: async of => {
      const one = await talker(of)
      for (const answer of [await one.authenticate(), await one.tokenUpdate()])
        if (answer.status !== 200) throw new Error(`not enrolled: ${answer.status} ${JSON.stringify(answer.body)}`)
      return one
    },
  }
}

/** Challenge and MDM payload of an enrollment profile, signed as it is. */
export function payloadsOf(file: Uint8Array): { challenge: string; mdm: Dict; all: Dict[] } {
  const root = dict(decode(verify(file).content))
  const all = (root.PayloadContent as Dict[]).map(one => dict(one))
  const of = (type: string): Dict => dict(all.find(p => p.PayloadType === type))
  return {
    challenge: str(dict(of('com.apple.security.scep').PayloadContent), 'Challenge') ?? '',
    mdm: of('com.apple.mdm'),
    all,
  }
}

/** Signs and sends messages of one device without a socket. */
export function speaking(house: House, of: Pick<Talker, 'udid' | 'mdm' | 'identity'>): Talker {
  const topic = String(of.mdm.Topic)
  const send = async (message: Dict, contentType: string, saying: Saying): Promise<Answered> => {
    const body = saying.bytes ?? encode({ UDID: of.udid, ...message })
    const by = saying.by === undefined ? of.identity : saying.by
    const signed =
      by && sign({ content: body, certificate: by.der, key: by.key, detached: true, signingTime: house.now() })
    return house.http('PUT', '/mdm/apple', {
      body,
      headers: {
        'content-type': saying.contentType ?? contentType,
        ...(signed ? { 'mdm-signature': Buffer.from(signed).toString('base64') } : {}),
        ...saying.headers,
      },
    })
  }
  const checkIn: Talker['checkIn'] = (message, saying = {}) =>
    send(message, 'application/x-apple-aspen-mdm-checkin', saying)
  return {
    ...of,
    topic,
    checkIn,
    report: (message, saying = {}) => send(message, 'application/x-apple-aspen-mdm; charset=UTF-8', saying),
    authenticate: more =>
      checkIn({
        MessageType: 'Authenticate',
        Topic: topic,
        ProductName: 'iPhone17,1',
        OSVersion: '27.0',
        BuildVersion: '24A1',
        SerialNumber: `S${of.udid.slice(-10)}`,
        DeviceName: 'A phone',
        ...more,
      }),
    tokenUpdate: (more, saying) =>
      checkIn(
        {
          MessageType: 'TokenUpdate',
          Topic: topic,
          Token: new Uint8Array(32).fill(7),
          PushMagic: 'magic',
          UnlockToken: new Uint8Array(64).fill(9),
          ...more,
        },
        saying,
      ),
  }
}
