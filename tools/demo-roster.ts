import type { Ade } from '../simulator/outside/ade/ade.ts'
import type { caller } from './call.ts'

const models = [
  { model: 'iPad (A16)', family: 'iPad', color: 'SILVER' },
  { model: 'iPhone 17', family: 'iPhone', color: 'BLACK' },
  { model: 'MacBook Air', family: 'Mac', color: 'MIDNIGHT' },
] as const

/** Devices that the organization bought: most are ready to unpack, some are delivered today, some are not taken by the vendor, and a second program waits for somebody. Answers the setup of those of today. */
export async function seedRoster(
  call: ReturnType<typeof caller>,
  units: Readonly<Record<string, string>>,
  { ade, delivered }: { ade: Ade; delivered: readonly string[] },
): Promise<string> {
  const unit = units['top'] ?? ''
  const setup = await call('POST', '/setups', {
    name: 'Company devices',
    unit,
    body: {
      skip: ['Siri', 'TOS', 'Diagnostics', 'ScreenTime', 'AppStore', 'Payment', 'Welcome', 'Appearance'],
      support: { department: 'IT support', phone: '+46 8 555 0100', email: 'it@havsten.example' },
    },
  })
  await call('POST', '/setups', {
    name: 'Meeting rooms',
    unit,
    body: { skip: ['AppleID', 'Siri', 'TVRoom', 'TVHomeScreenSync'], autoAdvance: true, language: 'sv', region: 'SE' },
  })
  const program = async (name: string, serials: readonly string[], wish: object) => {
    const { certificate } = (await call('POST', '/programs/devices/keys')) as { certificate: string }
    const server = ade.register({ name, certificate })
    ade.buy(serials.map((serial, i) => ({ serial, ...models[i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2] })))
    ade.assign(serials, server)
    await call('POST', '/programs/devices', { name, token: ade.download(server), ...wish })
    return server
  }
  const serials = Array.from({ length: 22 }, (_, i) => `DMPH${String(1000 + i * 7)}Q1GC`)
  const more = Array.from({ length: 38 }, (_, i) => `F9FX${String(2000 + i * 11)}HV29`)
  const today = await call('POST', '/setups', {
    name: 'Reception and stores',
    unit,
    body: { awaits: true, skip: ['Siri', 'TOS', 'AppleID', 'Diagnostics', 'Payment'] },
  })
  ade.answerFor(more.slice(0, 2), 'FAILED')
  await program('Apple Business', [...serials, ...more, ...delivered], {
    setup: setup.id,
    account: 'apple-business@havsten.example',
  })
  // A token that was downloaded anew and not brought here.
  const old = await program('Lyon, former company', [], { account: 'informatique@logiscargo.example' })
  ade.download(old)
  return String(today.id)
}
