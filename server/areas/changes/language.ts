import { fold } from '../../base/text.ts'

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const shown = ['en', 'fr', 'sv', 'ja'].map(locale => new Intl.DisplayNames(locale, { type: 'language' }))
const common = [
  'en',
  'fr',
  'sv',
  'ja',
  'de',
  'es',
  'it',
  'nl',
  'da',
  'nb',
  'fi',
  'pl',
  'pt',
  'zh',
  'ko',
  'vi',
  'uk',
  'ar',
]

/** The code of a language written as a code (`ja`, `sv-SE`) or by its name in English, French, Swedish, Japanese or itself; null when there is no such language. */
export function languageOf(text: string): string | null {
  if (/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) {
    const code = canonical(text.replaceAll('_', '-'))
    if (code !== null && english.of(code) !== undefined) return code
  }
  const looked = fold(text)
  const own = (code: string): string => new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code
  return common.find(code => [own(code), ...shown.map(s => s.of(code) ?? '')].some(n => fold(n) === looked)) ?? null
}

function canonical(code: string): string | null {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null
  } catch {
    return null
  }
}
