import type { AgentMode } from '@muster/wire/agent/messages.ts'
import { wireTo } from '../simulator/agent/http.ts'
import { bringToLife, type Life } from '../simulator/agent/life.ts'
import { type Make, makes, usedPhone } from '../simulator/agent/models.ts'
import { appOf } from '../simulator/agent/phone.ts'
import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>
type Units = Readonly<Record<string, string>>

interface Holder {
  who: string
  language: 'en' | 'fr' | 'sv' | 'ja'
  make: Make
  /** What it is called; the rest are called by their model. */
  called?: string
  mode?: AgentMode
}

const holders: readonly Holder[] = [
  { who: 'Nadia Haddad', language: 'fr', make: makes.handheld, called: 'Scanner 1, Lyon' },
  { who: 'Baptiste Morel', language: 'fr', make: makes.handheld, called: 'Scanner 2, Lyon' },
  { who: 'Chloé Garnier', language: 'fr', make: makes.rugged, called: 'Camion 7' },
  { who: 'Oskar Nyström', language: 'sv', make: makes.pixel },
  { who: 'Saga Ek', language: 'sv', make: makes.fair },
  { who: '大野 美咲', language: 'ja', make: makes.galaxy },
  { who: 'Grace Whitfield', language: 'en', make: makes.rugged, called: 'Van 12' },
  { who: 'Owen Price', language: 'en', make: makes.moto },
  { who: 'Imogen Clarke', language: 'en', make: makes.pixel },
  { who: 'Tomasz Nowak', language: 'en', make: makes.old },
  { who: 'Ebba Sandell', language: 'sv', make: makes.pixelA, mode: 'work-profile' },
  { who: 'Hugo Lefèvre', language: 'fr', make: makes.onePlus, mode: 'work-profile' },
]
const game = { package: 'com.supercell.clashroyale', name: 'Clash Royale' }
const guide = 'com.android.chrome'

/**
 * Android devices with our own agent: phones and handhelds, a tablet that does one thing at a front desk, and two phones of people's own. One has a game
 * that nobody may have, one was left on a train, and one is switched off while something waits for it.
 */
export async function seedAndroids(call: Call, url: string, units: Units): Promise<number> {
  const wire = wireTo(url)
  process.once('exit', () => wire.close())
  const desk = String((await call('POST', '/units', { name: 'Front desk', parent: units['en'] })).id)
  await seedWishes(call, units['top'] ?? '', desk)
  const invite = async (unit: string | undefined, user: string | null, own: boolean): Promise<string> => {
    const ownership = own ? 'personal' : 'company'
    return String(
      (await call('POST', '/invitations', { platform: 'agent', unit, user, ownership, uses: 1, expiresInHours: 24 }))
        .url,
    )
  }
  const lives = new Map<string, Life>()
  for (const [number, { who, language, make, called, mode = 'fully-managed' }] of holders.entries()) {
    const unit = units[language]
    const email = `android.${number}@havsten.example`
    const user = String((await call('POST', '/users', { displayName: who, email, language, unit })).id)
    const invitation = await invite(unit, user, mode === 'work-profile')
    const life = await bringToLife(usedPhone(make, number), { wire, invitation, mode })
    lives.set(who, life)
    if (called !== undefined) await call('PATCH', `/devices/${idOf(life)}`, { name: called })
  }
  const tablet = { wire, invitation: await invite(desk, null, false), mode: 'dedicated' } as const
  const welcome = await bringToLife(usedPhone(makes.tablet, 4), tablet)
  lives.set('the front desk', welcome)
  await call('PATCH', `/devices/${idOf(welcome)}`, { name: 'Front desk' })
  drain([...lives.values()])
  await happen(call, who => lives.get(who))
  return lives.size
}

const idOf = (life: Life | undefined): string => life?.agent.state.enrolled?.device ?? ''

/** What is wanted of them: no games anywhere, and one app on the tablet at the front desk. */
async function seedWishes(call: Call, top: string, desk: string): Promise<void> {
  const blueprint = async (unit: string, name: string, wishes: readonly object[]): Promise<void> => {
    const items: string[] = []
    for (const wish of wishes)
      items.push(String(((await call('POST', '/policies', { unit, ...wish })).policy as { id: string }).id))
    const { blueprint: made } = (await call('POST', '/blueprints', { name, unit, items })) as {
      blueprint: { id: string }
    }
    await call('POST', `/blueprints/${made.id}/assignments`, { unit })
  }
  await blueprint(top, 'Androids', [
    { kind: 'restrictions', name: 'No games', value: { blockedApps: [game.package] } },
    { kind: 'private-dns', name: 'Names in secret', value: { mode: 'automatic' } },
  ])
  await blueprint(desk, 'Visitors sign in here', [
    { kind: 'kiosk', name: 'Front desk', value: { apps: [guide], mode: 'single', awakeWhilePlugged: true } },
  ])
}

async function happen(call: Call, of: (who: string) => Life | undefined): Promise<void> {
  const [gamer, lost, off] = [of('Owen Price'), of('Chloé Garnier'), of('Tomasz Nowak')]
  gamer?.agent.phone.apps.push(appOf(game.package, game.name))
  await gamer?.tell()
  const told = { kind: 'lost', note: 'Left on the train from Lyon to Grenoble', phone: '+33 4 72 55 01 10' }
  await call('POST', `/devices/${idOf(lost)}/incidents`, told).catch(goOn)
  // It is in a drawer, and does not hear what it is told.
  await off?.switch(false)
  await call('POST', `/devices/${idOf(off)}/commands`, { kind: 'restart', args: {} }).catch(goOn)
}

/** Batteries run down and are charged again, so that what is told changes. */
function drain(lives: readonly Life[]): void {
  setInterval(() => {
    for (const { agent } of lives) {
      const { phone } = agent
      const charging = phone.facts['battery.isCharging'] === true
      phone.battery = Math.min(1, Math.max(0.05, phone.battery + (charging ? 0.01 : -0.01)))
      if (phone.battery === 1 || phone.battery === 0.05) phone.facts['battery.isCharging'] = !charging
    }
  }, 120_000).unref()
}

function goOn(error: unknown): void {
  console.error(`  the demo goes on without something that happens to an Android device: ${String(error)}`)
}
