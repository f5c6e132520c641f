import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageSignedBy } from '../../wire/android/testing/package.ts'

/** Puts a file into the folder that a server takes for the Android agent, and answers where. */
export function writePackage(folder: string): string {
  const path = join(folder, 'agent.apk')
  writeFileSync(path, packageSignedBy([Buffer.from('the certificate of the key of the agent')]))
  return path
}
