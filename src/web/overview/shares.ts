import type { GroupFragment, IndicatorCode, SharesFragment } from '../api/generated/graphql';
import { compareNames } from '../words/names';

/** Returns the indicator with this code; an indicator with zeros if there is none. */
export function shareOf(indicators: readonly SharesFragment[], code: IndicatorCode): SharesFragment {
  return indicators.find((each) => each.code === code) ?? { code, numerator: 0, denominator: 0 };
}

/** Returns organisations by name; those without plans stay among the others, plans without organisation come last. */
export function byName<Group extends Pick<GroupFragment, 'key' | 'label'>>(groups: readonly Group[]): Group[] {
  return groups.toSorted((a, b) => Number(a.key === '') - Number(b.key === '') || compareNames(a.label, b.label));
}

/** Returns the numbers of planned, done and overdue points of a group. */
export function standOf({ planned, indicators }: Pick<GroupFragment, 'planned' | 'indicators'>) {
  return {
    planned,
    done: shareOf(indicators, 'DONE').numerator,
    overdue: shareOf(indicators, 'OVERDUE').numerator,
  };
}
