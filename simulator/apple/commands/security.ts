import { bool, bytes, type Dict, dict, str } from '@muster/wire/plist/plist.ts'
import { take } from '../behavior.ts'
import { type AppleDevice, comeOnline, goOffline, later, resetDevice } from '../device.ts'
import { enroll } from '../enroll.ts'
import { noteTrouble } from '../ledger.ts'
import { connect } from '../session.ts'
import { BadCommand, CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

const lockRight = 4
const eraseRight = 8
const restartMs = 300

/** Lock, erase, restart, shut down, clear the passcode, leave Setup Assistant. */
export const securityCommands: Record<string, Knowledge> = {
  DeviceLock: { right: lockRight, families: ['iPhone', 'iPad', 'Mac'], carryOut: lock },
  EraseDevice: { right: eraseRight, carryOut: erase },
  RestartDevice: { right: lockRight, supervised: ['iPhone', 'iPad', 'AppleTV'], carryOut: restart },
  ShutDownDevice: {
    right: lockRight,
    families: ['iPhone', 'iPad', 'Mac'],
    supervised: ['iPhone', 'iPad'],
    carryOut: ({ device }) => ({ afterwards: () => goOffline(device) }),
  },
  ClearPasscode: {
    right: lockRight,
    families: ['iPhone', 'iPad'],
    keys: { UnlockToken: 'bytes' },
    carryOut: clearPasscode,
  },
  DeviceConfigured: { carryOut: leaveSetup },
  AccountConfiguration: { families: ['Mac'], carryOut: makeAccounts },
}

function lock({ device }: Place, command: Dict): Outcome {
  const { interior } = device
  const message = str(command, 'Message')
  if (device.hardware.family === 'Mac') {
    const pin = readPin(command)
    if (pin === undefined) throw new CommandRefused(12_008, 'A Mac is locked with a PIN of six digits.')
    return {
      // The Mac restarts into its lock screen and is off the network until somebody knows the PIN.
      afterwards: () => {
        interior.locked = true
        interior.lockPin = pin
        interior.lockMessage = message
        goOffline(device)
      },
    }
  }
  interior.locked = true
  interior.lockMessage = message
  const shown = message !== undefined || str(command, 'PhoneNumber') !== undefined
  if (!shown) return {}
  return { keys: { MessageResult: interior.passcode ? 'Success' : 'NoPasscodeSet' } }
}

function erase({ device, enrollment }: Place, command: Dict): Outcome {
  readPin(command)
  const planned = take(device.behavior, ['come-back', 'fake-erase'], ['EraseDevice'])
  if (planned?.does === 'fake-erase') return {}
  const wish = command.ReturnToService === undefined ? {} : dict(command.ReturnToService)
  return {
    afterwards: () => {
      resetDevice(device)
      device.interior.keptAppsBy = bytes(wish, 'BootstrapToken')
      if (bool(wish, 'Enabled') === true) returnToService(device, bytes(wish, 'WiFiProfileData'))
      if (planned?.does !== 'come-back') return
      later(device, planned.afterMs ?? 0, () => {
        enroll(device, { profileUrl: enrollment.source })
          .then(() => connect(device))
          .catch(error => noteTrouble(device.ledger, `it did not come back: ${String(error)}`))
      })
    },
  }
}

/** Erasing takes longer than a second, so that what the device then signs about itself is never to the byte what it signed before. */
const freshMs = 1100

/** Nobody touches it: it needs a network it was told of, and the promise of an organization to find its way. */
function returnToService(device: AppleDevice, network: Uint8Array | undefined): void {
  const { startAgain } = device
  if (network === undefined || !startAgain) {
    noteTrouble(device.ledger, `it did not come back: ${startAgain ? 'it knows no network' : 'nobody promised it'}`)
    return
  }
  later(device, freshMs, () => {
    startAgain()
      .then(() => connect(device))
      .catch(error => noteTrouble(device.ledger, `it did not come back: ${String(error)}`))
  })
}

function restart({ device }: Place): Outcome {
  return {
    afterwards: () => {
      const { interior } = device
      interior.restarts += 1
      goOffline(device)
      later(device, restartMs, () => {
        interior.bootedAt = Date.now()
        // Before the first unlock most of an iPhone's storage is closed.
        if (device.hardware.family !== 'Mac' && interior.passcode) interior.locked = true
        comeOnline(device)
      })
    },
  }
}

function clearPasscode({ device, enrollment }: Place, command: Dict): Outcome {
  const given = Buffer.from(bytes(command, 'UnlockToken') ?? [])
  if (enrollment.unlockToken === undefined || !given.equals(enrollment.unlockToken))
    throw new CommandRefused(5013, 'The passcode cannot be cleared with this unlock token.', 'MCPasscodeErrorDomain')
  device.interior.passcode = false
  device.interior.locked = false
  return {}
}

function makeAccounts({ device }: Place, command: Dict): Outcome {
  const { interior } = device
  if (!interior.awaitingConfiguration)
    throw new CommandRefused(101, 'The device is not awaiting configuration.', 'MDMDeviceEnrollment')
  interior.firstAccounts = command
  return {}
}

function leaveSetup({ device }: Place): Outcome {
  if (!device.interior.awaitingConfiguration)
    throw new CommandRefused(101, 'The device is not awaiting configuration.', 'MDMDeviceEnrollment')
  device.interior.awaitingConfiguration = false
  return {}
}

function readPin(command: Dict): string | undefined {
  const pin = command.PIN
  if (pin === undefined) return undefined
  if (typeof pin !== 'string') throw new BadCommand('PIN is not a string.')
  if (!/^\d{6}$/.test(pin)) throw new CommandRefused(12_008, 'The PIN must have six digits.')
  return pin
}
