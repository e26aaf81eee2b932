/**
 * Returns where the input of a mutation has the field that the domain has refused: a command names the plan, where the
 * input may name a thing in it, and an input may group what a command has side by side.
 *
 * @param input as the client gave it.
 * @param field path of the field in the command; null for none.
 */
export function refusedField(input: object, field: string | null): string | null {
  if (field === null) return null;
  const path = pathIn(input, field.split('.'));
  // Without the field the input itself was left without it: the path of the command is that of the input.
  return (path ?? field.split('.')).join('.');
}

/** The fields of inputs that name a thing of a plan, and with it the plan: what the command is about comes first. */
const OF_PLAN = ['activityId', 'sectionId', 'reportId', 'requestId'] as const;

function pathIn(value: unknown, path: readonly string[]): readonly string[] | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  const given = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  const own = given.find(([name]) => name === step);
  if (own) return [step, ...(pathIn(own[1], rest) ?? rest)];
  if (step === 'planId') return OF_PLAN.filter((name) => given.some(([each]) => each === name)).slice(0, 1);
  // A basis is no group of what the command has side by side.
  const groups = given.filter(([name, each]) => name !== 'basis' && typeof each === 'object');
  for (const [name, group] of groups) {
    const inner = !Array.isArray(group) && pathIn(group, path);
    if (inner) return [name, ...inner];
  }
  // One of several changes that consists of an id alone, such as `exclude`.
  const [only, ...others] = given;
  return only && others.length === 0 && step.endsWith('Id') && typeof only[1] === 'string' ? [only[0]] : undefined;
}
