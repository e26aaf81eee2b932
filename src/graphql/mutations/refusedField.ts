/**
 * Returns the path in the input of a mutation for a field that the domain has refused. The two differ: a command names
 * the plan while the input may name a part of it, and the input may group fields that a command has side by side.
 *
 * @param input as the client sent it.
 * @param field path of the field in the command; null for none.
 */
export function refusedField(input: object, field: string | null): string | null {
  if (field === null) return null;
  const path = pathIn(input, field.split('.'));
  // If the field is not in the input, it was omitted there, and the path of the command is also that of the input.
  return (path ?? field.split('.')).join('.');
}

/** Input fields that name a part of a plan, and with it the plan. The main subject of the command comes first. */
const OF_PLAN = ['activityId', 'sectionId', 'reportId', 'requestId'] as const;

function pathIn(value: unknown, path: readonly string[]): readonly string[] | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  const given = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  const own = given.find(([name]) => name === step);
  if (own) return [step, ...(pathIn(own[1], rest) ?? rest)];
  if (step === 'planId') return OF_PLAN.filter((name) => given.some(([each]) => each === name)).slice(0, 1);
  // A command has the fields of an input group as its own fields. `basis` is an object in the command too.
  const groups = given.filter(([name, each]) => name !== 'basis' && typeof each === 'object');
  for (const [name, group] of groups) {
    const inner = !Array.isArray(group) && pathIn(group, path);
    if (inner) return [name, ...inner];
  }
  // One of several changes may consist only of an id, such as `exclude`.
  const [only, ...others] = given;
  return only && others.length === 0 && step.endsWith('Id') && typeof only[1] === 'string' ? [only[0]] : undefined;
}
