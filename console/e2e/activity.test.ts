import assert from 'node:assert/strict'
import { markDocument, says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene(
  'what happens appears in the log by itself, can be filtered, and the log says that it is whole',
  {},
  async ({ page, stage }) => {
    await page.goto('/activity')
    const log = page.getByRole('list', { name: t('activity.title') })
    await log.getByRole('listitem').nth(5).waitFor()
    await says(page, t('activity.whole'))
    const same = await markDocument(page)
    const made = await stage.call('POST', '/units', { name: 'Night shift', parent: stage.units.en })
    await log.getByText('Night shift').first().waitFor()
    const filter = page.getByLabel(t('filter.text'), { exact: true })
    await filter.fill('type:unit.added')
    await filter.press('Enter')
    let types: string[] = []
    // The list is the old one until the new one is there.
    const filtered = async (): Promise<boolean> => {
      types = await log.locator('.sub .mono').allInnerTexts()
      return types.length >= 5 && types.every(type => type.startsWith('unit.added '))
    }
    await until(filtered, 10_000, () => `not what was asked for: ${types.join()}`)
    await log.getByText('Night shift').first().waitFor()
    const { head } = (await stage.call('GET', '/events/integrity')) as { head: { hash: string } | null }
    assert.ok(head)
    await same()
    await stage.call('DELETE', `/units/${String(made.id)}`)
  },
)

scene('Home leads with what needs a decision, then the fleet in numbers', {}, async ({ page, stage }) => {
  await page.goto('/')
  const counts = (await stage.call('GET', '/devices/counts')) as { total: number; byState: Record<string, number> }
  await page.getByRole('heading', { level: 1 }).waitFor()
  await says(page, new RegExp(`\\b${counts.byState.active}\\b`))
  await page.getByText(t('certificates.purpose.apns')).first().waitFor()
})

scene('the search finds a device by its name, a person, a page, by keyboard alone', {}, async ({ page, stage }) => {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const [row] = (await stage.call('GET', '/devices?filter=unit:Tokyo%20platform:ios')).items as {
    id: string
    name: string
    user: { displayName: string }
  }[]
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill(row?.name.slice(0, 4) ?? '')
  await page
    .getByRole('option', { name: row?.name ?? '' })
    .first()
    .waitFor()
  await box.fill(row?.user.displayName.slice(0, 2) ?? '')
  await page
    .getByRole('option')
    .filter({ hasText: row?.user.displayName ?? '' })
    .first()
    .waitFor()
  await box.fill(t('certificates.title').slice(0, 8))
  await page
    .getByRole('option', { name: t('certificates.title') })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/settings\/certificates/)
})
