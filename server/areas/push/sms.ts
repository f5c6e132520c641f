import { z } from 'zod'
import { ask } from '../../base/outside.ts'
import { not, type Sender, sent } from './outcome.ts'

/** How many messages to telephones there may be: they cost money. */
export const limits = {
  perDeviceDay: z.int().min(0).max(100).default(4),
  perOrgHour: z.int().min(0).max(100_000).default(100),
}

/** The same, whatever else the settings say. */
export const limitsShape = z.object(limits)

/** How messages are handed over to a gateway. */
export const smsShape = z.strictObject({
  url: z
    .url()
    .startsWith('https://')
    .max(1000)
    .describe('Address of the gateway; {to} and {text} in it are replaced, encoded.'),
  method: z.enum(['GET', 'POST']).default('POST'),
  contentType: z
    .enum(['application/json', 'application/x-www-form-urlencoded'])
    .default('application/x-www-form-urlencoded'),
  body: z
    .string()
    .max(2000)
    .default('to={to}&text={text}')
    .describe('Body of a POST; {to} and {text} are replaced, encoded as the content type asks.'),
  ...limits,
})
export type SmsSettings = z.output<typeof smsShape>

/** The secret of a gateway: the value of its Authorization header; empty where it needs none. */
export const smsSecretShape = z.object({ authorization: z.string().max(2000) })

/** Whether this is what a system gives for texts: eleven characters of base64 (AOSP, AppSmsManager). What a device calls so would else be read by people, at our cost and in our name. */
export const isToken = (text: string): boolean => /^[\w+/=-]{1,32}$/.test(text)

/** A number as texts are sent to it. (ITU-T E.164) */
export const e164 = /^\+[1-9]\d{5,14}$/

const addressShape = z.object({ number: z.string().nullable(), token: z.string().nullable() })

/**
 * Wakes an agent by a text message. The text holds the token that its system gave to it, so no person sees it and no permission is
 * needed; the token is good once. Without one nothing is sent: a person would get a text they cannot read.
 */
export const sendSms: Sender = async (base, _scope, wake) => {
  const { number, token } = addressShape.parse(JSON.parse(wake.address))
  if (token === null) return not('skipped', 'no-token')
  if (!isToken(token)) return not('dead', 'token')
  if (number === null) return not('skipped', 'no-number')
  if (!e164.test(number)) return not('dead', 'number')
  const gateway = smsShape.parse(JSON.parse(wake.settings))
  const { authorization } = smsSecretShape.parse(JSON.parse(wake.secret))
  const text = `${token} W1:${wake.nonce}`
  const json = gateway.contentType === 'application/json'
  const inUrl = fill(gateway.url, { to: number, text }, encodeURIComponent)
  const body = fill(gateway.body, { to: number, text }, json ? inJson : encodeURIComponent)
  try {
    const answer = await ask(base.config, 'SMS', {
      url: inUrl,
      method: gateway.method,
      headers: {
        ...(authorization === '' ? {} : { authorization }),
        ...(gateway.method === 'POST' ? { 'content-type': gateway.contentType } : {}),
      },
      ...(gateway.method === 'POST' ? { body } : {}),
      limitBytes: 64 * 1024,
      timeoutMs: 20_000,
    })
    if (answer.status >= 200 && answer.status < 300) return { ...sent, kind: 'spent' }
    const provider = answer.status === 429 || answer.status >= 500 || answer.status === 401 || answer.status === 403
    return not(answer.status === 429 || answer.status >= 500 ? 'later' : 'rejected', String(answer.status), provider)
  } catch (error) {
    return not('later', error instanceof Error ? error.message : String(error), true)
  }
}

function fill(template: string, by: { to: string; text: string }, encode: (text: string) => string): string {
  // By functions: in a text, `$&` and its like would stand for parts of the template.
  return template.replaceAll('{to}', () => encode(by.to)).replaceAll('{text}', () => encode(by.text))
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
