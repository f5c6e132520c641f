import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Business, startBusiness } from '@muster/simulator/outside/business/business.ts'

/** Apple's portal as a small server, and what makes a house ask it. */
export async function businessFor(
  t: TestContext,
  now?: () => number,
): Promise<{ business: Business; environment: Record<string, string> }> {
  const business = await startBusiness(now)
  const folder = mkdtempSync(join(tmpdir(), 'muster-portal-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, business.ca)
  t.after(async () => {
    await business.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { url } = business
  return {
    business,
    environment: {
      MUSTER_BUSINESS_URL: url,
      MUSTER_SCHOOL_URL: url,
      MUSTER_ACCOUNT_URL: url,
      MUSTER_OUTSIDE_CA: ca,
    },
  }
}
