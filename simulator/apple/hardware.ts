import type { Random } from './random.ts'

/** What kind of machine it is; decides which commands and queries it understands. */
export type Family = 'iPhone' | 'iPad' | 'Mac' | 'AppleTV'

/** A product Apple sells, as the device itself names it. */
export interface Product {
  family: Family
  /** Marketing name: `iPhone 17`. */
  modelName: string
  /** `iPhone18,3`. */
  productName: string
  /** Part number stem: `MG6A4`. */
  partNumber: string
  /** Chip identifier, the first half of a modern UDID. */
  chip: string
  capacities: readonly number[]
  cellular: boolean
}

/** One physical machine: what survives every erase. */
export interface Hardware extends Product {
  serial: string
  udid: string
  /** The ECID form; on Macs differs from the UDID. */
  provisioningUdid: string
  imei: string | undefined
  imei2: string | undefined
  meid: string | undefined
  wifiMac: string
  bluetoothMac: string
  ethernetMac: string | undefined
  capacityGb: number
  model: string
}

const phone = (modelName: string, productName: string, partNumber: string, chip: string): Product => ({
  family: 'iPhone',
  modelName,
  productName,
  partNumber,
  chip,
  capacities: [128, 256, 512],
  cellular: true,
})
const pad = (modelName: string, productName: string, partNumber: string, chip: string, cellular = false): Product => ({
  family: 'iPad',
  modelName,
  productName,
  partNumber,
  chip,
  capacities: [128, 256, 512],
  cellular,
})
const mac = (modelName: string, productName: string, partNumber: string, chip: string): Product => ({
  family: 'Mac',
  modelName,
  productName,
  partNumber,
  chip,
  capacities: [256, 512, 1024],
  cellular: false,
})

/** The products of the virtual world. */
export const products: readonly Product[] = [
  phone('iPhone 17', 'iPhone18,3', 'MG6A4', '00008150'),
  phone('iPhone 17 Pro', 'iPhone18,1', 'MG8K4', '00008150'),
  phone('iPhone Air', 'iPhone18,4', 'MG2L4', '00008150'),
  phone('iPhone 16e', 'iPhone17,5', 'MD1Q4', '00008140'),
  phone('iPhone 16', 'iPhone17,3', 'MYEA3', '00008140'),
  phone('iPhone 15', 'iPhone15,4', 'MTP63', '00008120'),
  phone('iPhone SE (3rd generation)', 'iPhone14,6', 'MMXF3', '00008110'),
  pad('iPad (A16)', 'iPad15,7', 'MD3Y4', '00008120'),
  pad('iPad Air 11-inch (M3)', 'iPad15,4', 'MCA44', '00008122', true),
  pad('iPad Pro 11-inch (M4)', 'iPad16,3', 'MVV83', '00008132'),
  pad('iPad mini (A17 Pro)', 'iPad16,2', 'MXPP3', '00008130', true),
  mac('MacBook Air (13-inch, M4, 2025)', 'Mac16,12', 'MW0W3', '00008132'),
  mac('MacBook Pro (14-inch, M4, 2024)', 'Mac16,1', 'MW2U3', '00008132'),
  mac('iMac (24-inch, 2024, Four ports)', 'Mac16,3', 'MWUV3', '00008132'),
  mac('Mac mini (2024)', 'Mac16,10', 'MU9D3', '00008132'),
  {
    family: 'AppleTV',
    modelName: 'Apple TV 4K (3rd generation)',
    productName: 'AppleTV14,1',
    partNumber: 'MN893',
    chip: '00008110',
    capacities: [128],
    cellular: false,
  },
]

/** The product of this marketing name or product name; throws when there is none. */
export function product(name: string): Product {
  const found = products.find(one => one.modelName === name || one.productName === name)
  if (found === undefined)
    throw new Error(`no such product: ${name}; there are ${products.map(p => p.modelName).join(', ')}`)
  return found
}

/** Builds one machine of this product, with identifiers that look and check like real ones. */
export function build(from: Product, chance: Random): Hardware {
  const hex = (length: number): string => chance.text(length, '0123456789ABCDEF')
  const mac = (): string => `a4:83:e7:${[hex(2), hex(2), hex(2)].join(':').toLowerCase()}`
  const provisioningUdid = `${from.chip}-00${hex(12)}${chance.pick(['1E', '2E', '0E', '26', '3A'])}`
  const imei = from.cellular ? makeImei(chance) : undefined
  const udid = from.family === 'Mac' ? makeUuid(hex, chance) : provisioningUdid
  return {
    ...from,
    // Since 2021 serial numbers are random: ten characters, no vowels that could form words.
    serial: chance.text(10, '0123456789CDFGHJKLMNPQRTVWXY'),
    udid,
    provisioningUdid,
    imei,
    imei2: from.family === 'iPhone' ? makeImei(chance) : undefined,
    meid: imei?.slice(0, 14),
    wifiMac: mac(),
    bluetoothMac: mac(),
    ethernetMac: from.family === 'Mac' || from.family === 'AppleTV' ? mac() : undefined,
    capacityGb: chance.pick(from.capacities),
    model: `${from.partNumber}${chance.pick(['ZD/A', 'KS/A', 'J/A', 'FD/A', 'LL/A'])}`,
  }
}

/** The check digit that makes these fourteen digits an IMEI (Luhn, 3GPP TS 23.003 annex B). */
export function luhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** The IMEI as iOS prints it, in groups. */
export function spacedImei(imei: string): string {
  return `${imei.slice(0, 2)} ${imei.slice(2, 8)} ${imei.slice(8, 14)} ${imei.slice(14)}`
}

function makeImei(chance: Random): string {
  const digits = `35${chance.text(12, '0123456789')}`
  return digits + luhn(digits)
}

function makeUuid(hex: (length: number) => string, chance: Random): string {
  return `${hex(8)}-${hex(4)}-5${hex(3)}-${chance.pick(['8', '9', 'A', 'B'])}${hex(3)}-${hex(12)}`
}
