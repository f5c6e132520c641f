import type { Dict } from '@muster/wire/plist/plist.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { Standing } from '../store.ts'
import { open } from '../tokens.ts'
import { wifiOf } from './choices.ts'

/**
 * What a device is told that was erased by its person and asks whether it comes back by itself (Apple: ReturnToService). Where somebody must sign
 * in first nobody would be there to do so, and the device starts as a new one.
 */
export async function returnAnswer(ctx: Ctx, enrollment: string, standing: Standing | undefined): Promise<Dict> {
  const setup = standing?.setup ? await roster.findSetup(ctx, standing.setup) : undefined
  if (!setup?.returnToService || setup.signIn === 'web') return { ReturnToService: { Enabled: false } }
  const wifi = await wifiOf(ctx, setup.id)
  const bootstrap = await open(ctx, enrollment, 'bootstrap_token')
  return {
    ReturnToService: {
      Enabled: true,
      ...(wifi ? { WiFiProfileData: wifi } : {}),
      // With it the device keeps the apps it has.
      ...(bootstrap ? { BootstrapToken: bootstrap } : {}),
    },
  }
}
