import assert from 'node:assert/strict'
import { released } from './places.ts'
import { says, scene, t } from './scene.ts'
import { until } from './stage.ts'

scene('a campaign is prepared, started and stopped within minutes (S0-16)', {}, async ({ page, stage, note }) => {
  const { call, units } = stage
  await released(call)
  const began = Date.now()
  await page.goto('/updates')
  await page
    .getByRole('link', { name: t('updates.newCampaign'), exact: true })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: t('newCampaign.title') }).waitFor()
  await page.getByLabel(t('newCampaign.versionOf', { platform: 'iOS' })).selectOption('27.0.1')
  await page.getByLabel(t('newCampaign.note')).fill('CVE-2026-40002')
  await page.getByLabel(t('newCampaign.unit')).selectOption(units['ja'] ?? '')
  await page.getByLabel(t('campaign.name'), { exact: true }).fill('Harbor to 27.0.1')
  await page.getByRole('button', { name: t('newCampaign.prepare'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Harbor to 27.0.1' }).waitFor()
  note(`prepared after ${Date.now() - began} ms`)
  const { items } = (await call('GET', '/campaigns?filter=name:harbor')) as { items: { id: string }[] }
  const id = items[0]?.id ?? ''
  const looked = async (): Promise<boolean> => (await call('GET', `/campaigns/${id}`)).lookedAt !== null
  await until(looked, 20_000, () => 'the devices were not looked at')
  await page.getByText('CVE-2026-40002').waitFor()
  try {
    const start = page.getByRole('button', { name: /^Start for/ })
    await start.waitFor()
    await until(
      () => start.isEnabled(),
      10_000,
      () => 'it cannot be started',
    )
    await page.getByRole('heading', { level: 2, name: t('campaign.foresight') }).waitFor()
    await start.click()
    await page.getByRole('button', { name: t('campaign.pause'), exact: true }).waitFor()
    await page.getByRole('button', { name: t('campaignGate.make'), exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('campaignGate.make'), exact: true })
      .click()
    await page.getByRole('link', { name: 'Harbor to 27.0.1: after the date', exact: true }).waitFor()
    note(`prepared, started and gated after ${Date.now() - began} ms`)
    await page.getByRole('button', { name: t('campaign.pause'), exact: true }).click()
    await says(page, t('campaign.state.paused'))
    await page.getByRole('button', { name: t('campaign.stop'), exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('campaign.stop'), exact: true })
      .click()
    await says(page, t('campaign.state.stopped'))
  } finally {
    await call('POST', `/campaigns/${id}/stop`).catch(() => undefined)
  }
  assert.equal((await call('GET', `/campaigns/${id}`)).state, 'stopped')
})

scene('a date in the past is refused with what to do', { expects: /status of 422/ }, async ({ page, stage }) => {
  await released(stage.call)
  await page.goto('/updates/new')
  await page.getByLabel(t('newCampaign.due')).fill('2025-01-01T20:00')
  await page.getByLabel(t('campaign.name'), { exact: true }).fill('Too late')
  await page.getByRole('button', { name: t('newCampaign.prepare'), exact: true }).click()
  await says(page, t('problem.campaign.due-past'))
})

scene(
  'on a phone the numbers, the chart and the list stand below each other',
  { width: 375 },
  async ({ page, stage }) => {
    const { call, units } = stage
    await released(call)
    const { id } = await call('POST', '/campaigns', {
      name: 'On a phone',
      unit: units.top,
      platforms: ['ios', 'ipados'],
      target: { kind: 'latest', behindDays: 0 },
    })
    const looked = async (): Promise<boolean> => (await call('GET', `/campaigns/${String(id)}`)).lookedAt !== null
    await until(looked, 20_000, () => 'the devices were not looked at')
    await page.goto(`/updates/${String(id)}`)
    await page.getByRole('heading', { level: 2, name: t('campaign.devices') }).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)
    assert.equal(wide, false)
    await call('DELETE', `/campaigns/${String(id)}`)
  },
)
