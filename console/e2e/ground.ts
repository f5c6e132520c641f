import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { packageSignedBy } from '../../wire/android/testing/package.ts'

/** Puts a file into the folder that a server takes for the Android agent, and answers where. */
export function writePackage(folder: string): string {
  const path = join(folder, 'agent.apk')
  writeFileSync(path, packageSignedBy([Buffer.from('the certificate of the key of the agent')]))
  return path
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
