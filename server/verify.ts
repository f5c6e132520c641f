import { parseArgs } from 'node:util'
import { verifyPack } from './areas/reports/index.ts'

/** `./muster audit verify FILE`: checks an evidence pack with nothing but its bytes. Ends with 0 when it is whole, 1 when it is not, 2 when it was not asked well. */
const usage = `muster audit verify FILE [--anchors anchors.log] [--key SHA-256]

Checks an evidence pack without a server, a database or a network: its signature, every file, and the chain of the log.
  --anchors  a copy of anchors.log that was kept elsewhere: shows whether the end of the log was cut off, or the log written anew
  --key      the fingerprint of the key that must have signed it`

const options = { anchors: { type: 'string' }, key: { type: 'string' } } as const

async function main(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
  const [file] = positionals
  if (verb !== 'verify' || file === undefined) {
    console.error(usage)
    return 2
  }
  const { anchors, key } = values
  const checked = await verifyPack(file, { ...(anchors ? { anchors } : {}), ...(key ? { key } : {}) })
  const { manifest, fingerprint, findings } = checked
  if (manifest) {
    const day = (at: number): string => new Date(at).toISOString()
    console.log(`${manifest.org.name}: ${day(manifest.from)} – ${day(manifest.to)}`)
    console.log(
      `entries ${manifest.log.first} – ${manifest.log.last}, ${manifest.files.length} files, key ${fingerprint}`,
    )
  }
  for (const { text } of findings) console.log(`✖ ${text}`)
  if (findings.length > 0) return 1
  console.log('✔ Every file and every entry is as it was written.')
  if (anchors === undefined)
    console.log(
      '  Whether the end of the log was cut off is only seen with --anchors FILE and --key FINGERPRINT from elsewhere.',
    )
  else console.log(`✔ ${checked.anchors} anchors agree.`)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
