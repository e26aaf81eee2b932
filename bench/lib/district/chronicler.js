import { built } from '../dist.js';
import { hashOf, likeness } from './likeness.js';
import { staffOf } from './people.js';

const { importedPlanId } = await built('application/commands.js');
const { decide } = await built('domain/decide.js');
const { decideOrganisation } = await built('domain/organisation/decide.js');
const { organisationContextFrom } = await built('application/aggregates.js');
const { evolveOrganisation } = await built('domain/organisation/evolve.js');
const { NO_ORGANISATION } = await built('domain/organisation/organisation.js');
const { evolve } = await built('domain/evolve.js');
const { NO_PLAN } = await built('domain/plan.js');
const { NO_HASH } = await built('engine/log/merkle.js');
const { derivedId, eventId, toStore } = await built('engine/eventstore/envelope.js');
const { presentVersion } = await built('domain/recorded.js');

/** Number of events per transaction. */
const ENOUGH = 2_000;

/**
 * Writes plans with the real decisions into a real event store, without the slow parts of a command handler: states are
 * kept in memory, a name is not sealed again for each event, and all commands of a person at one time are one append.
 * The resulting events are those that the handler would have written, except for the reference to the previous event.
 */
export class Chronicler {
  #random;
  #store;
  #vault;
  #sealing;
  #submitted = [];
  #waiting = 0;
  #written = 0;
  seal;

  constructor(random, store, vault) {
    this.#random = random;
    this.#store = store;
    this.#vault = vault;
    this.#sealing = vault.sealing();
    this.seal = (person) => this.#sealing.seal(person);
  }

  /** Number of events submitted so far. */
  get written() {
    return this.#written;
  }

  /**
   * Returns a plan that is not begun yet.
   *
   * @param numbers its number, and the numbers of the plans that are copied from it.
   */
  plan([number, ...others], institution, organisation) {
    const sha256 = hashOf(number);
    const stream = `plan-${importedPlanId(sha256)}`;
    const plan = { number, sha256, stream, organisation, staff: staffOf(this.#random, institution), commands: 0 };
    const likenesses = others.map((other) => likeness(plan, other));
    return Object.assign(plan, { fold: NO_PLAN, revision: 'noStream', pending: [], likenesses });
  }

  /** Registers an organisation. Returns the organisation context for decisions on its plans. */
  async organisation(name, parent, timeZone, now) {
    const id = derivedId(`bench/organisation/${name}`);
    const staff = staffOf(this.#random, name);
    const actor = actorOf(staff.director);
    const command = { type: 'registerOrganisation', name, parentId: parent?.id ?? null, timeZone, settings: {} };
    const given = { actor, reason: null, basis: null, effectiveOn: null, now, organisation: parent };
    const decision = decideOrganisation(NO_ORGANISATION, command, given);
    if (decision.kind === 'refused') throw new Error(`${name} was refused`);
    const stream = `org-${id}`;
    const events = this.#stored(decision.events, {
      stream,
      by: staff.director,
      now,
      commandId: derivedId(`bench/${stream}`),
    });
    await this.#store.append(stream, 'noStream', events);
    this.#written += events.length;
    return organisationContextFrom(id, null, async () => decision.events.reduce(evolveOrganisation, NO_ORGANISATION));
  }

  /** Decides on a command. Returns true if it was accepted. Its events are pending until the next {@link submit}. */
  do(plan, { command, by, reason = null, basis = null }, now) {
    const actor = actorOf(plan.staff[by]);
    const decision = decide(plan.fold, command, {
      actor,
      reason,
      basis,
      effectiveOn: null,
      now,
      organisation: plan.organisation,
    });
    if (decision.kind === 'refused') return false;
    plan.commands += 1;
    const commandId = derivedId(`bench/${plan.stream}/${plan.commands}`);
    plan.fold = decision.events.reduce(evolve, plan.fold);
    const circumstances = { stream: plan.stream, by: plan.staff[by], now, commandId, reason, basis };
    plan.pending.push(...this.#stored(decision.events, circumstances));
    return true;
  }

  /**
   * Returns events in their stored form. Unlike those of a command handler, they do not refer to the previous event.
   */
  #stored(events, { stream, by, now, commandId, reason = null, basis = null }) {
    const sealed = this.seal({ person: by.name });
    const common = {
      stream,
      recordedAt: now,
      effectiveOn: null,
      actor: { ...actorOf(by), name: sealed },
      onBehalfOf: null,
      reason,
      basis,
      commandId,
      fingerprint: this.#vault.fingerprint(commandId),
      correlationId: commandId,
      causationId: null,
      client: sealed,
    };
    return events.map((event, ordinal) => {
      const id = eventId('', stream, commandId, ordinal);
      return toStore({ id, schemaVersion: presentVersion(event.type), ...common, event }, NO_HASH);
    });
  }

  /** Submits the pending events of a plan and of its copies; appends when there are enough for a transaction. */
  async submit(plan) {
    const { pending } = plan;
    if (pending.length === 0) return;
    plan.pending = [];
    this.#submitted.push({ plan, events: pending });
    for (const each of plan.likenesses) this.#submitted.push({ plan: each, events: each.events(pending) });
    this.#written += pending.length * (1 + plan.likenesses.length);
    this.#waiting += pending.length * (1 + plan.likenesses.length);
    if (this.#waiting >= ENOUGH) await this.flush();
  }

  /** Appends the submitted events in one transaction, because a disk sync for each plan would take most of the time. */
  async flush() {
    const submitted = this.#submitted;
    this.#submitted = [];
    this.#waiting = 0;
    await this.#sealing.ready();
    await Promise.all(
      submitted.map(async ({ plan, events }) => {
        plan.revision = (await this.#store.append(plan.stream, plan.revision, events)).lastRevision;
      }),
    );
  }
}

function actorOf({ id, role, post, organisation }) {
  return { id, role, post, organisation };
}
