import { registerEnumType } from 'type-graphql';

/**
 * Registers a GraphQL enum of these values, each with its description. Returns the values by their names in the API:
 * `halfYear` is `HALF_YEAR` there.
 */
export function enumOf<T extends string>(
  name: string,
  description: string,
  values: Readonly<Record<T, string>>,
): Readonly<Record<string, string>> {
  const apiName = (value: string) => value.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return registered(name, description, values, apiName);
}

/** Registers a GraphQL enum with these values and their descriptions. Returns the values by their names. */
export function codesOf<T extends string>(
  name: string,
  description: string,
  values: Readonly<Record<T, string>>,
): Readonly<Record<string, string>> {
  return registered(name, description, values, (value) => value);
}

function registered(
  name: string,
  description: string,
  values: Readonly<Record<string, string>>,
  apiName: (value: string) => string,
): Readonly<Record<string, string>> {
  const entries = Object.fromEntries(Object.keys(values).map((value) => [apiName(value), value]));
  const valuesConfig = Object.fromEntries(
    Object.entries(values).map(([value, meaning]) => [apiName(value), { description: meaning }]),
  );
  registerEnumType(entries, { name, description, valuesConfig });
  return entries;
}
