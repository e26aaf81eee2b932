import type { AccessCommand } from '../../../src/domain/access/commands.js';
import { decideAccess } from '../../../src/domain/access/decide.js';
import type { Given } from '../../../src/domain/actor.js';
import type { ChronicleEvent } from '../../../src/domain/chronicle.js';
import { decide } from '../../../src/domain/decide.js';
import type { LogEvent } from '../../../src/domain/log/events.js';
import type { OrganisationCommand } from '../../../src/domain/organisation/catalogue.js';
import { decideOrganisation } from '../../../src/domain/organisation/decide.js';
import type { PersonCommand } from '../../../src/domain/person/commands.js';
import { decidePerson } from '../../../src/domain/person/decide.js';
import { NOT_FORGOTTEN } from '../../../src/domain/person/person.js';
import type { PlanCommand } from '../../../src/domain/plan/catalogue.js';
import type { ExistingPlan } from '../../../src/domain/plan.js';
import type { Decision } from '../../../src/domain/refusal.js';
import type { StoredEvent } from '../../../src/engine/eventstore/port.js';
import { FOLDING } from '../../../src/projections/folding.js';
import type { AnyChange } from '../../../src/projections/model.js';
import { ON_AN_ORDINARY_DAY } from '../domain.js';
import { storedBy } from '../stored.js';

/** Decides commands one after another and folds their events as the projections do. A refused command is an error. */
export class Ledger {
  /** The changes that the read models get, in their order. */
  readonly changes: AnyChange[] = [];
  /** All events, including those that no read model gets. */
  readonly events: ChronicleEvent[] = [];
  /** Names of the commands that were accepted. */
  readonly given = new Set<string>();
  readonly #folds = new Map<string, typeof FOLDING.nothing>();
  readonly #revisions = new Map<string, number>();

  /** Executes a command on a plan. `only`: the number of its events that are stored, as in an interrupted import. */
  plan(planId: string, command: PlanCommand, over: Partial<Given> = {}, only?: number): void {
    const stream = `plan-${planId}`;
    const given = { ...ON_AN_ORDINARY_DAY, ...over };
    this.#add(stream, command.type, decide(this.#fold(stream).plan, command, given), given, only);
  }

  organisation(id: string, command: OrganisationCommand, over: Partial<Given> = {}): void {
    const stream = `org-${id}`;
    const given = { ...ON_AN_ORDINARY_DAY, ...over };
    this.#add(stream, command.type, decideOrganisation(this.#fold(stream).organisation, command, given), given);
  }

  access(id: string, command: AccessCommand, over: Partial<Given> = {}): void {
    const stream = `access-${id}`;
    const given = { ...ON_AN_ORDINARY_DAY, ...over };
    this.#add(stream, command.type, decideAccess(this.#fold(stream).holder, command, given), given);
  }

  person(id: string, command: PersonCommand, over: Partial<Given> = {}): void {
    const given = { ...ON_AN_ORDINARY_DAY, ...over };
    this.#add(`subject-${id}`, command.type, decidePerson(NOT_FORGOTTEN, command, given), given);
  }

  log(event: LogEvent): void {
    this.#append('log', event, ON_AN_ORDINARY_DAY);
  }

  /** Returns the present state of a plan. */
  planAt(planId: string): ExistingPlan {
    const { plan } = this.#fold(`plan-${planId}`);
    if (plan.status === 'ABSENT') throw new Error(`no plan ${planId}`);
    return plan;
  }

  #add(stream: string, name: string, decision: Decision<ChronicleEvent>, given: Given, only?: number): void {
    if (decision.kind === 'refused') throw new Error(`${name}: ${JSON.stringify(decision.refusal)}`);
    this.given.add(name);
    for (const event of decision.events.slice(0, only)) this.#append(stream, event, given);
  }

  #append(stream: string, event: ChronicleEvent, given: Given): void {
    const revision = this.#revisions.get(stream) ?? 0;
    const place = { stream, revision, recordedAt: given.now, command: `${stream}/${revision}` };
    const stored: StoredEvent = { ...storedBy(event, place, given), stream, revision, position: '1' };
    const { after, told } = FOLDING.step(this.#fold(stream), stored);
    this.#folds.set(stream, after);
    this.#revisions.set(stream, revision + 1);
    this.events.push(event);
    for (const { change } of told) this.changes.push(change);
  }

  #fold(stream: string) {
    return this.#folds.get(stream) ?? FOLDING.nothing;
  }
}
