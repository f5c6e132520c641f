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
