import { generateKeyPairSync, randomUUID, verify } from 'node:crypto'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'

/** A message as the service took it. */
export interface FcmMessage {
  token: string
  data: Record<string, string>
  android?: { priority?: string; ttl?: string; collapse_key?: string }
}

/** Firebase Cloud Messaging as one project sees it: it gives tokens to its service account and takes messages. */
export interface Fcm extends Web {
  /** The key file of the service account. */
  readonly serviceAccount: string
  readonly project: string
  readonly taken: readonly FcmMessage[]
  /** Registers an installation; what is sent to its token arrives there. */
  register(arrived?: (data: Record<string, string>) => void): { token: string; vanish(): void }
}

/** Starts it on loopback. */
export async function startFcm(project = 'havsten-1'): Promise<Fcm> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const email = `muster@${project}.iam.example`
  const tokens = new Map<string, (data: Record<string, string>) => void>()
  const taken: FcmMessage[] = []
  const access = new Set<string>()
  let base = ''
  const grant = (heard: Heard): Said => {
    const assertion = new URLSearchParams(Buffer.from(heard.body).toString('utf8')).get('assertion') ?? ''
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    const good = verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>
    const meant =
      said.iss === email && said.aud === `${base}/token` && String(said.scope).endsWith('firebase.messaging')
    if (!good || !meant) return { status: 400, body: { error: 'invalid_grant' } }
    const token = randomUUID()
    access.add(token)
    return { body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } }
  }
  const take = (heard: Heard): Said => {
    const bearer = String(heard.headers.authorization ?? '').replace(/^Bearer /, '')
    if (!access.has(bearer)) return refusal(401, 'UNAUTHENTICATED', 'THIRD_PARTY_AUTH_ERROR')
    const { message } = JSON.parse(Buffer.from(heard.body).toString('utf8')) as { message: FcmMessage }
    const arrived = tokens.get(message.token)
    if (!arrived) return refusal(404, 'NOT_FOUND', 'UNREGISTERED')
    taken.push(message)
    arrived(message.data)
    return { body: { name: `projects/${project}/messages/${taken.length}` } }
  }
  const web = await startWeb(heard => {
    if (heard.path === '/token') return grant(heard)
    if (heard.path === `/v1/projects/${project}/messages:send`) return take(heard)
    return { status: 404, body: '<html>Not found</html>' }
  })
  base = web.url
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return {
    ...web,
    project,
    taken,
    serviceAccount: JSON.stringify({
      type: 'service_account',
      project_id: project,
      private_key_id: '1',
      private_key: pem,
      client_email: email,
      token_uri: `${web.url}/token`,
    }),
    register: (arrived = () => undefined) => {
      const token = `tok-${randomUUID()}`
      tokens.set(token, arrived)
      return { token, vanish: () => tokens.delete(token) }
    },
  }
}

/** How the service refuses. */
export function refusal(status: number, word: string, errorCode: string): Said {
  const details = [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }]
  return { status, body: { error: { code: status, status: word, message: word, details } } }
}
