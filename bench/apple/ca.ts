import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { OurSide } from './sides.ts'

/** A PEM file with the authority that issued the devices' certificates, as its SCEP server shows it. */
export async function caOf(side: OurSide, folder: string, more = ''): Promise<string> {
  const answer = await fetch(`${side.own.url}/scep/apple?operation=GetCACert`, { signal: AbortSignal.timeout(10_000) })
  const der = new Uint8Array(await answer.arrayBuffer())
  const file = join(folder, `ca-${side.own.port}.pem`)
  writeFileSync(file, toPem('CERTIFICATE', der) + more)
  return file
}
