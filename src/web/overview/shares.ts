import type { GroupFragment, IndicatorCode, SharesFragment } from '../api/generated/graphql';

/** Returns one of some indicators; zeros for one that is not among them. */
export function shareOf(indicators: readonly SharesFragment[], code: IndicatorCode): SharesFragment {
  return indicators.find((each) => each.code === code) ?? { code, numerator: 0, denominator: 0 };
}

/** How many points of a group are planned, done and overdue. */
export function standOf({ planned, indicators }: Pick<GroupFragment, 'planned' | 'indicators'>) {
  return {
    planned,
    done: shareOf(indicators, 'DONE').numerator,
    overdue: shareOf(indicators, 'OVERDUE').numerator,
  };
}
