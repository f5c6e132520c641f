import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { MyPage } from '../src/portal/contract.ts'
import { say, type Values } from '../src/i18n/messages.ts'
import { en } from '../src/portal/texts/en.ts'
import { fr } from '../src/portal/texts/fr.ts'
import type { Word, Words } from '../src/portal/texts/words.ts'
import { axe, overflow } from './axe.ts'
import { says, scene, t } from './scene.ts'
import { type Stage, until } from './stage.ts'

const word =
  (words: Words, tag: string) =>
  (name: Word, values?: Values): string =>
    say(words[name], tag, values)
const english = word(en, 'en-GB')
const french = word(fr, 'fr-FR')

interface Someone {
  id: string
  displayName: string
  email: string
  language: string
  device: { id: string; name: string; ownership: string; formFactor: string }
}

/** Someone of the stage with a device like this. */
async function someone(stage: Stage, fits: (of: Someone) => boolean): Promise<Someone> {
  const { items } = (await stage.call('GET', '/devices?limit=50')) as {
    items: { id: string; user: { id: string } | null }[]
  }
  for (const { id, user } of items) {
    if (!user) continue
    const person = (await stage.call('GET', `/users/${user.id}`)) as unknown as Someone
    const device = (await stage.call('GET', `/devices/${id}`)) as unknown as Someone['device']
    if (fits({ ...person, device })) return { ...person, device }
  }
  throw new Error('nobody on the stage is like that')
}

/** Other tests may have left the device reported. */
async function forgetIncidents(stage: Stage, device: string): Promise<void> {
  const { items } = (await stage.call('GET', '/incidents?limit=100')) as {
    items: { id: string; device: { id: string }; state: string }[]
  }
  for (const one of items.filter(i => i.device.id === device && i.state === 'open'))
    await stage.call('POST', `/incidents/${one.id}/found`, {})
}

const phone = { as: null, width: 375, expects: /status of (401|403|404|409|410)/ } as const

async function clean(page: Page, where: string): Promise<void> {
  assert.deepEqual(await axe(page, where), [])
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.deepEqual(await axe(page, `${where}, dark`, true), [])
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual(await overflow(page), [])
}

scene(
  'S2-3: a person opens their link on a phone and reads in French what their employer sees; the link opens once',
  { ...phone, locale: 'fr-FR' },
  async ({ page, stage, house, context }) => {
    const person = await someone(stage, one => one.device.ownership === 'personal')
    const made = await stage.call('POST', `/users/${person.id}/portal-link`, { send: 'show' })
    const heard: string[] = []
    page.on('request', request => heard.push(request.url()))
    await page.goto(String(made.url))
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.getByRole('combobox').first().selectOption('fr')
    await page.getByRole('heading', { level: 1, name: french('page.title') }).waitFor()
    await says(page, french('never.content'))
    await says(page, french('type.location'))
    await says(page, french('can.never', { order: french('order.wipe') }))
    await says(page, french('looks.title'))
    const secret = new URL(String(made.url)).hash.slice(1)
    assert.equal(new URL(page.url()).hash, '', 'the secret leaves the address at once')
    assert.equal(
      heard.some(url => url.includes(secret)),
      false,
      'and is in no request’s address',
    )
    assert.equal(await page.getAttribute('html', 'lang'), 'fr')
    await clean(page, 'the portal')
    // What is not theirs is not there.
    const other = await someone(stage, one => one.id !== person.id)
    const answer = await context.request.get(`/api/v1/my/devices/${other.device.id}`)
    assert.equal(answer.status(), 404)
    const { devices } = (await (await context.request.get('/api/v1/my')).json()) as MyPage
    assert.deepEqual(
      devices.map(d => d.id),
      [person.device.id],
    )

    await context.clearCookies()
    await page.goto(`${house.url}/my#${secret}`)
    await page.reload()
    await page.getByRole('heading', { name: french('gone.title') }).waitFor()
    await clean(page, 'the closed portal')
  },
)

scene(
  'S4-9: a person reports their phone lost with a mailed code, and an admin finds the incident',
  { ...phone },
  async ({ page, stage }) => {
    const person = await someone(stage, one => one.device.ownership === 'company' && one.device.formFactor === 'phone')
    await forgetIncidents(stage, person.device.id)
    const before = stage.smtp.received.length
    await stage.call('POST', `/users/${person.id}/portal-link`, { send: 'mail' })
    const mailTo = async (fits: RegExp): Promise<string> => {
      const found = (): string | undefined =>
        stage.smtp.received
          .slice(before)
          .filter(mail => mail.to === person.email)
          .map(({ mail }) => fits.exec(String(mail.text))?.[0])
          .find(hit => hit !== undefined)
      await until(
        () => found() !== undefined,
        20_000,
        () => 'no such mail came',
      )
      return found() ?? ''
    }
    await page.goto(await mailTo(/https:\S+\/my#[\w-]+/))
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.getByRole('combobox').first().selectOption('en')
    await page.getByRole('button', { name: english('lost.open') }).click()
    await page.getByLabel(english('lost.note')).fill('Tram 2, about noon')
    await page.getByRole('button', { name: english('lost.go') }).click()
    await page.getByRole('button', { name: english('code.send') }).click()
    await page.getByLabel(english('code.label')).fill('000000')
    await page.getByRole('button', { name: english('code.go') }).click()
    await says(page, english('problem.portal.code-refused').slice(0, 24))
    await clean(page, 'asking for the code')
    await page.getByLabel(english('code.label')).fill(await mailTo(/\b\d{6}\b/))
    await page.getByRole('button', { name: english('code.go') }).click()
    await page
      .getByText(/incident \d+/)
      .first()
      .waitFor()
    const { items } = (await stage.call('GET', '/incidents?limit=50')) as {
      items: { id: string; device: { id: string }; by: { kind: string } }[]
    }
    const incident = items.find(one => one.device.id === person.device.id)
    assert.equal(incident?.by.kind, 'user')
    // The phone is found again, so that the other tests have it.
    await stage.call('POST', `/incidents/${incident?.id}/found`, {})
  },
)

scene('an admin shows a personal link once, mails another, and ends what is open', {}, async ({ page, stage }) => {
  const person = await someone(stage, one => one.email !== null && one.device.ownership === 'personal')
  await page.goto(`/people/${person.id}`)
  await page.getByRole('button', { name: t('portal.show') }).click()
  await page.getByRole('img', { name: t('portal.qr') }).waitFor()
  assert.match(await page.locator('.once').innerText(), /\/my#[\w-]{43}/)
  await page.getByRole('button', { name: t('portal.mail') }).click()
  await says(page, t('portal.sent', { to: person.email }))
  await page.getByRole('button', { name: t('portal.end') }).click()
  await says(page, t('portal.none'))
})
