import * as apps from '../areas/apps/index.ts'
import * as roster from '../areas/roster/index.ts'
import { newId } from '../base/id.ts'
import type { Class, Subject } from './subjects.ts'

/** What licenses are made of in the authorization matrix. */
export const licenseSubjects = {
  contentProgram: { whole: true, make: async ({ h }) => ({ id: (await h.given.program({ kind: 'content' })).id }) },
  license: {
    whole: true,
    make: async ({ h }) => {
      const id = await h.run(async ctx => {
        const wish = { platform: 'apple', kind: 'content', name: 'Store', mark: newId('program'), secret: 'x' } as const
        const { id: program } = await roster.addProgram(ctx, wish)
        const counts = { total: 5, assigned: 0, available: 5, retired: 0, toDevices: true, revocable: true }
        await apps.countLicenses(ctx, program, [{ storeId: '1', pricing: 'standard', product: 'app', ...counts }])
        return (await apps.licensesIn(ctx, program))[0]?.id ?? ''
      })
      return { id }
    },
  },
} satisfies Record<string, Subject>

const thing = (of: 'license' | 'contentProgram', body?: unknown): Class => ({ for: 'thing', of, body })

/** Whom the routes of licenses and their programs are for. */
export const licenseClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/licenses': { for: 'whole' },
  'GET /api/v1/licenses.csv': { for: 'whole' },
  // Refused as a whole to whoever may not see licenses; of one that is not there it holds nobody.
  'GET /api/v1/licenses/:id/seats.csv': { for: 'open', why: 'asks for the whole org by itself' },
  'GET /api/v1/licenses/missing': { for: 'whole' },
  'GET /api/v1/licenses/:id': thing('license'),
  'GET /api/v1/licenses/:id/seats': thing('license'),
  'POST /api/v1/licenses/:id/reclaim': thing('license'),
  'POST /api/v1/licenses/:id/retry': thing('license'),
  'POST /api/v1/programs/content': { for: 'whole', body: { token: 'none' } },
  'PUT /api/v1/programs/:id/content-token': thing('contentProgram', { token: 'none' }),
  'POST /api/v1/programs/:id/take-over': thing('contentProgram'),
  'POST /notify/apple/content/:id': { for: 'open', why: 'what is sent proves itself' },
}
