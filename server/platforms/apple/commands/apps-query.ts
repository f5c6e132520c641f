import { encodeCommand } from '@muster/wire/apple/command.ts'
import { toJson } from '@muster/wire/apple/result.ts'
import { type Dict, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { appsIn } from '../lists.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({ managedOnly: z.boolean().optional() })

const terms: Terms = {
  on: { ...mobile('5.0'), macos: { since: '10.7' }, tvos: { since: '10.2' } },
  rights: ['inspectApps'],
  userEnrollment: true,
  accounts: ['macos'],
}

/** Asks which apps are installed. */
export const appsQuery: CommandKind<z.infer<typeof args>, { items: devices.JsonValue[]; raw: devices.JsonValue }> = {
  ...inventory,
  kind: 'apps.query',
  args,
  loggable: ['managedOnly'],
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  // What a person keeps on a device of their own is not the org's business.
  prepare: (_ctx, { device }, given) => (device.ownership === 'personal' ? { managedOnly: true } : given),
  encode: ({ managedOnly }, uuid) =>
    encodeCommand(uuid, { RequestType: 'InstalledApplicationList', ...(managedOnly ? { ManagedAppsOnly: true } : {}) }),
  read: result => {
    const said: Dict = dict(result as never)
    return { items: appsIn(said), raw: toJson(said.InstalledApplicationList ?? []) }
  },
  onDone: async (ctx, { device, account }, { items, raw }) => {
    if (account !== '') return
    await devices.reportList(ctx, device, 'apps', items)
    await devices.report(ctx, device, 'InstalledApplicationList', raw)
    await devices.learn(ctx, device, 'InstalledApplicationList', { 'other.apps': items.length })
  },
}
