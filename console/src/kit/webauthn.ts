/*
 * The browser's half of passkeys: turns what the server asks into what the browser takes, and what it answers into JSON.
 * (WebAuthn level 3, §5.1: the JSON forms; done by hand, because not every browser in use has them.)
 */
import { Refusal } from '../api.ts'

/** What the server asks a passkey to sign. */
export interface RequestOptions {
  challenge: string
  rpId?: string
  allowCredentials: readonly { id: string; transports?: readonly string[] }[]
  timeout?: number
}

/** What the server asks the browser to make. */
export interface CreationOptions {
  challenge: string
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
  excludeCredentials: { id: string }[]
  timeout: number
}

/** Whether this browser can use passkeys on this page at all. */
export const passkeysWork = (): boolean => typeof PublicKeyCredential === 'function' && isSecureContext

/** Lets the person sign with a passkey; refuses as `passkey.canceled` when they did not. */
export async function signWithPasskey(options: RequestOptions): Promise<unknown> {
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(options.challenge),
        ...(options.rpId ? { rpId: options.rpId } : {}),
        allowCredentials: options.allowCredentials.map(one => ({
          type: 'public-key',
          id: bytes(one.id),
          ...(one.transports?.length ? { transports: one.transports as AuthenticatorTransport[] } : {}),
        })),
        userVerification: 'required',
        timeout: options.timeout ?? 300_000,
      },
    }),
  )
  const { clientDataJSON, authenticatorData, signature, userHandle } =
    credential.response as AuthenticatorAssertionResponse
  return {
    id: credential.id,
    rawId: credential.id,
    type: 'public-key',
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
  }
}

/** Lets the person make a passkey; refuses as `passkey.canceled` when they did not. */
export async function makePasskey(options: CreationOptions): Promise<unknown> {
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: options.excludeCredentials.map(one => ({ type: 'public-key', id: bytes(one.id) })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
      },
    }),
  )
  const response = credential.response as AuthenticatorAttestationResponse
  return {
    id: credential.id,
    rawId: credential.id,
    type: 'public-key',
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'InvalidStateError') throw refusal('passkey.known')
    if (name === 'SecurityError') throw refusal('passkey.elsewhere')
  }
  throw refusal('passkey.canceled')
}

const refusal = (code: string): Refusal =>
  new Refusal({ status: 0, code, title: '', detail: null, next: null, fields: [], request: null, facts: {} })

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, letter => letter.charCodeAt(0))
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
