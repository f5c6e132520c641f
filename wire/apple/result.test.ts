import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import { type Dict, decode, dict, encode, encodeBinary, type Plist } from '../plist/plist.ts'
import { commandFromJson, decodeCommand, encodeCommand } from './command.ts'
import { explain, explanations } from './errors.ts'
import { chainOf, decodeResult, readReport, toJson } from './result.ts'

const udid = '00008110-001A2B3C4D5E001E'
const acknowledged: Dict = { Status: 'Acknowledged', CommandUUID: 'A-1', UDID: udid }

test('a report is read in XML and binary, with what devices get wrong', () => {
  for (const write of [encode, encodeBinary]) {
    const read = decodeResult(write({ ...acknowledged, NotOnConsole: 'true', ProfileList: [] }))
    assert.partialDeepStrictEqual(read, { status: 'Acknowledged', uuid: 'A-1', notOnConsole: true, errors: [] })
    assert.deepEqual(read.body.ProfileList, [])
  }
  assert.equal(decodeResult(encode({ Status: 'Idle', UDID: udid, CommandUUID: 'left over' })).uuid, null)
})

test('a chain of errors is read whatever is in it', () => {
  const chain = chainOf({
    ErrorChain: [
      { ErrorDomain: 'MCInstallationErrorDomain', ErrorCode: 4001, LocalizedDescription: 'へんこう' },
      'text',
      { ErrorCode: '12021', ErrorDomain: 'MCMDMErrorDomain', USEnglishDescription: 'Invalid.' },
      {},
    ],
  })
  assert.deepEqual(chain, [
    { domain: 'MCInstallationErrorDomain', code: 4001, message: 'へんこう' },
    { domain: 'MCMDMErrorDomain', code: 12021, message: 'Invalid.' },
    { domain: null, code: null, message: null },
  ])
  assert.deepEqual(chainOf({ ErrorChain: 'none' }), [])
})

test('what cannot be read tells its command all the same', () => {
  const text = Buffer.from(encode(acknowledged)).toString().replace('</plist>', '<broken')
  const report = readReport(Buffer.from(text))
  assert.partialDeepStrictEqual(report, { read: false, status: 'Acknowledged', uuid: 'A-1' })
  assert.partialDeepStrictEqual(readReport(Buffer.from('junk')), { read: false, status: null, uuid: null })
  const unknown = readReport(encode({ ...acknowledged, Status: 'Perhaps' }))
  assert.partialDeepStrictEqual(unknown, { read: false, status: null, uuid: 'A-1', why: 'result.status' })
  assert.partialDeepStrictEqual(readReport(encode({ Status: 'NotNow', UDID: udid })), { read: false })
})

test('no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      readReport(bytes)
    }),
    { numRuns: 500, seed: 7 },
  )
})

test('a failure is explained by the deepest cause that is known', () => {
  const general = { domain: 'MCInstallationErrorDomain', code: 4001, message: null }
  const exact = { domain: 'MCCertificateErrorDomain', code: 9000, message: null }
  const unheardOf = { domain: 'constructor', code: 1, message: null }
  assert.equal(explain('Error', [general, exact, unheardOf]), 'apple.certificate-refused')
  assert.equal(explain('Error', [general]), 'apple.profile-not-installed')
  assert.equal(explain('Error', [unheardOf]), 'apple.refused')
  assert.equal(explain('Error', [{ domain: 'MDMClientError', code: 89, message: null }]), 'apple.profile-not-found')
  assert.equal(explain('CommandFormatError', [general]), 'apple.command-malformed')
  assert.ok(explanations.every(code => /^apple\.[a-z-]+$/.test(code)))
})

test('a command is said and read back; another than ours, or none, is refused', () => {
  const command: Dict = { RequestType: 'DeviceLock', PIN: '000001', Data: new Uint8Array([1, 2]) }
  const bytes = encodeCommand('U-1', command)
  assert.deepEqual(dict(decode(bytes)).CommandUUID, 'U-1')
  assert.deepEqual(decodeCommand(bytes), command)
  assert.deepEqual(decodeCommand(encode(command)), command)
  const json = { RequestType: 'DeviceLock', PIN: '000001', Data: { $data: 'AQI=' } }
  assert.deepEqual(commandFromJson({ CommandUUID: 'theirs', Command: json }), command)
  assert.deepEqual(
    commandFromJson({
      RequestType: 'X1',
      At: { $date: '2026-11-20T10:00:00Z' },
      N: { $integer: '18446744073709551615' },
    }),
    {
      RequestType: 'X1',
      At: new Date('2026-11-20T10:00:00Z'),
      N: 18446744073709551615n,
    },
  )
  for (const wrong of [
    {},
    { RequestType: 1 },
    { RequestType: 'A b' },
    [],
    'x',
    null,
    { RequestType: 'X1', a: null },
    { RequestType: 'X1', a: { $data: '***' } },
  ])
    assert.throws(() => commandFromJson(wrong), Malformed)
  assert.throws(() => decodeCommand(encode(['RequestType'])), Malformed)
})

test('JSON of an answer loses secrets and nothing else', () => {
  const value: Plist = {
    QueryResponses: {
      UnlockToken: new Uint8Array([1]),
      pushtoken: 'x',
      At: new Date(0),
      Big: 2n ** 63n,
      Data: new Uint8Array([255]),
    },
    List: [1.5, true, Number.NaN],
  }
  assert.deepEqual(toJson(value), {
    QueryResponses: {
      UnlockToken: null,
      pushtoken: null,
      At: '1970-01-01T00:00:00.000Z',
      Big: '9223372036854775808',
      Data: '/w==',
    },
    List: [1.5, true, null],
  })
})
