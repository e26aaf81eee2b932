import { built } from '../dist.js';
import { hashOf, likeness } from './likeness.js';
import { staffOf } from './people.js';

const { importedPlanId } = await built('application/handler.js');
const { decide } = await built('domain/decide.js');
const { decideOrganisation } = await built('domain/organisation/decide.js');
const { NO_ORGANISATION } = await built('domain/organisation/organisation.js');
const { evolve } = await built('domain/evolve.js');
const { NO_PLAN } = await built('domain/plan.js');
const { NO_HASH } = await built('audit/log/merkle.js');
const { derivedId, eventId, toStore } = await built('eventstore/envelope.js');
const { presentVersion } = await built('eventstore/upcasters.js');

/** Events that are worth a transaction. */
const ENOUGH = 2_000;

/**
 * Writes plans by the real decisions into a real chronicle, without what makes a command handler slow: folds are kept
 * and not looked up, a name is not sealed anew for each event, and what one person does in one sitting is one append.
 * What lies in the chronicle afterwards is what the handler would have put there.
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

  /** Events submitted so far. */
  get written() {
    return this.#written;
  }

  /**
   * A plan that is not begun yet.
   *
   * @param numbers its own, and those of the plans that are to have the same year.
   */
  plan([number, ...others], institution, organisation) {
    const sha256 = hashOf(number);
    const stream = `plan-${importedPlanId(sha256)}`;
    const plan = { number, sha256, stream, organisation, staff: staffOf(this.#random, institution), commands: 0 };
    const likenesses = others.map((other) => likeness(plan, other));
    return Object.assign(plan, { fold: NO_PLAN, revision: 'noStream', pending: [], likenesses });
  }

  /** Registers an organisation; what plans of it stand on. */
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
    return { id, timeZone, settings: decision.events[0].data.settings, isOwn: false };
  }

  /** Decides on a deed; true when it was not refused. Its events wait for the next {@link submit}. */
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

  /** Events in the form of the chronicle, as a command handler would have recorded them. */
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

  /** Takes what waits in a plan for the chronicle, and the same for its likenesses; appends when there is enough of it. */
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

  /** Appends what was submitted, in one transaction: a disk that syncs after each sitting would be all that is seen. */
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
