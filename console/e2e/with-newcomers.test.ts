import assert from 'node:assert/strict'
import { newAgent } from '../../simulator/agent/agent.ts'
import { newPhone } from '../../simulator/agent/phone.ts'
import { scene, t } from './scene.ts'
import { sending } from './sending.ts'

/* After the files that count devices, as `with-android` is: what comes in here stays in the house. */

scene(
  'a device that nobody expects waits until an admin lets it in, by a button, by keys, and what was said is taken back',
  {},
  async ({ page, stage, house }) => {
    await page.goto('/enrollment/waiting')
    await page.getByText(t('newcomers.emptyOff'), { exact: true }).waitFor()
    await page.getByLabel(t('newcomers.switch')).click()
    await page.getByText(t('newcomers.emptyOn'), { exact: true }).waitFor()
    const made = (await stage.call('POST', '/invitations', {
      platform: 'agent',
      unit: stage.units['fr'],
      ownership: 'company',
      uses: null,
      expiresInHours: 1,
    })) as { url: string }
    const secret = made.url.split('/').at(-1) ?? ''
    const agents = ['Kiosk A', 'Kiosk B', 'Kiosk C'].map((model, i) =>
      newAgent(newPhone({ model, serial: `E2EWAIT${i}` }), sending(house.url)),
    )
    for (const agent of agents) assert.equal((await agent.enroll(secret)).code, 'waiting-approval')
    const [first, second] = agents
    const letIn = page.getByRole('button', { name: t('newcomers.approveOne', { name: 'Google Kiosk A' }) })
    await page.getByRole('button', { name: t('newcomers.denyOne', { name: 'Google Kiosk A' }) }).click()
    await page.getByText(t('newcomers.done.deny', { n: 1 })).waitFor()
    await page.getByRole('button', { name: t('newcomers.undo') }).click()
    await page.getByText(t('newcomers.done.wait', { n: 1 })).waitFor()
    await letIn.click()
    await page.getByText(t('newcomers.done.approve', { n: 1 })).waitFor()
    await letIn.waitFor({ state: 'detached' })
    assert.equal((await first?.again())?.action, 'none')
    // By keys alone: into the list, both chosen, turned away.
    await page.getByRole('link', { name: 'Google Kiosk B' }).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText(t('newcomers.chosen', { n: 2 })).waitFor()
    await page.keyboard.press('d')
    await page.getByText(t('newcomers.done.deny', { n: 2 })).waitFor()
    assert.equal((await second?.again())?.code, 'newcomer.denied')
    await page.getByText(t('newcomers.emptyOn'), { exact: true }).waitFor()
    await page.getByRole('link', { name: t('newcomers.state.denied'), exact: true }).click()
    await page.getByText('E2EWAIT1').waitFor()
    await page.getByLabel(t('newcomers.switch')).click()
    await page
      .getByRole('navigation', { name: t('newcomers.show') })
      .getByRole('link', { name: t('newcomers.state.waiting') })
      .click()
    await page.getByText(t('newcomers.emptyOff'), { exact: true }).waitFor()
  },
)
