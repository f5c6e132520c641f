/** An app as the store sells it. Names and numbers are made up where they are not common knowledge. */
export interface StoreApp {
  id: number
  bundle: string
  name: string
  publisher: string
  version: string
  minimumOs: string
  kind: 'software' | 'mac-software' | 'ebook'
  /** Countries in which it is sold; everywhere when absent. */
  countries?: readonly string[]
}

/** What the played store sells. */
export const storeApps: readonly StoreApp[] = [
  ['501000001', 'com.example.fieldbook', 'Fältboken', 'Havsten Mät', '4.2.0', '16.0'],
  ['501000002', 'com.example.timetable', 'Timetable', 'Lumen Schools', '7.1', '15.0'],
  ['501000003', 'com.example.ledger', 'Ledger', 'Kontor AB', '12.0.3', '16.0'],
  ['501000004', 'com.example.signage', 'Signage', 'Lumen Schools', '2.9', '15.0'],
  ['501000005', 'com.example.reader', 'Reader', 'Papier Bleu', '3.4.1', '15.0'],
  ['501000006', 'com.example.sketch', 'Sketch Pad', 'Atelier Nord', '9.0', '17.0'],
  ['501000007', 'com.example.calc', 'Calc', 'Kontor AB', '1.8', '14.0'],
  ['501000008', 'com.example.meet', 'Meet', 'Samtal', '21.3', '16.0'],
  ['501000009', 'com.example.scan', 'Scan', 'Papier Bleu', '5.5', '15.0'],
  ['501000010', 'com.example.maps', 'Site Maps', 'Havsten Mät', '6.0', '16.0'],
  ['501000011', 'com.example.future', 'Future', 'Atelier Nord', '1.0', '99.0'],
].map(([id = '', bundle = '', name = '', publisher = '', version = '', minimumOs = '']) => ({
  id: Number(id),
  bundle,
  name,
  publisher,
  version,
  minimumOs,
  kind: 'software' as const,
}))

const more: readonly StoreApp[] = [
  ...[
    { id: 504000001, bundle: 'com.example.drawingblock', name: 'Ritblock', version: '5.2' },
    { id: 504000002, bundle: 'com.example.fieldreport', name: 'Fältrapport', version: '2.0.1' },
  ].map(a => ({ ...a, publisher: 'Nordlicht Software', minimumOs: '16.0', kind: 'software' as const })),
  {
    id: 502000001,
    bundle: 'com.example.studio',
    name: 'Studio',
    publisher: 'Atelier Nord',
    version: '3.1',
    minimumOs: '13.0',
    kind: 'mac-software',
  },
  {
    id: 503000001,
    bundle: '',
    name: 'Handbok för montörer',
    publisher: 'Havsten Mät',
    version: '1.0',
    minimumOs: '',
    kind: 'ebook',
  },
]

/** Everything in the store. */
export const everything: readonly StoreApp[] = [...storeApps, ...more]

/** By which name a device knows what the store calls by this number; null when the store has no such thing. */
export function bundleOf(id: number): string | null {
  return everything.find(app => app.id === id)?.bundle ?? null
}
