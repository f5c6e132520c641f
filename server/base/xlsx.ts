import { Readable } from 'node:stream'
import { offsetAt } from './zone.ts'

/** What a cell of a sheet holds. An instant is shown as date and time in the zone of the sheet, a day as it is written (`2026-03-31`). */
export type XlsxCell = string | number | boolean | null | { instant: number } | { day: string }

/** A workbook of one sheet; its rows may come one by one. */
export interface XlsxWish {
  /** The name of the sheet; what Excel does not take in a name is left out. */
  sheet: string
  titles: readonly string[]
  rows: Iterable<readonly XlsxCell[]> | AsyncIterable<readonly XlsxCell[]>
  zone: string
  /** The instant the file says it was made at. */
  at: number
}

const mostRows = 1_048_576
const longest = 32_767
const sampled = 60
const flushAt = 64 * 1024
const dayMs = 86_400_000
const epoch = Date.UTC(1899, 11, 30)
const styles = { head: 1, instant: 2, day: 3 } as const

/**
 * Writes a workbook (ECMA-376) and answers its bytes as they come to be; memory does not grow with its rows. Numbers are numbers and dates dates.
 * Text is only ever text: no cell is written as a formula, so none can be smuggled in. The head line stays in sight and can be filtered by.
 */
export async function* xlsx(wish: XlsxWish): AsyncGenerator<Uint8Array> {
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  const mtime = new Date(wish.at)
  for (const [name, text] of Object.entries(parts(wish))) zip.addBuffer(Buffer.from(text), name, { mtime })
  const sheet = Readable.from(sheetOf(wish))
  // A fault of the rows must end the file rather than leave its reader waiting.
  const broken = new Promise<never>((_, reject) => sheet.once('error', reject))
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { mtime })
  zip.end()
  const chunks = zip.outputStream[Symbol.asyncIterator]()
  broken.catch(() => undefined)
  for (;;) {
    const next = await Promise.race([chunks.next(), broken])
    if (next.done) return
    yield Buffer.from(next.value)
  }
}

/** A day and time as spreadsheets count them, for the wall clock of a zone. */
function serial(instant: number, zone: string): string {
  return String(Math.round(((instant + offsetAt(instant, zone) - epoch) / dayMs) * 1e8) / 1e8)
}

async function* sheetOf({ titles, rows, zone }: XlsxWish): AsyncGenerator<string> {
  const first: (readonly XlsxCell[])[] = []
  let line = 1
  let text = ''
  const put = (row: readonly XlsxCell[]): void => {
    line += 1
    if (line > mostRows) throw new RangeError('more rows than a sheet can hold')
    text += `<row r="${line}">${row.map((c, i) => cellOf(`${column(i)}${line}`, c, zone)).join('')}</row>`
  }
  let begun = false
  const begin = (): void => {
    begun = true
    text += opening(titles, first)
    for (const row of first) put(row)
  }
  for await (const row of rows) {
    if (begun) put(row)
    else if (first.push(row) >= sampled) begin()
    if (text.length < flushAt) continue
    yield text
    text = ''
  }
  if (!begun) begin()
  const end = titles.length === 0 ? '' : `<autoFilter ref="A1:${column(titles.length - 1)}${line}"/>`
  yield `${text}</sheetData>${end}</worksheet>`
}

function opening(titles: readonly string[], first: readonly (readonly XlsxCell[])[]): string {
  const widths = titles.map((title, i) => {
    const longestCell = Math.max(wide(title) + 2, ...first.map(r => lengthOf(r[i] ?? null)))
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(Math.max(longestCell + 2, 8), 60)}" customWidth="1"/>`
  })
  const head = titles.map((t, i) => textCell(`${column(i)}1`, t, styles.head)).join('')
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  const cols = widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${cols}<sheetData><row r="1">${head}</row>`
}

/** How wide a text is in characters; those of East Asia count twice. */
function wide(text: string): number {
  let width = 0
  for (const c of text) width += /[\u2e80-\uffef]/.test(c) ? 2 : 1
  return width
}

function lengthOf(cell: XlsxCell): number {
  if (typeof cell === 'object' && cell !== null) return 'instant' in cell ? 17 : 11
  return wide(String(cell ?? ''))
}

function cellOf(place: string, cell: XlsxCell, zone: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'string') return textCell(place, cell, 0)
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : textCell(place, String(cell), 0)
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if ('instant' in cell) return `<c r="${place}" s="${styles.instant}"><v>${serial(cell.instant, zone)}</v></c>`
  const day = Date.parse(`${cell.day}T00:00:00Z`)
  if (Number.isNaN(day)) return textCell(place, cell.day, 0)
  return `<c r="${place}" s="${styles.day}"><v>${(day - epoch) / dayMs}</v></c>`
}

function textCell(place: string, text: string, style: number): string {
  const as = style === 0 ? '' : ` s="${style}"`
  return `<c r="${place}"${as} t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, longest))}</t></is></c>`
}

/** Text as XML takes it. `_x0041_` would be read as a character, so its underscore is said that way itself (ECMA-376, ST_Xstring). */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The letters of a column: A, B, … Z, AA. */
function column(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : `${column(Math.floor(index / 26) - 1)}${letter}`
}

function parts({ sheet, at }: XlsxWish): Record<string, string> {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const schemas = 'http://schemas.openxmlformats.org'
  const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const name = escaped(
    sheet
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet 1',
  )
  const rel = `${schemas}/officeDocument/2006/relationships`
  const main = `xmlns="${schemas}/spreadsheetml/2006/main"`
  const override = (part: string, kind: string): string => `<Override PartName="/${part}" ContentType="${kind}"/>`
  return {
    '[Content_Types].xml': `${head}<Types xmlns="${schemas}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('xl/workbook.xml', `${kinds}.sheet.main+xml`)}${override('xl/worksheets/sheet1.xml', `${kinds}.worksheet+xml`)}${override('xl/styles.xml', `${kinds}.styles+xml`)}${override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${schemas}/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${schemas}/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${head}<cp:coreProperties xmlns:cp="${schemas}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Muster</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${new Date(at).toISOString()}</dcterms:created></cp:coreProperties>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${rel}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${schemas}/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${main}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F4"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf numFmtId="165" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`,
  }
}
