import * as roster from '../areas/roster/index.ts'
import { newSecret } from '../base/id.ts'
import type { House } from './house.ts'

/** Arranges programs, setups and promised devices. */
export interface GivenRoster {
  /** A program whose credential opens nothing; `unit` is where its devices go. */
  program(what?: Partial<roster.NewProgram>): Promise<roster.Program>
  setup(what?: { name?: string; unit?: string; body?: Partial<roster.SetupBody> }): Promise<roster.Setup>
  /** A device that a fresh program promises, unless one is named. */
  entry(what?: { program?: roster.Program; serial?: string; unit?: string; setup?: string }): Promise<roster.Entry>
}

let made = 0
const next = (): number => {
  made += 1
  return made
}

/** The givens of the roster for a house. */
export function givenRoster(h: House): GivenRoster {
  const program: GivenRoster['program'] = (what = {}) =>
    h.run(ctx =>
      roster.addProgram(ctx, {
        platform: 'apple',
        kind: 'devices',
        name: `Program ${next()}`,
        mark: newSecret(),
        secret: '{}',
        ...what,
      }),
    )
  return {
    program,
    setup: (what = {}) =>
      h.run(ctx =>
        roster.addSetup(ctx, {
          name: what.name ?? `Setup ${next()}`,
          platform: 'apple',
          unit: what.unit ?? h.root.id,
          body: roster.setupBody.parse(what.body ?? {}),
        }),
      ),
    entry: async (what = {}) => {
      const of = what.program ?? (await program())
      const serial = what.serial ?? `SER${String(next()).padStart(7, '0')}`
      return h.run(async ctx => {
        const said = { model: 'iPad', family: 'iPad', color: null, assetTag: null, held: null, migrationDeadline: null }
        const reading = { round: null, wanted: new Map<string, string>(), ours: () => false }
        await roster.noteReported(ctx, of, [{ serial, ...said, standing: 'none', at: ctx.now }], reading)
        const wish = {
          ...(what.unit === undefined ? {} : { unit: what.unit }),
          ...(what.setup === undefined ? {} : { setup: what.setup }),
        }
        if (Object.keys(wish).length > 0) await roster.changeEntries(ctx, [serial], wish)
        const entry = await roster.expected(ctx, serial)
        if (!entry) throw new Error('promised, and not expected')
        return entry
      })
    },
  }
}
