import fc from 'fast-check';

/** Property tests try the same cases in every run, so that a run repeats; another seed (`FUZZ_SEED`) tries others. */
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_260_901) });
