/** Which organisation belongs to which, as far as the chronicle was followed. */
export class OrganisationTree {
  readonly #parents = new Map<string, string | null>();
  /** Rises with every change, so that what was reckoned from it can be kept until then. */
  version = 0;

  /** An organisation belongs to another one from now on, or to none. */
  put(organisationId: string, parentId: string | null): void {
    if (this.#parents.get(organisationId) === parentId) return;
    this.#parents.set(organisationId, parentId);
    this.version += 1;
  }

  has(organisationId: string): boolean {
    return this.#parents.has(organisationId);
  }

  /** Organisations with all that belong to them, at any depth. */
  under(roots: readonly string[]): ReadonlySet<string> {
    const found = new Set(roots);
    const children = new Map<string, string[]>();
    for (const [id, parentId] of this.#parents) {
      if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id]);
    }
    // A set is gone through with what is added on the way.
    for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
    return found;
  }
}
