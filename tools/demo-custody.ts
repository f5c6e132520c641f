import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** Who answers for what, the accounts at vendors with one that a leaver left behind, a request on its way, a backup, a check of the set-up. */
export async function seedCustody(call: Call, topic: string, unit: string): Promise<void> {
  const { items } = (await call('GET', '/admins')) as { items: { id: string }[] }
  await call('PATCH', `/custody/${encodeURIComponent(`push:${topic}`)}`, {
    owner: items[0]?.id,
    team: 'Platform team',
    contact: 'it-board@havsten.example',
  })
  const { id } = await call('POST', '/users', {
    displayName: 'Nils Berg',
    email: 'nils.berg@havsten.example',
    unit,
  })
  const accounts = [
    {
      address: 'apple-push@havsten.example',
      service: 'push',
      purpose: 'Push certificate',
      team: 'Platform team',
      contact: 'it-board@havsten.example',
    },
    {
      address: 'abm@havsten.example',
      service: 'business',
      purpose: 'Tokens for new devices',
      team: 'Platform team',
      contact: 'it-board@havsten.example',
    },
    {
      address: 'nils.berg@havsten.example',
      service: 'school',
      purpose: 'Apple School Manager, Tokyo',
      team: 'School IT',
    },
    { address: 'havsten.lyon@gmail.com', service: 'content', purpose: 'Licenses, Lyon', team: 'IT Lyon' },
  ]
  for (const one of accounts) await call('POST', '/external-accounts', one)
  // He has left, and his address went with him.
  await call('DELETE', `/users/${String(id)}`)
  await call('POST', '/push/apple/renewal', { name: 'Havsten', email: 'apple-push@havsten.example' })
  await call('POST', '/backups', { madeAt: Date.now() - 9 * 3_600_000 })
  await call('POST', '/setup-check')
}
