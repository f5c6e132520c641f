import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as apps from '../apps/index.ts'
import * as devices from '../devices/index.ts'
import { appKind } from '../policies/index.ts'
import { reconsider, retry } from './status.ts'

/**
 * Asks for an app on a device: one that is offered comes, and a person who declined one is asked once more. Asking for what is on its way or there is
 * refused, because nothing would come of it.
 */
export async function askForApp(ctx: Ctx, id: string, app: string): Promise<void> {
  const device = await devices.get(ctx, id)
  const known = await apps.findStatus(ctx, id, app)
  if (known?.presence !== 'available' && known?.presence !== 'required') throw new Problem('app.not-offered')
  const fresh = known.presence === 'available' && (await apps.wish(ctx, device, app))
  if (fresh) return reconsider(ctx, id)
  if (known.state !== 'rejected' && known.state !== 'failed') throw new Problem('app.not-asking')
  await apps.noteStatus(ctx, id, app, { state: 'wanted', reason: null })
  if ((await retry(ctx, device, `${appKind}#${app}`)) === 0) throw new Problem('app.not-asking')
}
