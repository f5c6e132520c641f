import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import type { Heard, Said } from '../web/web.ts'
import { Refusal, type Table, tableIn } from './refusal.ts'

/** The file a service account is handed out as. */
export interface KeyFile {
  readonly type: 'service_account'
  readonly project_id: string
  readonly private_key_id: string
  readonly private_key: string
  readonly client_email: string
  readonly client_id: string
  readonly auth_uri: string
  readonly token_uri: string
}

interface Account {
  readonly project: string
  readonly keys: Map<string, KeyObject>
}

/** Who may speak: service accounts, and the tokens they were given. */
export interface Doors {
  readonly accounts: Map<string, Account>
  readonly tokens: Map<string, { project: string; until: number }>
  readonly signer: { readonly kid: string; readonly key: KeyObject; readonly jwk: Table }
  /** How many tokens were given out. */
  given: number
}

/** The scope of the API. */
export const scope = 'https://www.googleapis.com/auth/androidmanagement'
const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const lifeMs = 3_600_000

/** Nobody may speak yet; whoever delivers messages has a key of its own. */
export function newDoors(): Doors {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
  return { accounts: new Map(), tokens: new Map(), signer: { kid, key: privateKey, jwk }, given: 0 }
}

/** A key of a project's service account; the account is the same whenever it is asked for. */
export function newKey(doors: Doors, project: string, url: string): KeyFile {
  const email = `muster@${project}.iam.gserviceaccount.com`
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const id = randomBytes(20).toString('hex')
  const account = doors.accounts.get(email) ?? { project, keys: new Map() }
  account.keys.set(id, publicKey)
  doors.accounts.set(email, account)
  return {
    type: 'service_account',
    project_id: project,
    private_key_id: id,
    private_key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    client_email: email,
    client_id: String(BigInt(`0x${id.slice(0, 17)}`)),
    auth_uri: `${url}/o/oauth2/auth`,
    token_uri: `${url}/token`,
  }
}

/** Gives a token for a signed statement (RFC 7523 §2.1), or says why not as OAuth does. */
export function giveToken(doors: Doors, heard: Heard, now: number): Said {
  const form = new URLSearchParams(Buffer.from(heard.body).toString('utf8'))
  if (form.get('grant_type') !== grant) return refused('unsupported_grant_type', 'Invalid grant_type')
  const jwt = (form.get('assertion') ?? '').split('.')
  const [head, claims] = [partOf(jwt[0]), partOf(jwt[1])]
  if (!head || !claims || jwt.length !== 3) return refused('invalid_grant', 'Bad Request')
  const account = doors.accounts.get(String(claims['iss']))
  if (!account) return refused('invalid_grant', 'Invalid grant: account not found')
  const keys = typeof head['kid'] === 'string' ? [account.keys.get(head['kid'])] : [...account.keys.values()]
  const signature = Buffer.from(jwt[2] ?? '', 'base64url')
  const holds = keys.some(key => key && verify('sha256', Buffer.from(`${jwt[0]}.${jwt[1]}`), key, signature))
  if (head['alg'] !== 'RS256' || !holds) return refused('invalid_grant', 'Invalid JWT Signature.')
  const [at, from, until] = [now / 1000, Number(claims['iat']), Number(claims['exp'])]
  if (!(from <= at + 300 && until > at && until - from <= 3600))
    return refused(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    )
  if (!String(claims['aud']).endsWith('/token')) return refused('invalid_grant', 'Invalid JWT: Failed audience check.')
  if (!String(claims['scope']).split(' ').includes(scope))
    return refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.')
  const access = `ya29.${randomBytes(32).toString('base64url')}`
  doors.tokens.set(access, { project: account.project, until: now + lifeMs })
  doors.given += 1
  return { body: { access_token: access, expires_in: lifeMs / 1000, token_type: 'Bearer' } }
}

/** The project that asks; refuses who has no token. */
export function projectOf(doors: Doors, heard: Heard, now: number): string {
  const bearer = /^Bearer (.+)$/.exec(heard.headers.authorization ?? '')?.[1] ?? ''
  const held = doors.tokens.get(bearer)
  if (held && held.until > now) return held.project
  throw new Refusal(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    { headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' } },
  )
}

/** A token that says who delivers a message, as push subscriptions send it. */
export function idToken(doors: Doors, who: { audience: string; email: string }, now: number): string {
  const at = Math.floor(now / 1000)
  const claims = {
    aud: who.audience,
    azp: '100000000000000000000',
    email: who.email,
    email_verified: true,
    exp: at + 3600,
    iat: at,
    iss: 'https://accounts.google.com',
    sub: '100000000000000000000',
  }
  const signed = `${part({ alg: 'RS256', kid: doors.signer.kid, typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), doors.signer.key).toString('base64url')}`
}

/** Whether the fake itself signed a token; for tests of the fake. */
export function isOurs(doors: Doors, token: string): boolean {
  const [head = '', claims = '', signature = ''] = token.split('.')
  const key = createPublicKey(doors.signer.key)
  return verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))
}

function refused(error: string, description: string): Said {
  return { status: 400, body: { error, error_description: description } }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function partOf(text: string | undefined): Table | null {
  try {
    return tableIn(JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')))
  } catch {
    return null
  }
}
