import { appendFileSync } from 'node:fs'
import { startUpdates } from '../simulator/outside/updates/updates.ts'
import { publishUsual } from '../simulator/outside/updates/usual.ts'

/** Apple's list of versions, played on loopback; its authority joins the others in the file. Answers the setting that leads the server to it. */
export async function startOutside(authorities: string): Promise<Record<string, string>> {
  const updates = await startUpdates()
  publishUsual(updates, Date.now())
  appendFileSync(authorities, `\n${updates.ca}`)
  process.once('exit', () => void updates.close())
  return { MUSTER_UPDATES_URL: updates.url }
}
