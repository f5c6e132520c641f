import { type Dict, list, Real, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { versionOf } from '../declarations/known.ts'
import type { AppleDevice } from '../device.ts'
import { order, type Update } from '../updates.ts'
import { CommandRefused, type Knowledge } from './order.ts'

const supervised = ['iPhone', 'iPad', 'Mac', 'AppleTV'] as const

/** From 27 on these are not known any more. */
function demandOld(device: AppleDevice, requestType: string): void {
  if (versionOf(device.interior.system.version) >= 27)
    throw new CommandRefused(12_021, `“${requestType}” is not a valid request type.`)
}

const words: Record<Update['state'], string> = {
  waiting: 'Idle',
  downloading: 'Downloading',
  prepared: 'Idle',
  installing: 'Installing',
  failed: 'InstallFailed',
}

/** The commands for updates of systems before 27. */
export const updateCommands: Record<string, Knowledge> = {
  AvailableOSUpdates: {
    supervised: ['iPhone', 'iPad', 'AppleTV'],
    carryOut: ({ device }) => {
      demandOld(device, 'AvailableOSUpdates')
      const { update } = device.interior
      return { keys: { AvailableOSUpdates: update === undefined ? [] : [described(update)] } }
    },
  },
  ScheduleOSUpdate: {
    supervised,
    keys: { Updates: 'list' },
    carryOut: ({ device }, command) => {
      demandOld(device, 'ScheduleOSUpdate')
      const wanted = (list(command, 'Updates') ?? []).filter(isDict)
      const results = wanted.map((one): Dict => {
        const version = str(one, 'ProductVersion') ?? ''
        const known = order(device, version)
        return {
          ProductKey: `iOSUpdate${version}`,
          InstallAction: known ? (str(one, 'InstallAction') ?? 'Default') : 'Error',
          Status: known ? 'Downloading' : 'Idle',
        }
      })
      return { keys: { UpdateResults: results } }
    },
  },
  OSUpdateStatus: {
    supervised,
    carryOut: ({ device }) => {
      demandOld(device, 'OSUpdateStatus')
      const { update } = device.interior
      if (update === undefined) return { keys: { OSUpdateStatus: [] } }
      const there = update.state === 'prepared' || update.state === 'installing'
      const one: Dict = {
        ProductKey: `iOSUpdate${update.version}`,
        IsDownloaded: there,
        DownloadPercentComplete: new Real(there ? 1 : 0.5),
        Status: words[update.state],
      }
      return { keys: { OSUpdateStatus: [one] } }
    },
  },
}

function described({ version, build }: Update): Dict {
  return {
    ProductKey: `iOSUpdate${version}`,
    Version: version,
    Build: build,
    ProductName: 'iOS',
    RestartRequired: true,
  }
}
