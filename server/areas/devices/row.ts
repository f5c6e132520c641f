import type { Ctx } from '../../base/ctx.ts'
import * as store from './store.ts'
import type { RuleField } from './tag-match.ts'
import { retag } from './tagging.ts'

const fieldOf: Readonly<Partial<Record<keyof store.DeviceRow, RuleField>>> = {
  name_key: 'name',
  platform: 'platform',
  os_key: 'os',
  ownership: 'ownership',
  supervised: 'supervised',
  shared: 'shared',
  unit_path: 'unit',
  state: 'state',
  model_key: 'model',
  serial: 'serial',
  udid: 'udid',
  imei: 'imei',
  asset_tag: 'asset',
  user_id: 'user',
  user_key: 'user',
}

/** Writes columns of a device; tags that rules give follow in the same transaction. */
export async function writeRow(ctx: Ctx, id: string, change: Partial<store.DeviceRow>): Promise<void> {
  await store.changeDevice(ctx, id, change)
  await retag(ctx, id, fieldsIn(change))
}

/** The fields of rules that these columns are looked at by. */
export function fieldsIn(change: Partial<store.DeviceRow>): string[] {
  return Object.entries(fieldOf).flatMap(([column, field]) => (column in change ? [field] : []))
}
