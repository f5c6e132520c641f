import type { HeldAs } from '../contract/policies.ts'
import type { Voice } from '../i18n/index.tsx'
import { kindNames } from './platforms.ts'

/** A way of holding devices, in words. */
export function sayMode({ t, has }: Voice, mode: string): string {
  const key = `enrollment.kind.${mode}`
  return has(key) ? t(key) : mode
}

/** The same in one word, for the head of a column. */
export function sayModeShort(voice: Voice, mode: string): string {
  const key = `coverage.mode.${mode}`
  return voice.has(key) ? voice.t(key) : sayMode(voice, mode)
}

/** A road, in words; `column`: for the head of a line. */
export function sayRoad({ t, has }: Voice, road: string, { column = false }: { column?: boolean } = {}): string {
  const key = column ? `coverage.road.${road}` : `road.${road}`
  return has(key) ? t(key) : road
}

/** Which devices are meant: iPhone, or Android by our agent in one of its modes. */
export function sayHeld(voice: Voice, { platform, road, mode }: HeldAs): string {
  if (road === null || mode === null) return kindNames[platform]
  const held = { platform: kindNames[platform], road: sayRoad(voice, road), mode: sayMode(voice, mode) }
  return voice.t('road.held', held)
}
