import { bool, type Dict, dict, str } from '@muster/wire/plist/plist.ts'
import { BadCommand, CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

/** Who keeps data on a shared iPad, and who does no longer. */
export const residentCommands: Record<string, Knowledge> = {
  UserList: { families: ['iPad'], carryOut: tell },
  DeleteUser: { families: ['iPad'], carryOut: remove },
}

const megabyte = 1_048_576

function residentsOf({ device }: Place) {
  const { interior } = device
  if (!interior.multiUser) throw new CommandRefused(12_035, 'This iPad is not shared.')
  return interior.residents
}

function tell(place: Place): Outcome {
  const configured = place.device.interior.settings.get('SharedDeviceConfiguration')
  const quota = configured === undefined ? undefined : dict(configured).QuotaSize
  const users = [...residentsOf(place)].map(
    ([name, one]): Dict => ({
      UserName: name,
      IsLoggedIn: one.signedIn,
      HasDataToSync: one.unsynced,
      DataQuota: typeof quota === 'number' ? quota * megabyte : 0,
      DataUsed: one.usedMb * megabyte,
    }),
  )
  return { keys: { Users: users } }
}

function remove(place: Place, command: Dict): Outcome {
  const residents = residentsOf(place)
  const force = bool(command, 'ForceDeletion') ?? false
  const name = str(command, 'UserName')
  const all = bool(command, 'DeleteAllUsers') ?? false
  if (name === undefined && !all) throw new BadCommand('UserName is missing.')
  const leaving = [...residents].filter(([one]) => all || one === name)
  if (leaving.length === 0 && !all) throw new CommandRefused(12_071, 'There is no such user.')
  if (leaving.some(([, one]) => one.signedIn)) throw new CommandRefused(12_073, 'The user is signed in.')
  if (!force && leaving.some(([, one]) => one.unsynced)) throw new CommandRefused(12_072, 'The user has data to sync.')
  for (const [one] of leaving) residents.delete(one)
  return {}
}
