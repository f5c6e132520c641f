import { searchable } from '../../base/text.ts'

/** The systems a device may run. */
export const platforms = ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux'] as const
export type Platform = (typeof platforms)[number]

/** What a device looks like. */
export const formFactors = ['phone', 'tablet', 'laptop', 'desktop', 'tv'] as const
export type FormFactor = (typeof formFactors)[number]

/** Systems of one maker: a serial number means the same device only among them. */
export function makerOf(platform: Platform): 'apple' | 'android' | 'windows' | 'linux' {
  switch (platform) {
    case 'ios':
    case 'ipados':
    case 'macos':
    case 'tvos':
      return 'apple'
    default:
      return platform
  }
}

/** The system whose apps run on a device: tablets take those of phones. */
export function appsOf(platform: string): string {
  return platform === 'ipados' ? 'ios' : platform
}

/** The form a device most likely has, from its system and the name of its model. */
export function formFactorOf(platform: Platform, modelName: string): FormFactor {
  switch (platform) {
    case 'ipados':
      return 'tablet'
    case 'tvos':
      return 'tv'
    case 'ios':
      return 'phone'
    case 'android':
      return /\b(tab|pad|tablet)\b/i.test(modelName) ? 'tablet' : 'phone'
    default:
      return /book|laptop|notebook|portable/i.test(modelName) ? 'laptop' : 'desktop'
  }
}

const places = [1e13, 1e10, 1e5, 1] as const
const most = [899, 999, 99_999, 99_999] as const

/** The text a device is found by its model with. */
export function modelKey(model: string, modelName: string): string {
  return searchable(`${modelName} ${model}`)
}

/** A version as one number that compares as versions do, up to four parts (`10.0.26100.2314`); 0 when it has none. */
export function versionNumber(version: string): number {
  const parts = /\d+(?:\.\d+)*/.exec(version)?.[0].split('.') ?? []
  return places.reduce((sum, place, i) => sum + Math.min(Number(parts[i] ?? 0), most[i] ?? 0) * place, 0)
}
