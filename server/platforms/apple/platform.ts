import type { Platform } from '../../areas/devices/index.ts'

const families: readonly [begins: RegExp, platform: Platform][] = [
  [/^(iphone|ipod)/i, 'ios'],
  [/^ipad/i, 'ipados'],
  [/^(mac|imac|xserve|virtualmac|apple virtual)/i, 'macos'],
  [/^appletv/i, 'tvos'],
]

/** The platform that a product identifier (`iPhone17,1`, `Mac16,1`) belongs to; what is unheard of is taken for an iPhone's system. */
export function platformOf(productName: string | undefined, model?: string): Platform {
  for (const name of [productName, model])
    for (const [begins, platform] of families) if (name !== undefined && begins.test(name)) return platform
  return 'ios'
}
