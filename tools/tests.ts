import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import './keys.ts'
import './seed.ts'

// Loaded before the tests of a process. Whoever asked for them is gone, killed perhaps: nobody reads what they would say, and what they started must end with them.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()

// Where a name has two addresses Node gives up on the first after half a second, and so long the process of a test may well be busy itself: the server that listens there would be missed.
setDefaultAutoSelectFamilyAttemptTimeout(60_000)
