import { bool, type Dict, dict, num, str } from '@muster/wire/plist/plist.ts'
import { take } from '../behavior.ts'
import { bring, drop, goOn, type ManagedApp, type Wanted } from '../managed.ts'
import { BadCommand, CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

/** Apps, packages and books that management brings and takes. */
export const appCommands: Record<string, Knowledge> = {
  InstallApplication: { right: 4096, carryOut: install },
  InstallEnterpriseApplication: { families: ['Mac'], right: 4096, carryOut: install },
  RemoveApplication: { right: 4096, keys: { Identifier: 'text' }, carryOut: remove },
  ManagedApplicationList: { right: 4096 + 256, carryOut: listManaged },
  InstallMedia: { families: ['iPhone', 'iPad'], right: 4096, carryOut: installBook },
  RemoveMedia: { families: ['iPhone', 'iPad'], right: 4096, carryOut: removeBook },
  ManagedMediaList: { families: ['iPhone', 'iPad'], right: 4096, carryOut: listBooks },
}

async function install({ device, enrollment }: Place, command: Dict): Promise<Outcome> {
  const wanted = wantedIn(command)
  if (wanted.storeId === undefined && wanted.manifest === undefined) throw new BadCommand('Nothing names the app.')
  const before = [...device.interior.managed.values()]
  const app = await bring(device, enrollment, wanted)
  const other = before.find(a => a.identifier === app.identifier)
  if (other?.declaration !== undefined) {
    device.interior.managed.set(app.identifier, other)
    throw new CommandRefused(12_036, `“${app.identifier}” is managed by a declaration.`)
  }
  if (app.state === 'UserInstalledApp') {
    device.interior.managed.delete(app.identifier)
    return { keys: { Identifier: app.identifier, RejectionReason: 'AppAlreadyInstalled' } }
  }
  if (app.reason === 'Error.InvalidAppID') {
    device.interior.managed.delete(app.identifier)
    return { keys: { RejectionReason: 'CouldNotVerifyAppID' } }
  }
  // A Mac acknowledges when it has understood; whether it works out it does not say here.
  if (device.hardware.family === 'Mac') return { keys: { Identifier: app.identifier } }
  return { keys: { Identifier: app.identifier, State: app.state === 'Failed' ? 'Queued' : app.state } }
}

function wantedIn(command: Dict): Wanted {
  const storeId = num(command, 'iTunesStoreID')
  const manifest = str(command, 'ManifestURL')
  const attributes = command['Attributes'] === undefined ? undefined : dict(command['Attributes'])
  return {
    ...(storeId === undefined ? {} : { storeId }),
    ...(manifest === undefined ? {} : { manifest }),
    flags: num(command, 'ManagementFlags') ?? 0,
    takeOver: str(command, 'ChangeManagementState') === 'Managed',
    ...(command['Configuration'] === undefined ? {} : { configuration: dict(command['Configuration']) }),
    ...(attributes === undefined ? {} : { attributes, removable: bool(attributes, 'Removable') ?? true }),
  }
}

function remove({ device }: Place, command: Dict): Outcome {
  const identifier = str(command, 'Identifier') ?? ''
  const app = device.interior.managed.get(identifier)
  if (app?.declaration !== undefined) throw new CommandRefused(12_036, `“${identifier}” is managed by a declaration.`)
  if (!drop(device, identifier)) throw new CommandRefused(12_026, `“${identifier}” is not managed.`)
  return { keys: { Identifier: identifier } }
}

function listManaged({ device }: Place): Outcome {
  goOn(device)
  const told = [...device.interior.managed.values()].map((app): [string, Dict] => [app.identifier, word(app)])
  return { keys: { ManagedApplicationList: Object.fromEntries(told) } }
}

function word(app: ManagedApp): Dict {
  return {
    Status: app.state,
    ManagementFlags: app.flags,
    HasConfiguration: app.configuration !== undefined,
    HasFeedback: false,
    IsValidated: true,
  }
}

function installBook({ device }: Place, command: Dict): Outcome {
  const id = num(command, 'iTunesStoreID') ?? 0
  const fails = take(device.behavior, ['fail-app'], [String(id)]) !== undefined
  device.interior.books.set(id, fails ? 'Failed' : 'Queued')
  return { keys: { iTunesStoreID: id, State: 'Queued', MediaType: 'Book' } }
}

function removeBook({ device }: Place, command: Dict): Outcome {
  device.interior.books.delete(num(command, 'iTunesStoreID') ?? 0)
  return {}
}

/** Every look finds a book one step further; one that failed is told of once. */
function listBooks({ device }: Place): Outcome {
  const { books } = device.interior
  const Books = [...books].map(([id, was]): Dict => {
    const State = was === 'Queued' ? 'Installing' : was === 'Installing' ? 'Installed' : was
    if (State === 'Failed') books.delete(id)
    else books.set(id, State)
    return { iTunesStoreID: id, State }
  })
  return { keys: { Books } }
}
