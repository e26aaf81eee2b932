import { TEXT_LIMITS } from '../api/generated/textLimits';

/** A query or mutation with texts. */
export type LimitedField = keyof typeof TEXT_LIMITS;
type TextPath = { [Name in LimitedField]: keyof (typeof TEXT_LIMITS)[Name] }[LimitedField];

/** Returns how many characters a text of a query or mutation may have; undefined if it has no such text. */
export function limitOf(name: LimitedField, path: TextPath): number | undefined {
  const limits: Readonly<Record<string, Readonly<Record<string, number>>>> = TEXT_LIMITS;
  return limits[name]?.[path];
}
