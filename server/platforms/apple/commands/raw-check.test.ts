import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Artifact, isObject } from '@muster/wire/apple/catalog/catalog.ts'
import { refusalOf } from '@muster/wire/apple/catalog/order.ts'
import { fromPlist } from '@muster/wire/apple/catalog/plist.ts'
import { valuesOf } from '@muster/wire/apple/catalog/testing/values.ts'
import { decodeCommand, encodeCommand } from '@muster/wire/apple/command.ts'
import { Random } from '@muster/wire/testing/random.ts'
import type { Subject } from '../../../areas/commands/index.ts'
import { newId } from '../../../base/id.ts'
import { catalog } from '../catalog.ts'
import { checked } from './raw-check.ts'

/** Devices, or an account on one, of which every command of the catalog finds one that takes it. */
const subjects: readonly Subject[] = ['ios', 'ipados', 'macos', 'tvos'].flatMap(platform =>
  ['18.4', '15.4', '27.1'].flatMap(osVersion =>
    ['', newId('account')].map(account => ({
      device: {
        id: newId('device'),
        name: 'One',
        serial: 'C0NE',
        platform,
        osVersion,
        supervised: true,
        ownership: 'company',
        state: 'active',
        unitPath: '/',
      },
      enrollment: { id: newId('enrollment'), platform: 'apple', kind: 'device', accessRights: null },
      account: account as Subject['account'],
      facts: {},
    })),
  ),
)

function takes(artifact: Artifact, { device, enrollment, account }: Subject): boolean {
  const { platform, osVersion, supervised } = device
  const to = { platform, osVersion, supervised, enrollment: enrollment.kind, shared: undefined, rights: null }
  return refusalOf(artifact, { ...to, account: account !== '' }) === null
}

test('every command of the catalog can be written as JSON and as a property list, and reads back as it was meant', () => {
  const commands = [...catalog.family('command').values()]
  assert.ok(commands.length > 60)
  const random = new Random(7)
  for (const artifact of commands) {
    const subject = subjects.find(one => takes(artifact, one)) ?? assert.fail(`nobody takes ${artifact.id}`)
    for (const keys of (['minimal', 'full'] as const).flatMap(fullness => valuesOf(artifact, fullness, random))) {
      assert.ok(isObject(keys))
      const sent = decodeCommand(encodeCommand('one', checked(subject, { RequestType: artifact.id, ...keys })))
      assert.equal(sent.RequestType, artifact.id)
      const text = Buffer.from(encodeCommand('two', sent)).toString()
      assert.deepEqual(checked(subject, text), sent, artifact.id)
      const { RequestType: _, ...rest } = sent
      assert.deepEqual(fromPlist(artifact, rest), keys, artifact.id)
    }
    // Negative control: where a key has a type, another one is refused.
    const key = artifact.fields?.find(field => field.type !== 'any')
    const other = ['dictionary', 'array', 'union'].includes(key?.type ?? '') ? 7 : {}
    if (key && !artifact.open)
      assert.throws(() => checked(subject, { RequestType: artifact.id, [key.name]: other }), {
        code: 'command.raw-invalid',
      })
  }
})
