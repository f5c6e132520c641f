import type { Dict } from '@muster/wire/plist/plist.ts'
import { checkIn } from '../checkin.ts'
import type { AppleDevice, Enrollment } from '../device.ts'
import { noteTrouble } from '../ledger.ts'
import type { Knowledge, Place } from './order.ts'

/** DeclarativeManagement: acknowledged at once; then the device fetches what it is told and reports back. */
export const declarativeCommands: Record<string, Knowledge> = {
  DeclarativeManagement: {
    accounts: true,
    carryOut: place => ({ afterwards: () => synchronize(place) }),
  },
}

const sections = {
  Activations: 'activation',
  Assets: 'asset',
  Configurations: 'configuration',
  Management: 'management',
}

/** One round of declarative management: tokens, items, each declaration, a status report. */
async function synchronize({ device, enrollment, account }: Place): Promise<void> {
  const ask = async (endpoint: string, content?: unknown): Promise<unknown> => {
    const body = content === undefined ? {} : { Data: Buffer.from(JSON.stringify(content)) }
    const reply = await checkIn(
      device,
      enrollment,
      { MessageType: 'DeclarativeManagement', Endpoint: endpoint, ...body },
      account,
    )
    return reply.body.length === 0 ? undefined : JSON.parse(Buffer.from(reply.body).toString())
  }
  try {
    await ask('tokens')
    const listed = at(await ask('declaration-items'), 'Declarations')
    const held: Dict = {}
    for (const [section, kind] of Object.entries(sections)) {
      const manifest = at(listed, section)
      const reports: Dict[] = []
      for (const one of Array.isArray(manifest) ? manifest : []) {
        const identifier = String(at(one, 'Identifier'))
        await ask(`declaration/${kind}/${encodeURIComponent(identifier)}`)
        reports.push({ identifier, 'server-token': String(at(one, 'ServerToken')), active: true, valid: 'valid' })
      }
      held[section.toLowerCase()] = reports
    }
    await ask('status', {
      StatusItems: { ...statusItems(device, enrollment), management: { declarations: held } },
      Errors: [],
    })
  } catch (error) {
    noteTrouble(device.ledger, `declarative management: ${String(error)}`)
  }
}

function statusItems({ hardware, interior }: AppleDevice, enrollment: Enrollment): Dict {
  const { system } = interior
  return {
    device: {
      identifier:
        enrollment.enrollmentId === undefined ? { 'serial-number': hardware.serial, udid: hardware.udid } : {},
      model: { family: hardware.family, identifier: hardware.productName, 'marketing-name': hardware.modelName },
      'operating-system': {
        family: hardware.family === 'Mac' ? 'macOS' : 'iOS',
        version: system.version,
        'build-version': system.build,
      },
    },
  }
}

function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined
}
