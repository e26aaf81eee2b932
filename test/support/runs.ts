/**
 * Returns how many random values a property is tried with: all in the long run (`npm run test:long`), fewer in a default
 * run. The long run includes the files that are listed in `MORE_VALUES` (`jest/long.js`).
 */
export function runs(all: number, fewer: number): number {
  return process.env.TEST_LONG === '1' ? all : fewer;
}
