import { bytes, type Dict, decode, dict, num, str } from '@muster/wire/plist/plist.ts'
import { envelopFor, firmwareNow, isEncrypted, regenerateBypass, setRecoveryKey, vaultOf } from '../vault.ts'
import { BadCommand, CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

const lockRight = 4
const mac = { families: ['Mac'] } satisfies Partial<Knowledge>

/** Recovery keys, start-up passwords, the administrator made at set-up, bypass codes: what holds them really asks for what it holds. */
export const secretCommands: Record<string, Knowledge> = {
  RotateFileVaultKey: {
    ...mac,
    right: lockRight,
    keys: { KeyType: 'text', FileVaultUnlock: 'dict' },
    carryOut: rotate,
  },
  SetRecoveryLock: { ...mac, right: lockRight, keys: { NewPassword: 'text' }, carryOut: setRecoveryLock },
  VerifyRecoveryLock: { ...mac, right: lockRight, keys: { Password: 'text' }, carryOut: verifyRecoveryLock },
  SetFirmwarePassword: { ...mac, right: lockRight, keys: { NewPassword: 'text' }, carryOut: setFirmware },
  VerifyFirmwarePassword: { ...mac, keys: { Password: 'text' }, carryOut: verifyFirmware },
  SetAutoAdminPassword: { ...mac, keys: { GUID: 'text', passwordHash: 'bytes' }, carryOut: setAdmin },
  ActivationLockBypassCode: {
    families: ['iPhone', 'iPad', 'Mac'],
    supervised: ['iPhone', 'iPad', 'Mac'],
    carryOut: ({ device }) => ({ keys: { ActivationLockBypassCode: vaultOf(device).bypass } }),
  },
  ClearActivationLockBypassCode: {
    families: ['iPhone', 'iPad', 'Mac'],
    supervised: ['iPhone', 'iPad', 'Mac'],
    carryOut: ({ device }) => {
      regenerateBypass(device)
      return {}
    },
  },
}

function rotate({ device }: Place, command: Dict): Outcome {
  if (str(command, 'KeyType') !== 'personal') throw new CommandRefused(12_008, 'There is no institutional key.')
  const vault = vaultOf(device)
  const given = str(dict(command.FileVaultUnlock), 'Password') ?? ''
  if (!isEncrypted(device) || vault.recoveryKey === undefined || given !== vault.recoveryKey)
    throw new CommandRefused(99, 'The disk was not unlocked with what was given.', 'MCFileVaultErrorDomain')
  const key = setRecoveryKey(device)
  const recipient = bytes(command, 'ReplyEncryptionCertificate')
  if (recipient === undefined) return {}
  return { keys: { RotateResult: { EncryptedNewRecoveryKey: envelopFor(recipient, key) } } }
}

const silicon = ({ device }: Place): boolean => device.options.intel !== true

function setRecoveryLock(place: Place, command: Dict): Outcome {
  if (!silicon(place)) throw new CommandRefused(12_021, '“SetRecoveryLock” is not a valid request type.')
  const { device } = place
  // In Setup Assistant it is acknowledged, and nothing is set.
  if (device.interior.awaitingConfiguration) return {}
  const vault = vaultOf(device)
  if (vault.recoveryLock !== '' && str(command, 'CurrentPassword') !== vault.recoveryLock)
    throw new CommandRefused(12_072, 'The current password is not the one that is set.')
  vault.recoveryLock = str(command, 'NewPassword') ?? ''
  return {}
}

function verifyRecoveryLock(place: Place, command: Dict): Outcome {
  if (!silicon(place)) throw new CommandRefused(12_021, '“VerifyRecoveryLock” is not a valid request type.')
  const { recoveryLock } = vaultOf(place.device)
  return { keys: { PasswordVerified: recoveryLock !== '' && str(command, 'Password') === recoveryLock } }
}

function setFirmware(place: Place, command: Dict): Outcome {
  if (silicon(place)) throw new CommandRefused(12_021, '“SetFirmwarePassword” is not a valid request type.')
  const { device } = place
  const vault = vaultOf(device)
  const password = str(command, 'NewPassword') ?? ''
  if (!/^[\x20-\x7e]*$/.test(password)) throw new BadCommand('NewPassword cannot be typed at start-up.')
  if (firmwareNow(device) !== '' && str(command, 'CurrentPassword') !== vault.firmware)
    return { keys: { SetFirmwarePassword: { PasswordChanged: false } } }
  vault.firmwareNext = { password, restarts: device.interior.restarts }
  return { keys: { SetFirmwarePassword: { PasswordChanged: true } } }
}

function verifyFirmware(place: Place, command: Dict): Outcome {
  if (silicon(place)) throw new CommandRefused(12_021, '“VerifyFirmwarePassword” is not a valid request type.')
  const set = firmwareNow(place.device)
  return { keys: { VerifyFirmwarePassword: { PasswordVerified: set !== '' && str(command, 'Password') === set } } }
}

function setAdmin({ device }: Place, command: Dict): Outcome {
  const { admin } = vaultOf(device)
  if (admin === undefined || admin.guid !== str(command, 'GUID'))
    throw new CommandRefused(12_070, 'There is no such account that was made at set-up.')
  const hash = bytes(command, 'passwordHash') ?? new Uint8Array()
  const inner = dict(dict(decode(hash))['SALTED-SHA512-PBKDF2'])
  const fits =
    bytes(inner, 'entropy')?.length === 128 &&
    bytes(inner, 'salt')?.length === 32 &&
    (num(inner, 'iterations') ?? 0) > 0
  if (!fits) throw new BadCommand('passwordHash is not a salted hash.')
  admin.hash = hash
  return {}
}
