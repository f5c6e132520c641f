import type { Source } from '../files/source.ts'
import { type ZipEntry, zipEntries, zipRead } from '../files/zip.ts'
import { Malformed } from '../malformed.ts'
import { attributeOf, type Compiled, inside, readCompiled } from './compiled.ts'
import { type Choice, followed, readResources, type Resources } from './resources.ts'
import { type PackageSigner, signedBy } from './signature.ts'
import { valueTypes } from './strings.ts'

/** What is read in the package of an app: what it is, what it asks for, and who signed it. */
export interface AppPackage {
  readonly package: string
  readonly label: string
  /** As people read it. */
  readonly versionName: string
  /** As devices compare it; a safe integer. */
  readonly versionCode: number
  /** API levels: the least it runs on, and the one it was made for; null where it says none, or names a level by a word. */
  readonly minimum: number | null
  readonly target: number | null
  readonly permissions: readonly string[]
  readonly debuggable: boolean
  readonly icon: { readonly type: 'image/png' | 'image/webp'; readonly bytes: Uint8Array } | null
  readonly signer: PackageSigner
}

/** Numbers of attributes (android.R.attr). */
const attributes = {
  label: 0x01010001,
  icon: 0x01010002,
  name: 0x01010003,
  debuggable: 0x0101000f,
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  minSdk: 0x0101020c,
  targetSdk: 0x01010270,
  testOnly: 0x01010272,
  codeMajor: 0x01010576,
  splitRequired: 0x01010591,
} as const

const manifestName = 'AndroidManifest.xml'
const mostManifest = 8 * 1024 * 1024
const mostResources = 128 * 1024 * 1024
const mostIcon = 200 * 1024
const mostPermissions = 1000
const longest = 200

/** Whether an archive is a package of Android at all, by the names in it. */
export function isPackage(entries: readonly ZipEntry[]): boolean {
  return entries.some(e => e.name === manifestName)
}

/**
 * Reads a package: one file that is an app by itself. Throws `Malformed` for what no device would take: what is signed by nobody or only in the old way
 * (`apk.old-signature`), a part of an app that needs others (`apk.part`), one that is for tests alone (`apk.test-only`), and what is no package.
 */
export async function readPackage(source: Source): Promise<AppPackage> {
  const entries = await zipEntries(source)
  const named = Map.groupBy(entries, e => e.name)
  const [file, twin] = named.get(manifestName) ?? []
  if (!file) throw new Malformed('apk.manifest')
  // Of two files of one name, one program reads the first and another the last.
  if (twin) throw new Malformed('apk.twice')
  const manifest = readCompiled(Buffer.from(await zipRead(source, file, mostManifest)))
  const [app] = inside(manifest, 'application')
  if (manifest.name !== 'manifest' || !app) throw new Malformed('apk.manifest')
  const [table] = named.get('resources.arsc') ?? []
  const resources = table ? readResources(Buffer.from(await zipRead(source, table, mostResources))) : null
  const of = { source, named, resources }
  refusePart(manifest, app, resources)
  return {
    ...saidIn(manifest, app, resources),
    permissions: permissionsIn(manifest),
    icon: await iconOf(of, app),
    signer: await signerOf(source, entries),
  }
}

function saidIn(
  manifest: Compiled,
  app: Compiled,
  resources: Resources | null,
): Pick<AppPackage, 'package' | 'label' | 'versionName' | 'versionCode' | 'minimum' | 'target' | 'debuggable'> {
  const name = textOf(manifest, 'package', null)
  if (!/^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+$/.test(name) || name.length > 150)
    throw new Malformed('apk.package')
  const code =
    (numberOf(manifest, attributes.codeMajor) ?? 0) * 2 ** 32 + (numberOf(manifest, attributes.versionCode) ?? 0)
  if (!Number.isSafeInteger(code)) throw new Malformed('apk.version')
  const [uses] = inside(manifest, 'uses-sdk')
  return {
    package: name,
    label: clean(textOf(app, attributes.label, resources)) || name,
    versionName: clean(textOf(manifest, attributes.versionName, resources)) || String(code),
    versionCode: code,
    minimum: uses ? numberOf(uses, attributes.minSdk) : null,
    target: uses ? numberOf(uses, attributes.targetSdk) : null,
    debuggable: flagOf(app, attributes.debuggable, resources),
  }
}

/** In one line, of a length that can be shown. */
const clean = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, longest)

function refusePart(manifest: Compiled, app: Compiled, resources: Resources | null): void {
  const needs = [app, manifest].some(one => flagOf(one, attributes.splitRequired, resources))
  if (textOf(manifest, 'split', null) !== '' || needs) throw new Malformed('apk.part')
  if (flagOf(app, attributes.testOnly, resources)) throw new Malformed('apk.test-only')
}

function permissionsIn(manifest: Compiled): string[] {
  const asked = ['uses-permission', 'uses-permission-sdk-23'].flatMap(name => inside(manifest, name))
  const names = asked.map(one => textOf(one, attributes.name, null).slice(0, longest)).filter(n => n !== '')
  return [...new Set(names)].toSorted().slice(0, mostPermissions)
}

function textOf(element: Compiled, wanted: number | string, resources: Resources | null): string {
  const found = attributeOf(element, wanted)
  if (!found) return ''
  if (found.text !== null) return found.text
  if (found.value.type !== valueTypes.reference || !resources) return ''
  const texts = followed(resources, found.value.data).filter(c => c.text !== null)
  const best = texts.find(c => c.language === '') ?? texts.find(c => c.language === 'en') ?? texts[0]
  return best?.text ?? ''
}

function numberOf(element: Compiled, wanted: number): number | null {
  const value = attributeOf(element, wanted)?.value
  return value && (value.type === valueTypes.whole || value.type === valueTypes.hex) ? value.data : null
}

function flagOf(element: Compiled, wanted: number, resources: Resources | null): boolean {
  const value = attributeOf(element, wanted)?.value
  if (value?.type === valueTypes.reference && resources)
    return followed(resources, value.data).some(c => c.value.type === valueTypes.flag && c.value.data !== 0)
  return value?.type === valueTypes.flag && value.data !== 0
}

interface Inside {
  readonly source: Source
  readonly named: ReadonlyMap<string, readonly ZipEntry[]>
  readonly resources: Resources | null
}

/** Denser pictures than this are larger than anybody looks at. */
const mostDensity = 480

/** The picture of the app, where it is one: what is drawn from shapes is left alone. */
async function iconOf({ source, named, resources }: Inside, app: Compiled): Promise<AppPackage['icon']> {
  const value = attributeOf(app, attributes.icon)?.value
  if (value?.type !== valueTypes.reference || !resources) return null
  const pictures = followed(resources, value.data).filter(c => /\.(?:png|webp)$/.test(c.text ?? ''))
  for (const { text } of pictures.toSorted(byDensity)) {
    const [entry] = named.get(text ?? '') ?? []
    if (!entry || entry.size > mostIcon) continue
    const bytes = await zipRead(source, entry, mostIcon)
    const type = pictureType(bytes)
    if (type) return { type, bytes }
  }
  return null
}

const byDensity = (a: Choice, b: Choice): number => rank(b) - rank(a)
const rank = ({ density }: Choice): number => (density > mostDensity ? -density : density)

function pictureType(bytes: Uint8Array): 'image/png' | 'image/webp' | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n')) return 'image/png'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null
}

async function signerOf(source: Source, entries: readonly ZipEntry[]): Promise<PackageSigner> {
  try {
    return await signedBy(source)
  } catch (error) {
    const old = entries.some(e => /^META-INF\/[^/]+\.(?:RSA|DSA|EC)$/i.test(e.name))
    if (error instanceof Malformed && error.code === 'apk.unsigned' && old) throw new Malformed('apk.old-signature')
    throw error
  }
}
