import type { ReactNode } from 'react'
import type { Device } from '../../../contract.ts'
import type { Voice } from '../../../i18n/index.tsx'
import { langOf } from '../../../kit/names.ts'
import type { Crumb } from '../../../kit/Page.tsx'

/** The way to a command that is being written for a device. */
export const crumbsOf = (t: Voice['t'], device: Device, here?: ReactNode): Crumb[] => [
  { label: t('nav.devices'), to: '/devices' },
  { label: <span lang={langOf(device.name)}>{device.name}</span>, to: `/devices/${device.id}` },
  ...(here
    ? [{ label: t('apple.title'), to: `/devices/${device.id}/apple` }, { label: here }]
    : [{ label: t('apple.title') }]),
]
