import type { AppleDevice } from './device.ts'
import type { Reply } from './http.ts'
import { fetchNoted, means } from './line.ts'

/** Somebody who signs in on a page: their address, and where they read the code that is mailed to them. */
export interface Person {
  address: string
  code(): Promise<string>
}

/** A page that was opened. */
export interface Opened {
  url: string
  page: Reply
}

/** Signs in on a page by its forms, as a person does, and answers what came last: a file, or the way back to the device. */
export async function fillIn(device: AppleDevice, opened: Opened, person: Person): Promise<Reply> {
  const asked = await submit(device, opened, { address: person.address })
  if (asked.status !== 200) return asked
  return submit(device, { url: opened.url, page: asked }, { code: await person.code() })
}

async function submit(device: AppleDevice, { url, page }: Opened, typed: Record<string, string>): Promise<Reply> {
  const text = Buffer.from(page.body).toString('utf8')
  // The first form is the one that is asked; a second only asks for another mail.
  const [form = ''] = /<form.*?<\/form>/s.exec(text) ?? []
  const action = unescaped(/action="([^"]*)"/.exec(form)?.[1] ?? '')
  const values = new URLSearchParams()
  for (const [, attributes = ''] of form.matchAll(/<input([^>]*)>/g)) {
    const name = /name="([^"]*)"/.exec(attributes)?.[1]
    if (name !== undefined) values.set(name, unescaped(/value="([^"]*)"/.exec(attributes)?.[1] ?? ''))
  }
  for (const [name, value] of Object.entries(typed)) values.set(name, value)
  return fetchNoted(device, 'page', {
    ...means(device),
    ...(device.options.careless === true ? { careless: true } : {}),
    url: new URL(action, url).href,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(values.toString()),
  })
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '')
}
