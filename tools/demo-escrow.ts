import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** What is demanded of the secrets of devices: a recovery lock and an administrator's password of every Mac, both made anew in time. */
export async function seedEscrow(call: Call, top: string): Promise<void> {
  await call('PUT', `/units/${top}/escrow-rule`, {
    kinds: { 'recovery-lock': { demand: true, everyDays: 90 }, 'local-admin': { demand: true, everyDays: 30 } },
    afterViewMinutes: 60,
  })
}

/** Somebody who has shown who they are looks at a secret of a Mac, which is replaced after it, so that there is a history. */
export async function lookAtKey(call: Call, elin: Call): Promise<void> {
  const { items } = (await call('GET', '/devices?filter=platform:macos%20state:active&limit=20')) as {
    items: { id: string }[]
  }
  // A Mac that was told to encrypt says its key with its inventory.
  for (const { id } of items) await call('POST', `/devices/${id}/refresh`)
  for (let tries = 0; tries < 15; tries += 1) {
    for (const { id } of items) {
      const { items: secrets } = (await call('GET', `/devices/${id}/secrets`)) as {
        items: { kind: string; state: string }[]
      }
      const kept = secrets.find(
        s => (tries < 10 ? ['filevault'] : ['recovery-lock']).includes(s.kind) && s.state === 'current',
      )
      if (kept === undefined) continue
      const purpose = 'The person forgot the password (ticket 4711)'
      await elin('POST', `/devices/${id}/secrets/${kept.kind}/reveal`, { purpose })
      await elin('POST', `/devices/${id}/secrets/${kept.kind}/replace`)
      return
    }
    await new Promise(resolve => setTimeout(resolve, 2000))
  }
}
