import fc from 'fast-check';

/**
 * Properties look at other values in every run, so that they find more over the days. Before a change is taken the same
 * values are looked at each time: what is refused there can be run again, and a chance find is nobody's other change.
 */
if (process.env.CI === 'true') fc.configureGlobal({ seed: 20_261_123 });
