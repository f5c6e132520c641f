import fc from 'fast-check'

/** Property tests try the same cases on every machine, so that a failure is a change's and not chance's. FUZZ_SEED=random tries others; a number, those. */
const named = process.env.FUZZ_SEED
if (named !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: named === undefined ? 20_261_120 : Number(named) })
