import { appOf, newPhone, type Phone } from './phone.ts'

/** A make of Android devices as they are sold, with what of it a server may see. */
export interface Make {
  readonly maker: string
  readonly model: string
  readonly osVersion: string
  readonly apiLevel: number
  readonly patch: string
  readonly build: string
  readonly storageGb: number
}

const make = (
  maker: string,
  model: string,
  [osVersion, patch, build, storageGb]: [string, string, string, number],
) => ({
  ...{ maker, model, osVersion, patch, build, storageGb },
  // Android 10 is 29, 11 is 30, 12 is 31; there was a 12L.
  apiLevel: Number(osVersion) <= 12 ? Number(osVersion) + 19 : Number(osVersion) + 20,
})

/** Some that organizations hold: phones, rugged ones, handhelds with a scanner, and a tablet; some of them are behind. */
export const makes = {
  pixel: make('Google', 'Pixel 9', ['16', '2026-11-05', 'BP4A.251105.001', 128]),
  pixelA: make('Google', 'Pixel 8a', ['16', '2026-10-05', 'BP4A.251005.002', 128]),
  galaxy: make('Samsung', 'Galaxy S25', ['16', '2026-11-01', 'BP2A.250605.031', 256]),
  rugged: make('Samsung', 'Galaxy XCover7', ['15', '2026-08-01', 'AP3A.240905.015', 128]),
  handheld: make('Zebra', 'TC58', ['14', '2026-03-01', '14-19-33.00-UG', 64]),
  fair: make('Fairphone', 'Fairphone 5', ['15', '2026-09-05', 'AP3A.240905.015', 256]),
  moto: make('Motorola', 'moto g75', ['15', '2026-07-01', 'V2UX35.11', 256]),
  old: make('HMD', 'Nokia X30', ['14', '2025-12-01', 'UKQ1.230917.001', 128]),
  onePlus: make('OnePlus', 'OnePlus 13', ['16', '2026-10-01', 'BP2A.250605.015', 512]),
  tablet: make('Samsung', 'Galaxy Tab Active5', ['15', '2026-08-01', 'AP3A.240905.015', 128]),
} as const satisfies Record<string, Make>

/** One of them, by number. */
export function anyMake(number: number): Make {
  const all = Object.values(makes)
  return all[number % all.length] ?? makes.pixel
}

const usual: readonly [string, string][] = [
  ['com.google.android.gm', 'Gmail'],
  ['com.google.android.calendar', 'Google Calendar'],
  ['com.google.android.apps.maps', 'Google Maps'],
  ['com.microsoft.teams', 'Microsoft Teams'],
  ['com.android.chrome', 'Chrome'],
]

/** A device of a make as it is after some weeks of use; the number makes it differ from others of its make. */
export function usedPhone(of: Make, number = 0): Phone {
  const { maker, model, osVersion, apiLevel, patch, build, storageGb } = of
  const bytes = storageGb * 1e9
  const phone = newPhone({
    maker,
    model,
    osVersion,
    apiLevel,
    patch,
    build,
    battery: 0.35 + ((number * 37) % 60) / 100,
  })
  phone.apps.push(...usual.slice(0, 2 + (number % 4)).map(([name, title]) => appOf(name, title)))
  Object.assign(phone.facts, {
    'os.build': build,
    'os.patch': patch,
    'storage.capacityBytes': bytes,
    'storage.availableBytes': Math.round(bytes * (0.25 + ((number * 13) % 50) / 100)),
    'battery.isCharging': number % 3 === 0,
    'security.passcode': true,
    'network.transport': number % 2 === 0 ? 'wifi' : 'cellular',
  })
  return phone
}
