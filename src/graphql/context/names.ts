import type { Principal } from '../../access/principal.js';
import { mayRead } from '../../application/policy.js';
import { proofNames } from '../../application/proof/planProof.js';
import type { ProofName } from '../../documents/printing/proofLines.js';
import { HIDDEN_NAME, inPlaceOfName, type PersonalText, type PrintedText, printWith } from '../../domain/personal.js';
import type { ReadDependencies } from '../answers/readDependencies.js';
import type { ExecutionScope } from '../executionScope.js';
import type { ContextServices } from '../services.js';

/** The request for names: the caller, and the way in which the names are read. */
interface NamesRequest {
  readonly principal: Principal;
  readonly reads: ReadDependencies;
  readonly execution: Pick<ExecutionScope, 'named' | 'way'>;
}

/**
 * Names of persons as the caller may see them. Names are stored sealed only, and each reading of one is recorded, so
 * answers with names are not cached.
 */
export class PersonNames {
  /**
   * Returns a printed text as the caller may see it. Names of persons are shown only to the roles that need them;
   * erased names are not shown. Records the names that the text shows.
   */
  readonly print: (text: PrintedText) => string;

  constructor(
    private readonly services: Pick<ContextServices, 'vault' | 'readings' | 'clock'>,
    private readonly request: NamesRequest,
  ) {
    // V8 allocates a function that is written in place as the value of a property in the old generation, where it would
    // keep the whole request in memory until the next major garbage collection. It allocates a function that another one
    // returns in the young generation.
    this.print = printingWith((person) => this.#shown(person));
  }

  /**
   * Returns the names of a proof as the caller may see them, and records the names that are shown.
   *
   * @param isShown false: all names stay encrypted.
   */
  forProof(names: readonly PersonalText[], isShown: boolean): Promise<readonly ProofName[]> {
    return proofNames(this.services.vault, names, isShown && this.#mayShow(), (subject) => this.noteShown([subject]));
  }

  /** Loads the keys of sealed names in values, so that {@link print} can open them. */
  learn(values: unknown): Promise<void> {
    return this.services.vault.learn(values);
  }

  /** Notes that the answer shows the names of these persons, as {@link print} does. */
  noteShown(subjects: readonly string[]): void {
    this.request.reads.uncacheable();
    for (const subject of subjects) this.request.execution.named.add(subject);
  }

  /** Writes the names that were shown so far to the log of readings. @throws AccessUnavailable */
  async record(): Promise<void> {
    const { named, way } = this.request.execution;
    if (named.size === 0) return;
    const { readings, clock } = this.services;
    const subjects = [...named];
    named.clear();
    await readings.record(this.request.principal.id, way, subjects, clock());
  }

  #shown(person: PersonalText): string {
    if (!this.#mayShow()) return HIDDEN_NAME;
    const { vault } = this.services;
    this.request.reads.uncacheable();
    const name = vault.open(person);
    if (name !== null) this.request.execution.named.add(person.subject);
    return name ?? inPlaceOfName(vault, person);
  }

  #mayShow(): boolean {
    return mayRead(this.request.principal, 'personalNames');
  }
}

function printingWith(shown: (person: PersonalText) => string): (text: PrintedText) => string {
  return (text) => printWith(text, shown);
}
