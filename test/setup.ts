import * as fc from 'fast-check';

// In CI the same cases every time: a change is judged by what it changes. Everywhere else new ones, to find what nobody thought of.
if (process.env.CI) {
  fc.configureGlobal({ seed: 27 });
}
