import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the first page may weigh, gzipped: scripts that index.html needs, directly or by static import. */
const budget = 250_000

/** Prints the weight of the first paint after a build, and fails the build when it passes the budget. */
function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    apply: 'build',
    writeBundle(options, bundle) {
      const chunks = Object.values(bundle).filter(part => part.type === 'chunk')
      const byName = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
      const needed = new Set<string>()
      const walk = (fileName: string) => {
        if (needed.has(fileName)) return
        needed.add(fileName)
        for (const next of byName.get(fileName)?.imports ?? []) walk(next)
      }
      for (const chunk of chunks) if (chunk.isEntry) walk(chunk.fileName)
      const weigh = (name: string) => gzipSync(readFileSync(join(options.dir ?? 'dist', name))).length
      const total = [...needed].reduce((sum, name) => sum + weigh(name), 0)
      console.log(`first paint: ${(total / 1000).toFixed(1)} kB of script, gzipped, of ${budget / 1000} allowed`)
      if (total > budget) throw new Error('The first paint is over its budget.')
    },
  }
}

export default defineConfig({
  plugins: [react(), firstPaint()],
  build: {
    outDir: 'dist',
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: process.env['MUSTER_DEV'] ?? 'https://127.0.0.1:8443', secure: false } } },
})
