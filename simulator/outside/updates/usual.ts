import { type Family, products } from '../../apple/hardware.ts'
import type { UpdatesService } from './updates.ts'

const dayMs = 86_400_000
const of = (...families: readonly Family[]): string[] =>
  products.filter(p => families.includes(p.family)).map(p => p.productName)

/** Publishes what this year's list would hold for the products of the virtual world; the oldest phone and one Mac cannot take the newest. */
export function publishUsual(service: UpdatesService, now: number): void {
  const day = (daysAgo: number): string => new Date(now - daysAgo * dayMs).toISOString().slice(0, 10)
  const pocket = of('iPhone', 'iPad')
  const young = pocket.filter(name => name !== 'iPhone14,6')
  const macs = of('Mac')
  const youngMacs = macs.filter(name => name !== 'Mac16,3')
  const all = [
    { system: 'iOS', version: '27.0.1', build: '24A356', devices: young, posted: day(4) },
    { system: 'iOS', version: '27.0', build: '24A344', devices: young, posted: day(40) },
    { system: 'iOS', version: '26.6', build: '23G72', devices: pocket, posted: day(60), signedOnly: true },
    { system: 'iOS', version: '18.7.2', build: '22H124', devices: pocket, posted: day(35) },
    { system: 'iOS', version: '27.0.1', extra: 'a', build: '24A356a', devices: young, posted: day(1) },
    { system: 'macOS', version: '27.0', build: '26A5328', devices: youngMacs, posted: day(12), expires: day(-80) },
    { system: 'macOS', version: '26.6', build: '25G72', devices: macs, posted: day(60) },
    { system: 'macOS', version: '15.7.2', build: '24G325', devices: macs, posted: day(70) },
    { system: 'tvOS', version: '27.0', build: '24J339', devices: of('AppleTV'), posted: day(40) },
  ] as const
  for (const one of all) service.publish(one)
}
