import type { TimeframeFragment } from '../api/generated/graphql';

/** The reading of a wording that a person has chosen. */
export interface ReadingValues {
  /** Index of a listed reading, `days` for entered days, `demand` for «as needed»; empty for none. */
  readonly reading: string;
  /** Days as YYYY-MM-DD; empty if none was chosen. */
  readonly from: string;
  readonly to: string;
}

/** Nothing was chosen. */
export const NO_READING: ReadingValues = { reading: '', from: '', to: '' };

/** Returns true if a person should choose or confirm the meaning of a wording: it is unknown, or partly assumed. */
export function isDoubtful({ confidence }: Pick<TimeframeFragment, 'confidence'>): boolean {
  return confidence !== 'CERTAIN';
}

/** Returns true when the values choose a reading completely. */
export function isChosen({ reading, to }: ReadingValues): boolean {
  return reading !== '' && (reading !== 'days' || to !== '');
}

/** Returns the chosen reading as the fields of a command. */
export function readingFrom({ reading, from, to }: ReadingValues) {
  switch (reading) {
    case '':
      return {};
    case 'demand':
      return { schedule: { kind: 'ON_DEMAND' as const } };
    case 'days':
      if (to === '') return {};
      return {
        schedule:
          from === ''
            ? { kind: 'DEADLINE' as const, dates: [to] }
            : { kind: 'DATES' as const, windows: [{ start: from, end: to }] },
      };
    default:
      return { reading: Number(reading) };
  }
}
