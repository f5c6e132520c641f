import { encodeCommand } from '@muster/wire/apple/command.ts'
import { toJson } from '@muster/wire/apple/result.ts'
import { type Dict, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { Answered, CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as privacy from '../../../areas/privacy/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { meets, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({ managedOnly: z.boolean().optional() })

/** A query whose answer is one list under the name of its RequestType. */
export interface ListQuery {
  kind: string
  requestType: 'InstalledApplicationList' | 'ProfileList' | 'CertificateList'
  /** The key that narrows it to what management put there. */
  managed: 'ManagedAppsOnly' | 'ManagedOnly'
  /** What the list is called among us. */
  list: 'apps' | 'profiles' | 'certificates'
  itemsIn(said: Dict): devices.JsonValue[]
  /** What the list tells beyond itself, on any channel. */
  onListed?(ctx: Ctx, of: Answered<object>, items: devices.JsonValue[]): Promise<void>
  /** Adds to the items what the device does not say. */
  mark?(ctx: Ctx, items: devices.JsonValue[]): Promise<devices.JsonValue[]>
  terms: Terms
}

/** The kind of command that asks for a list, keeps it with its raw form and counts it. Lists of a user channel are not the device's. */
export function listQuery({
  kind,
  requestType,
  managed,
  list,
  itemsIn,
  onListed,
  mark,
  terms,
}: ListQuery): CommandKind<z.infer<typeof args>, { items: devices.JsonValue[]; raw: devices.JsonValue }> {
  return {
    ...inventory,
    kind,
    args,
    loggable: ['managedOnly'],
    platforms: platformsOf(terms),
    eligible: subject => meets(terms, subject),
    wants: list,
    // What a person keeps on a device of their own is not the org's business.
    prepare: async (ctx, { device, enrollment }, given) => {
      const collect = await privacy.collectingOf(ctx, device, enrollment.kind)
      const personal = privacy.ownedAs({ ownership: device.ownership, mode: enrollment.kind }) === 'personal'
      return personal || collect(list) === 'never' ? { managedOnly: true } : given
    },
    encode: ({ managedOnly }, uuid) =>
      encodeCommand(uuid, { RequestType: requestType, ...(managedOnly ? { [managed]: true } : {}) }),
    read: result => {
      const said: Dict = dict(result as never)
      return { items: itemsIn(said), raw: toJson(said[requestType] ?? []) }
    },
    onDone: async (ctx, command, { items, raw }) => {
      const { device, account } = command
      await onListed?.(ctx, command, items)
      if (account !== '') return
      const kept = await devices.reportList(ctx, device, list, mark ? await mark(ctx, items) : items)
      await devices.report(ctx, device, requestType, raw)
      await devices.learn(ctx, device, requestType, { [`other.${list}`]: kept.length })
    },
  }
}
