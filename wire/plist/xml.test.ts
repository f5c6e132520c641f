import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { type Dict, decode, encode, type Limits, type Plist, Real, Uid } from './plist.ts'
import { cpuMs } from '../../tools/cpu.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const APPLE = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
const raw = (text: string): Uint8Array => new TextEncoder().encode(text)
const plist = (inner: string): Uint8Array => raw(`${HEAD}${APPLE}<plist version="1.0">${inner}</plist>\n`)
const read = (inner: string, limits?: Limits): Plist => decode(plist(inner), limits)

function refuses(code: string, bytes: Uint8Array, limits?: Limits): void {
  assert.throws(
    () => decode(bytes, limits),
    (error: unknown) => error instanceof Malformed && error.code === code,
    `${code}: ${new TextDecoder().decode(bytes.subarray(0, 200))}`,
  )
}

test('text keeps its spaces, joins CDATA, drops comments and knows the five entities', () => {
  assert.equal(read('<string> a\t b </string>'), ' a\t b ')
  assert.equal(read('<string>a<![CDATA[<&amp;]]>b<!-- c -->d</string>'), 'a<&amp;bd')
  assert.equal(read('<string>&lt;&gt;&amp;&quot;&apos;&#8217;&#x1F600;&#13;</string>'), '<>&"\'’😀\r')
  assert.equal(read('<string/>'), '')
  assert.equal(read('<string ></string >'), '')
})

test('line ends are normalized before anything else', () => {
  assert.equal(read('<string>a\r\nb\rc\n</string>'), 'a\nb\nc\n')
  assert.deepEqual(read('<dict>\r\n<key>a</key>\r\n<true/>\r\n</dict>'), { a: true })
})

test('UTF-8 with a mark, and UTF-16 with and without one, read alike', () => {
  const text = `${HEAD}<plist><string>é😀</string></plist>`
  const le = Buffer.from(text, 'utf16le')
  const be = Buffer.from(le).swap16()
  const marked = [Buffer.concat([Buffer.of(0xff, 0xfe), le]), Buffer.concat([Buffer.of(0xfe, 0xff), be])]
  for (const bytes of [raw(text), raw(`\ufeff${text}`), le, be, ...marked]) assert.equal(decode(bytes), 'é😀')
  assert.equal(decode(raw(text.replace('UTF-8', 'UTF-16'))), 'é😀')
  refuses('plist.encoding', raw(text.replace('UTF-8', 'UTF-7')))
})

test('bytes that are no UTF-8 become replacement characters, for devices do name themselves so', () => {
  const bytes = Buffer.concat([raw('<plist><string>a'), Buffer.of(0xff, 0xc3), raw('</string></plist>')])
  assert.equal(decode(bytes), 'a\ufffd\ufffd')
})

test('integers are exact up to 64 bits, signed and unsigned, decimal and hexadecimal', () => {
  const cases: [string, number | bigint][] = [
    ['0', 0],
    ['-0', 0],
    [' +12\n', 12],
    ['0x1F', 31],
    ['-0x10', -16],
    ['9007199254740991', 2 ** 53 - 1],
    ['9007199254740992', 2n ** 53n],
    ['18446744073709551615', 2n ** 64n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
  ]
  for (const [text, value] of cases) assert.equal(read(`<integer>${text}</integer>`), value)
  for (const bad of [
    '',
    '1.0',
    '12abc',
    '1 2',
    '0x',
    '18446744073709551616',
    '-9223372036854775809',
    '9'.repeat(1e6),
  ]) {
    refuses('plist.integer', plist(`<integer>${bad}</integer>`))
  }
})

test('reals are read as written, also those that are no number', () => {
  assert.equal(read('<real>1.5e3</real>'), 1500)
  assert.ok(Object.is(read('<real>-0</real>'), -0))
  assert.ok(Number.isNaN(read('<real>nan</real>')))
  assert.equal(read('<real>+infinity</real>'), Number.POSITIVE_INFINITY)
  assert.equal(read('<real>-Inf</real>'), Number.NEGATIVE_INFINITY)
  assert.deepEqual(read('<real>2</real>', { exact: true }), new Real(2))
  for (const bad of ['', '1,5', '0x10', '1e', '.', `${'1'.repeat(500)}`])
    refuses('plist.real', plist(`<real>${bad}</real>`))
})

test('dates are ISO 8601 in UTC, before 1970 and after 9999, and impossible ones are refused', () => {
  assert.deepEqual(read('<date>2026-11-20T17:00:09Z</date>'), new Date('2026-11-20T17:00:09Z'))
  assert.deepEqual(read('<date>2026-11-20T17:00:09.25Z</date>'), new Date('2026-11-20T17:00:09.250Z'))
  assert.deepEqual(read('<date>0001-01-01T00:00:00Z</date>'), new Date('0001-01-01T00:00:00Z'))
  assert.deepEqual(read('<date>12026-01-01T00:00:00Z</date>'), new Date('+012026-01-01T00:00:00Z'))
  assert.deepEqual(read('<date>-0044-03-15T12:00:00Z</date>'), new Date('-000044-03-15T12:00:00Z'))
  const bad = [
    '',
    '2026-11-20',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+01:00',
  ]
  for (const text of [...bad, '999999-01-01T00:00:00Z', '2026-1-1T0:0:0Z'])
    refuses('plist.date', plist(`<date>${text}</date>`))
})

test('data is base64, folded or not, and anything else is refused', () => {
  assert.deepEqual(read('<data>\n\tAQID\n\tBA==\n</data>'), Uint8Array.of(1, 2, 3, 4))
  assert.deepEqual(read('<data/>'), new Uint8Array(0))
  for (const bad of ['A', 'AQ=D', '!!!!', 'AQID====', '-_-_']) refuses('plist.data', plist(`<data>${bad}</data>`))
})

test('a DTD of its own is refused whole: no entity is ever expanded, no file ever read', () => {
  const subset = (inner: string) => raw(`${HEAD}<!DOCTYPE plist [${inner}]><plist><string>&a;</string></plist>`)
  refuses('plist.doctype', subset('<!ENTITY a "x">'))
  refuses('plist.doctype', subset('<!ENTITY a SYSTEM "file:///etc/passwd">'))
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  refuses('plist.doctype', subset(`<!ENTITY l0 "ha">${laughs}`))
  for (const bad of ['&a;', '&', '&amp', '&#0;', '&#xD800;', '&#x110000;', '&#12a;', '&nbsp;', '&#;']) {
    refuses('plist.entity', plist(`<string>${bad}</string>`))
  }
  assert.equal(decode(raw(`${HEAD}<!DOCTYPE plist SYSTEM "file://localhost/x.dtd"><plist><true/></plist>`)), true)
})

test('what is not a property list is refused with a reason', () => {
  refuses('plist.root', raw('hello'))
  refuses('plist.truncated', raw(''))
  refuses('plist.root', raw('<dict/>'))
  refuses('plist.tag', plist(''))
  refuses('plist.truncated', raw('<plist/>'))
  refuses('plist.tag', plist('<true/><true/>'))
  refuses('plist.trailing', Buffer.concat([plist('<true/>'), raw('<x/>')]))
  refuses('plist.tag', plist('<dict><string>a</string></dict>'))
  refuses('plist.tag', plist('<dict><key>a</key></dict>'))
  refuses('plist.tag', plist('<array><key>a</key></array>'))
  refuses('plist.tag', plist('<array></dict>'))
  refuses('plist.tag', plist('<string><b/></string>'))
  refuses('plist.tag', plist('<strings>a</strings>'))
  refuses('plist.boolean', plist('<true>x</true>'))
  refuses('plist.character', plist('<string>\0</string>'))
})

test('a document cut off at any byte is malformed', () => {
  const whole = encode({ a: [1, new Real(2), 'x & y', new Date(0), Uint8Array.of(1)], b: { c: true } })
  const end = new TextDecoder().decode(whole).trimEnd().length
  for (let length = 0; length < end; length++)
    assert.throws(() => decode(whole.subarray(0, length)), Malformed, String(length))
})

test('depth, nodes and bytes are bounded', () => {
  const deep = (n: number) => plist(`${'<array>'.repeat(n)}${'</array>'.repeat(n)}`)
  assert.ok(decode(deep(64)))
  refuses('plist.depth', deep(65))
  refuses('plist.depth', deep(200_000))
  refuses('plist.depth', plist('<dict><key>a</key>'.repeat(200_000)))
  refuses('plist.nodes', plist(`<array>${'<true/>'.repeat(200_000)}</array>`))
  assert.equal((read(`<array>${'<true/>'.repeat(10)}</array>`, { maxNodes: 11 }) as Plist[]).length, 10)
  refuses('plist.nodes', plist(`<array>${'<true/>'.repeat(11)}</array>`), { maxNodes: 11 })
  refuses('plist.size', plist('<true/>'), { maxBytes: 10 })
})

test('documents made to hurt take time in proportion to their length', () => {
  const bombs: ((n: number) => string)[] = [
    n => `<string>${'&amp;'.repeat(n)}</string>`,
    n => `<string>${'<![CDATA[x]]>'.repeat(n)}</string>`,
    n => `<string>${'<!---->'.repeat(n)}</string>`,
    n => '<!---->'.repeat(n),
    n => '<!--'.repeat(n),
    n => `<string ${'a="" '.repeat(n)}/>`,
    n => `<string ${"'".repeat(n)}`,
    n => `<string>${'&'.repeat(n)}</string>`,
    n => `<integer>${' '.repeat(n)}1</integer>`,
    n => `<integer>${'1'.repeat(n)}</integer>`,
    n => `<real>${'1'.repeat(n)}x</real>`,
    n => `<data>${' '.repeat(n)}</data>`,
    n => `<date>${'1'.repeat(n)}</date>`,
    n => '\r'.repeat(n),
    n => `<dict>${'<key>a</key><true/>'.repeat(Math.min(n, 100_000))}</dict>`,
    n => '<?x '.repeat(n),
  ]
  for (const bomb of bombs) {
    const took = (n: number) => {
      const bytes = plist(bomb(n))
      return cpuMs(() => {
        try {
          decode(bytes)
        } catch (error) {
          assert.ok(error instanceof Malformed, String(error))
        }
      }, 1)
    }
    took(1000)
    // One that grows with the square takes far longer each time; what is swept up meanwhile, not each time.
    const tries = Array.from({ length: 5 }, () => () => took(200_000))
    assert.ok(
      tries.some(one => one() < 1000),
      String(bomb),
    )
  }
})

test('of a key that stands twice the last counts', () => {
  assert.deepEqual(read('<dict><key>a</key><true/><key>a</key><false/></dict>'), { a: false })
})

test('a name that every object has is only a key', () => {
  const value = read(
    '<dict><key>constructor</key><string>a</string><key>__proto__</key><string>b</string></dict>',
  ) as Dict
  assert.deepEqual(Object.entries(value), [
    ['constructor', 'a'],
    ['__proto__', 'b'],
  ])
})

test('what has no form in XML is refused when written', () => {
  const cycle: Plist[] = []
  cycle.push(cycle)
  const bad: unknown[] = [
    '\0',
    '\u0007',
    '\ud800',
    new Uid(1),
    2n ** 64n,
    new Date(Number.NaN),
    null,
    undefined,
    { a: undefined },
    () => 0,
    cycle,
  ]
  for (const value of bad) {
    assert.throws(
      () => encode(value as Plist),
      (error: unknown) => error instanceof Malformed && error.code === 'plist.unwritable',
    )
  }
})

test('text that looks like XML is only text', () => {
  const evil = '</string></dict><key>x</key><!ENTITY a "b">&lt;]]>'
  assert.deepEqual(decode(encode({ [evil]: evil })), { [evil]: evil })
})
