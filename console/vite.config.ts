import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the first page of each entry may weigh, gzipped: scripts that its HTML needs, directly or by static import; of the console also Home and the first texts of the heaviest language. */
const budgets: Readonly<Record<string, number>> = { console: 250_000, my: 100_000 }

/** Prints the weight of the first paints after a build, and fails the build when one passes its budget. */
function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    apply: 'build',
    writeBundle(options, bundle) {
      const chunks = Object.values(bundle).filter(part => part.type === 'chunk')
      const byName = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
      const weigh = (name: string) => gzipSync(readFileSync(join(options.dir ?? 'dist', name))).length
      for (const entry of chunks.filter(chunk => chunk.isEntry)) {
        const needed = new Set<string>()
        const walk = (fileName: string) => {
          if (needed.has(fileName)) return
          needed.add(fileName)
          for (const next of byName.get(fileName)?.imports ?? []) walk(next)
        }
        walk(entry.fileName)
        const from = (end: RegExp) =>
          entry.name === 'console' ? chunks.filter(c => Object.keys(c.modules).some(module => end.test(module))) : []
        for (const chunk of from(/areas\/views\/Home\.tsx$/)) walk(chunk.fileName)
        const budget = budgets[entry.name] ?? 0
        const texts = from(/i18n\/(fr|sv|ja|en)\.first\.ts$/).map(chunk => weigh(chunk.fileName))
        const total = [...needed].reduce((sum, name) => sum + weigh(name), 0) + Math.max(0, ...texts)
        const said = `${(total / 1000).toFixed(1)} kB of script, gzipped, of ${budget / 1000} allowed`
        console.log(`first paint of ${entry.name}: ${said}`)
        if (total > budget) throw new Error('The first paint is over its budget.')
      }
    },
  }
}

export default defineConfig({
  plugins: [react(), firstPaint()],
  build: {
    outDir: 'dist',
    // The portal is a page of its own, so that a person's phone loads nothing of the console.
    rolldownOptions: { input: { console: 'index.html', my: 'my.html' } },
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: process.env['MUSTER_DEV'] ?? 'https://127.0.0.1:8443', secure: false } } },
})
