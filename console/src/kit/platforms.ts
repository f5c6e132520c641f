import type { Platform } from '../contract.ts'

/** Platforms in the order they are listed. */
export const platformOrder: readonly Platform[] = ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux']

/** Platforms by the names people know; proper names, so the same in every language. */
export const platformNames: Record<Platform, string> = {
  ios: 'iOS',
  ipados: 'iPadOS',
  macos: 'macOS',
  tvos: 'tvOS',
  android: 'Android',
  windows: 'Windows',
  linux: 'Linux',
}

/** What a device of a platform is called in a sentence: iPhone, iPad, Mac. */
export const kindNames: Record<Platform, string> = {
  ios: 'iPhone',
  ipados: 'iPad',
  macos: 'Mac',
  tvos: 'Apple TV',
  android: 'Android',
  windows: 'Windows',
  linux: 'Linux',
}
