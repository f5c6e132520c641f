import type { Dict, Plist } from '@muster/wire/plist/plist.ts'
import { type Declared, nothingDeclared } from './declarations/declared.ts'
import type { Family, Hardware } from './hardware.ts'
import type { ManagedApp } from './managed.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import type { Update } from './updates.ts'

/** How far a book of management is, in the words of ManagedMediaList. */
export type BookState = 'Queued' | 'Installing' | 'Installed' | 'Uninstalled' | 'Failed'

/** The operating system on the device. */
export interface System {
  version: string
  build: string
  /** The letter of a rapid security response, if one is installed. */
  extra: string | undefined
}

/** An app as InstalledApplicationList tells of it. */
export interface App {
  identifier: string
  name: string
  version: string
  shortVersion: string
  bundleSize: number
  dynamicSize: number
}

/** A certificate on the device. */
export interface HeldCertificate {
  commonName: string
  der: Uint8Array
  identity: boolean
  /** PayloadIdentifier of the profile that brought it. */
  by?: string
}

/** The message shown on a device in lost mode. */
export interface LostMode {
  message: string | undefined
  phoneNumber: string | undefined
  footnote: string | undefined
  since: number
  /** Where it was then, and which way it is carried, in radians from north. */
  from: readonly [latitude: number, longitude: number]
  heading: number
}

/** How a device went through its assistant. */
export interface Assistant {
  by: 'itself' | 'person'
  /** Steps that whoever sat there was not asked; `all` where nobody was. */
  skipped: readonly string[] | 'all'
  language: string | undefined
  region: string | undefined
}

/** Somebody with data on a shared iPad. */
export interface Resident {
  signedIn: boolean
  /** Something of theirs is not in the cloud yet. */
  unsynced: boolean
  usedMb: number
}

/** Everything about a device that an erase undoes. */
export interface Interior {
  name: string
  system: System
  supervised: boolean
  /** A passcode is set; a lock without one means little. */
  passcode: boolean
  /** Characters of the passcode; a policy that wants more is not met until the owner chooses another. */
  passcodeLength: number
  locked: boolean
  /** Macs only: the PIN of DeviceLock; the Mac stays off the network until somebody enters it. */
  lockPin: string | undefined
  lockMessage: string | undefined
  lostMode: LostMode | undefined
  awaitingConfiguration: boolean
  /** Who went through its assistant, as its maker was told to have it done; nothing before it did. */
  assistant: Assistant | undefined
  /** iPads only: many people use it, each signing in. */
  multiUser: boolean
  /** Who keeps data on a shared iPad, by the account they sign in with. */
  residents: Map<string, Resident>
  /** What AccountConfiguration asked for, on a Mac in its assistant. */
  firstAccounts: Dict | undefined
  bootstrapToken: Uint8Array | undefined
  /** What an order to erase gave it so that it keeps its apps on the way back. */
  keptAppsBy: Uint8Array | undefined
  /** By PayloadIdentifier; the enrollment profile is not among them. */
  profiles: Map<string, Profile>
  apps: App[]
  /** Apps of management by bundle, on their way or there. */
  managed: Map<string, ManagedApp>
  /** Books of management by the store's number, each with how far it is. */
  books: Map<number, BookState>
  certificates: HeldCertificate[]
  /** What is declared to the device itself. */
  declared: Declared
  /** What Settings has changed, by item. */
  settings: Map<string, Plist>
  /** A version of the system that is on its way onto the device. */
  update: Update | undefined
  battery: number
  availableGb: number
  restarts: number
  soundsPlayed: number
  bootedAt: number
}

const versions: Record<Family, readonly System[]> = {
  iPhone: [
    { version: '27.0.1', build: '24A356', extra: undefined },
    { version: '27.0', build: '24A344', extra: undefined },
    { version: '26.6', build: '23G72', extra: '(a)' },
    { version: '26.4.1', build: '23E254', extra: undefined },
    { version: '18.7.2', build: '22H124', extra: undefined },
  ],
  iPad: [
    { version: '27.0.1', build: '24A356', extra: undefined },
    { version: '26.6', build: '23G72', extra: undefined },
    { version: '18.7.2', build: '22H124', extra: undefined },
  ],
  Mac: [
    { version: '27.0', build: '26A5328', extra: undefined },
    { version: '26.6', build: '25G72', extra: undefined },
    { version: '15.7.2', build: '24G325', extra: undefined },
  ],
  AppleTV: [{ version: '27.0', build: '24J339', extra: undefined }],
}

const appNames = [
  ['com.apple.Pages', 'Pages'],
  ['com.apple.Numbers', 'Numbers'],
  ['com.microsoft.Office.Outlook', 'Outlook'],
  ['com.tinyspeck.chatlyio', 'Slack'],
  ['us.zoom.videomeetings', 'Zoom'],
  ['jp.co.yahoo.ipn.appli', 'Yahoo! JAPAN'],
  ['se.bankid.mobile', 'BankID'],
  ['fr.sncf.oui', 'SNCF Connect'],
  ['com.spotify.client', 'Spotify'],
  ['org.mozilla.ios.Firefox', 'Firefox'],
  ['com.example.fieldbook', 'Fältboken 現場帳'],
] as const

/** The system of this version, or one that a fleet of this year would have. */
export function systemOf(family: Family, version: string | undefined, chance: Random): System {
  if (version === undefined) return chance.pick(versions[family])
  return versions[family].find(one => one.version === version) ?? { version, build: '24A100', extra: undefined }
}

/** A device fresh out of Setup Assistant. */
export function factoryState(
  hardware: Hardware,
  { name, system, supervised, chance }: { name: string; system: System; supervised: boolean; chance: Random },
): Interior {
  return {
    name,
    system,
    supervised,
    passcode: hardware.family !== 'AppleTV',
    passcodeLength: 6,
    locked: false,
    lockPin: undefined,
    lockMessage: undefined,
    lostMode: undefined,
    awaitingConfiguration: false,
    assistant: undefined,
    multiUser: false,
    residents: new Map(),
    firstAccounts: undefined,
    bootstrapToken: undefined,
    keptAppsBy: undefined,
    profiles: new Map(),
    apps: appNames.filter(() => chance.next() < 0.6).map(([identifier, title]) => makeApp(identifier, title, chance)),
    managed: new Map(),
    books: new Map(),
    certificates: [],
    declared: nothingDeclared(),
    settings: new Map(),
    update: undefined,
    battery: hardware.family === 'AppleTV' ? -1 : Math.round((0.15 + chance.next() * 0.85) * 100) / 100,
    availableGb: Math.round(hardware.capacityGb * (0.2 + chance.next() * 0.7) * 1000) / 1000,
    restarts: 0,
    soundsPlayed: 0,
    bootedAt: Date.now(),
  }
}

function makeApp(identifier: string, name: string, chance: Random): App {
  const major = 1 + chance.below(26)
  const shortVersion = `${major}.${chance.below(12)}.${chance.below(9)}`
  return {
    identifier,
    name,
    shortVersion,
    version: String(major * 1000 + chance.below(1000)),
    bundleSize: 4_000_000 + chance.below(300_000_000),
    dynamicSize: chance.below(90_000_000),
  }
}
