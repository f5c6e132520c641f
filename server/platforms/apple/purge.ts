import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { StatusTree } from '@muster/wire/apple/status.ts'
import type * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import { askedItems } from './ddm/status-items.ts'
import * as declared from './ddm/store.ts'
import { capabilities, stripStatus } from './keeping.ts'
import * as store from './store.ts'

/** Deletes of what a device told by itself what may not stay. */
export const purge: privacy.Purge = async (ctx, held, keeping) => {
  if (!keeping.again) return []
  const gone: privacy.Deleted[] = []
  for (const one of await enrollment.history(ctx, held.id)) {
    const personal = privacy.ownedAs({ ownership: held.ownership, mode: one.kind }) === 'personal'
    const may: devices.May = type => keeping.since(type) !== privacy.always
    for (const account of await store.listStatusAccounts(ctx, one.id)) {
      const row = await store.findStatus(ctx, one.id, account)
      if (!row) continue
      const tree = JSON.parse(inflateRawSync(row.value).toString('utf8')) as StatusTree
      const text = JSON.stringify(stripStatus(tree, may, personal ? [...askedItems, capabilities] : null))
      if (text === JSON.stringify(tree)) continue
      await store.putStatus(ctx, { enrollment: one.id, account, size: text.length, value: deflateRawSync(text) })
      gone.push({ type: privacy.strictest, key: `apple_status ${one.id} ${account}` })
    }
    if (personal) for (const key of await declared.forgetWords(ctx, one.id)) gone.push({ type: privacy.strictest, key })
  }
  return gone
}
