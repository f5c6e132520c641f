import { flushCompileCache } from 'node:module'
import '../server/start.ts'

/** Loads the whole server once without starting it, so that its compiled form is in the cache (NODE_COMPILE_CACHE, set by the launcher). */
flushCompileCache()
process.exit(0)
