import * as updates from '../areas/updates/index.ts'
import type { House } from './house.ts'

type Wish = Parameters<typeof updates.prepare>[1]

/** What tests of versions begin with. */
export interface GivenUpdates {
  /** Versions as a vendor would name them, unless told otherwise of iOS 26.0 and 26.1 for iPhone15,2. */
  releases(all?: readonly Partial<updates.Release>[]): Promise<void>
  /** A prepared campaign for iOS 26.1, in a week. */
  campaign(wish?: Partial<Wish>): Promise<updates.Campaign>
}

const dayMs = 86_400_000

/** Versions and campaigns that tests begin with. */
export function givenUpdates(house: House): GivenUpdates {
  const releases: GivenUpdates['releases'] = (all = [{ version: '26.0', build: '23A341' }, {}]) =>
    house.run(ctx =>
      updates.noteReleases(ctx, 'test', ['ios', 'ipados', 'macos', 'tvos'], {
        state: 'good',
        problem: null,
        releases: all.map(one => ({
          platform: 'ios',
          version: '26.1',
          build: '23B85',
          background: false,
          open: true,
          hardware: ['iPhone15,2'],
          postedAt: ctx.now - 10 * dayMs,
          expiresAt: null,
          ...one,
        })),
      }),
    )
  return {
    releases,
    campaign: async (wish = {}) => {
      if ((await house.run(ctx => updates.releases(ctx))).length === 0) await releases()
      return house.run(ctx =>
        updates.prepare(ctx, {
          name: `To 26.1 ${Math.random().toString(36).slice(2, 8)}`,
          unit: house.root.id,
          filter: '',
          platforms: ['ios'],
          target: {
            kind: 'version',
            versions: { ios: '26.1' },
            due: new Date(ctx.now + 7 * dayMs).toISOString().slice(0, 16),
          },
          note: '',
          details: '',
          notices: true,
          terms: { waves: [5, 25, 100], watchMs: 4 * 3_600_000, halts: true, stopAbovePercent: 10, dropPercent: 25 },
          ...wish,
        }),
      )
    },
  }
}
