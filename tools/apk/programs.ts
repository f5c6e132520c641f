import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program somebody else wrote, and the Debian package it comes in. */
export interface Program {
  name: string
  comesIn: string
}

/** What making the package takes. */
export const toMake: readonly Program[] = [
  { name: 'java', comesIn: 'default-jdk-headless' },
  { name: 'javac', comesIn: 'default-jdk-headless' },
  { name: 'mvn', comesIn: 'maven' },
  { name: 'zipalign', comesIn: 'zipalign' },
  { name: 'apksigner', comesIn: 'apksigner' },
]

/** What checking it takes besides: readers that share no code with what made it. */
export const toCheck: readonly Program[] = [
  { name: 'aapt2', comesIn: 'aapt' },
  { name: 'dexdump', comesIn: 'dexdump' },
  { name: 'androguard', comesIn: 'androguard' },
  { name: 'zbarimg', comesIn: 'zbar-tools' },
]

/** Those of the programs that this machine lacks. */
export function missing(programs: readonly Program[], path = process.env.PATH ?? ''): Program[] {
  const folders = path.split(delimiter)
  return programs.filter(({ name }) => !folders.some(folder => existsSync(join(folder, name))))
}

/** How to get them, in words a person can copy. */
export function howToInstall(programs: readonly Program[]): string {
  const packages = [...new Set(programs.map(p => p.comesIn))].sort()
  const names = programs.map(p => p.name).join(', ')
  return `This machine lacks ${names}. On Debian: apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/** Runs nothing when something is missing: says what, and how to get it. */
export function demand(programs: readonly Program[]): void {
  const lacking = missing(programs)
  if (lacking.length > 0) throw new Error(howToInstall(lacking))
}
