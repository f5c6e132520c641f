import type { TestContext } from 'node:test'
import { provisioningExtras } from '@muster/wire/android/provisioning.ts'
import * as certificates from '../areas/certificates/index.ts'
import type { Id } from '../base/id.ts'
import { givenAgents } from './given-agents.ts'
import { type Headless, headless } from './headless.ts'
import type { House } from './house.ts'

/** A device in Java that enrolled in this house, and its id there. */
export interface GivenHeadless {
  readonly device: Headless
  readonly id: Id<'device'>
}

/** Lets a device in Java scan the code of a house that listens, and waits until it has enrolled. Without `--by-hand` among the options it lives by itself. */
export async function givenHeadless(
  t: TestContext,
  h: House & { url: string },
  { serial, mode = 'fully-managed', options = ['--by-hand'] }: { serial: string; mode?: string; options?: string[] },
): Promise<GivenHeadless> {
  const ownership = mode === 'work-profile' ? 'personal' : 'company'
  const secret = await givenAgents(h).agentInvitation({ ownership })
  const payload = JSON.stringify(
    provisioningExtras({
      component: 'org.muster.agent.app/.Admin',
      extras: { u: h.url, t: secret, p: await certificates.trustPin(h.base), m: mode, o: 'Havsten' },
    }),
  )
  const device = await headless(t, payload, '--serial', serial, ...options)
  await device.until('the enrollment', shown => shown.enrolled)
  if (options.includes('--by-hand')) await device.act('contact')
  else await device.until('the first contact', shown => shown.contacts > 0)
  await h.settle()
  const admin = (await h.given.admin({ role: 'owner' })).key
  const found = await h.http('GET', `/api/v1/devices?filter=serial:${serial}`, { as: admin })
  return { device, id: found.body.items[0]?.id as Id<'device'> }
}
