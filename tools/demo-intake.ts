import type { caller } from './call.ts'

/** A batch of iPads that comes in two days, with people, and with two lines that somebody has to mend. */
export async function seedIntake(
  call: ReturnType<typeof caller>,
  units: Readonly<Record<string, string>>,
): Promise<void> {
  const unit = units['top'] ?? ''
  const people = ((await call('GET', '/users?limit=20')).items ?? []) as { email: string | null }[]
  const blueprints = ((await call('GET', '/blueprints?limit=1')).items ?? []) as { id: string }[]
  const lines = Array.from({ length: 22 }, (_, i) => ({
    line: i + 2,
    serial: `DMPH${String(1000 + i * 7)}Q1GC`,
    assetTag: `HAV-${2600 + i}`,
    person: people[i]?.email ?? '',
  }))
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  await call('POST', '/intakes', {
    name: 'iPads for the new colleagues',
    day,
    zone: 'Europe/Stockholm',
    unit,
    blueprint: blueprints[0]?.id ?? null,
    note: 'Two pallets, delivered to reception at nine.',
    source: {
      kind: 'list',
      lines: [
        ...lines,
        { line: 24, raw: ';HAV-2622;;', serial: '', assetTag: 'HAV-2622' },
        { line: 25, raw: 'DMPH1000Q1GC;HAV-2623;;', serial: 'DMPH1000Q1GC', assetTag: 'HAV-2623' },
        {
          line: 26,
          raw: 'DMPH9999Q1GC;HAV-2624;nils.holm@havsten.example;',
          serial: 'DMPH9999Q1GC',
          person: 'nils.holm@havsten.example',
        },
      ],
    },
  })
}
