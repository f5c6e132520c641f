import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startUpdates } from '../simulator/outside/updates/updates.ts'
import { publishUsual } from '../simulator/outside/updates/usual.ts'

/** Services of the outside world, played on loopback; answers the settings that lead the server to them. */
export async function startOutside(data: string): Promise<Record<string, string>> {
  const updates = await startUpdates()
  publishUsual(updates, Date.now())
  const authorities = join(data, 'outside.pem')
  writeFileSync(authorities, [updates.ca].join('\n'))
  process.once('exit', () => void updates.close())
  return { MUSTER_OUTSIDE_CA: authorities, MUSTER_UPDATES_URL: updates.url }
}
