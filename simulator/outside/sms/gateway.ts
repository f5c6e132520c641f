import { startWeb, type Web } from '../web/web.ts'

/** A gateway that takes text messages over HTTPS as most do: a form with who and what. */
export interface SmsGateway extends Web {
  /** What it was given as Authorization, and must be given. */
  readonly authorization: string
  readonly texts: readonly { to: string; text: string }[]
  /** Puts a telephone on the network. */
  phone(number: string, arrived: (text: string) => void): void
}

/** Starts it on loopback. */
export async function startSmsGateway(): Promise<SmsGateway> {
  const authorization = 'Basic Z2F0ZXdheTpzZWNyZXQ='
  const texts: { to: string; text: string }[] = []
  const phones = new Map<string, (text: string) => void>()
  const web = await startWeb(heard => {
    if (heard.headers.authorization !== authorization) return { status: 401, body: { error: 'unauthorized' } }
    const form = new URLSearchParams(Buffer.from(heard.body).toString('utf8'))
    const one = { to: form.get('to') ?? '', text: form.get('text') ?? '' }
    texts.push(one)
    phones.get(one.to)?.(one.text)
    return { status: 202, body: { id: String(texts.length) } }
  })
  return { ...web, authorization, texts, phone: (number, arrived) => void phones.set(number, arrived) }
}
