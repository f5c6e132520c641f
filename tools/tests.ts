import './seed.ts'

// Loaded before the tests of a process. Whoever asked for them is gone, killed perhaps: nobody reads what they would say, and what they started must end with them.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
