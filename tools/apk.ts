import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolder, signingKey, warning } from './apk/key.ts'
import { compile, fetchParts, must, sign } from './apk/package.ts'
import { demand, toMake } from './apk/programs.ts'
import {
  type Checksums,
  checksums,
  type Invitation,
  isEasy,
  link,
  payload,
  png,
  svg,
  terminal,
} from './apk/provision.ts'
import { root } from './run.ts'

const help = `npm run apk -- [options]   makes the Android agent, signed with your key

  --key FILE --password-file FILE    your key (PKCS#12) and the file of its passphrase; also APK_KEY, APK_KEY_PASSWORD_FILE.
                                     Without them a key in the data folder is used, and made the first time.
  --out FOLDER                       where the package and the codes go (default: apk in the data folder)
  --version-code N                   the number by which Android knows what is newer (default: from the version)

  With these three it also draws the code to set a device up with:
  --url URL                          where devices can download the package: https, without signing in
  --server URL                       your server
  --token TOKEN                      an enrollment token of your server
  --mode MODE                        fully-managed, dedicated, company-profile or work-profile
  --organization NAME  --pin KEY  --locale en_US  --time-zone Europe/Stockholm
  --wifi NAME  --wifi-password SECRET  --wifi-security NONE|WPA|WEP|EAP`

const { values: asked } = parseArgs({
  options: {
    help: { type: 'boolean' },
    ...named('key', 'password-file', 'out', 'version-code', 'url', 'server', 'token', 'mode', 'organization', 'pin'),
    ...named('locale', 'time-zone', 'wifi', 'wifi-password', 'wifi-security'),
  },
})

function named<const N extends string>(...names: readonly N[]): Record<N, { type: 'string' }> {
  return Object.fromEntries(names.map(name => [name, { type: 'string' }])) as Record<N, { type: 'string' }>
}

try {
  if (asked.help) console.log(help)
  else await make()
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exitCode = 1
}

async function make(): Promise<void> {
  demand(toMake)
  const invitation = invited()
  const folder = resolve(asked.out ?? join(dataFolder(), 'apk'))
  mkdirSync(folder, { recursive: true })
  const key = await signingKey({ key: asked.key, passwordFile: asked['password-file'] })
  if (key.made) console.log(`${warning}\n  ${key.file}\n  ${key.passwordFile}\n`)
  console.error('Fetching what is not here yet (the first time about 200 MB), then compiling …')
  const parts = await fetchParts()
  const apk = join(folder, 'muster-agent.apk')
  await sign(await compile(parts, version()), key, apk)
  const sums = await checksums(apk)
  console.log(await described(apk, parts.aapt2, sums))
  if (invitation) await drawn(folder, sums, invitation)
  else console.log('\nFor a code to scan add --url, --server and --token: npm run apk -- --help')
}

function version(): { name: string; code: number } {
  const { version: name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const [major = 0, minor = 0, patch = 0] = name.split('.').map(part => Number.parseInt(part, 10))
  const code =
    asked['version-code'] === undefined ? major * 1_000_000 + minor * 1000 + patch : Number(asked['version-code'])
  if (!Number.isSafeInteger(code) || code < 1 || code > 2_100_000_000)
    throw new Error('A version code is a whole number from 1 to 2100000000.')
  return { name, code }
}

async function described(apk: string, aapt2: string, sums: Checksums): Promise<string> {
  const badging = await must(aapt2, ['dump', 'badging', apk])
  const permissions = [...badging.matchAll(/^uses-permission: name='android\.permission\.(\w+)'/gm)].map(m => m[1])
  return `${apk}
  size                ${statSync(apk).size} bytes
  permissions         ${permissions.join(', ')}
  package checksum    ${sums.package}
  signature checksum  ${sums.signature}`
}

function invited(): Invitation | null {
  const { url, server, token, pin, mode, organization, locale, wifi } = asked
  if (url === undefined && server === undefined && token === undefined) return null
  if (url === undefined || server === undefined || token === undefined)
    throw new Error('--url, --server and --token belong together.')
  for (const address of [url, server])
    if (!address.startsWith('https://')) throw new Error(`Devices speak https only: ${address}`)
  if (mode !== undefined && !['fully-managed', 'dedicated', 'company-profile', 'work-profile'].includes(mode))
    throw new Error(`There is no mode ${mode}.`)
  const network = wifi === undefined ? undefined : joined(wifi, asked['wifi-password'], asked['wifi-security'])
  return { url, server, token, pin, mode, organization, locale, timeZone: asked['time-zone'], wifi: network }
}

function joined(ssid: string, password: string | undefined, security: string | undefined): Invitation['wifi'] {
  const known = (['NONE', 'WPA', 'WEP', 'EAP'] as const).find(one => one === security)
  if (security !== undefined && known === undefined) throw new Error(`There is no security ${security}.`)
  return { ssid, ...(password === undefined ? {} : { password }), ...(known ? { security: known } : {}) }
}

async function drawn(folder: string, sums: Checksums, invitation: Invitation): Promise<void> {
  const text = payload(sums, invitation)
  if (!isEasy(text)) console.error(`The code holds ${text.length} characters; many cameras cannot read so many.`)
  writeFileSync(join(folder, 'provisioning.png'), await png(text))
  writeFileSync(join(folder, 'provisioning.svg'), await svg(text))
  writeFileSync(join(folder, 'provisioning.json'), `${text}\n`)
  console.log(`\n${await terminal(text)}`)
  console.log(`The code is also in ${folder} as provisioning.png, .svg and .json (what it says).`)
  console.log(`On a device that has the package already: ${link(invitation)}`)
}
