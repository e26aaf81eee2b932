import { built } from '../dist.js';

const { importedPlanId } = await built('application/commands.js');

/**
 * Returns a copy of a plan, with other ids, another number and another file hash. Decisions take most of the time of
 * writing a district: some tens of plans are decided event by event, the others are copies of them.
 */
export function likeness(model, number) {
  const sha256 = hashOf(number);
  const stream = `plan-${importedPlanId(sha256)}`;
  const other = otherIds(number);
  const commands = new Map();
  const commandOf = (id) => {
    if (!commands.has(id)) commands.set(id, other(id));
    return commands.get(id);
  };
  return {
    stream,
    revision: 'noStream',
    /** Returns the model's events as events of this copy. */
    events(pending) {
      commands.clear();
      return pending.map(({ id, type, schemaVersion, body }) => {
        const newId = other(id);
        let text = body.replace(model.stream, stream).replace(id, newId);
        // The same id is used as commandId and correlationId.
        text = text.replace(
          /"(commandId|correlationId)":"([^"]+)"/g,
          (_, name, own) => `"${name}":"${commandOf(own)}"`,
        );
        if (type === 'PlanDrafted' || type === 'PlanImported') {
          text = text.replaceAll(model.sha256, sha256).replace(`(${model.number})`, `(${number})`);
        }
        return { id: newId, type, schemaVersion, body: text };
      });
    },
  };
}

/** Returns a placeholder for the hash of a plan's source file. */
export function hashOf(number) {
  return `${number}`.padStart(64, '0');
}

/** Returns a function that changes the first eight digits of an id, differently for each copy. */
function otherIds(number) {
  const mask = Math.imul(number, 2_654_435_761) >>> 0;
  return (id) => {
    const head = (Number.parseInt(id.slice(0, 8), 16) ^ mask) >>> 0;
    return `${head.toString(16).padStart(8, '0')}${id.slice(8)}`;
  };
}
