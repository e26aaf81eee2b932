/** The stored state of a lease. */
export interface Lease {
  /** Name of the owner; empty if the lease was released. */
  readonly owner: string;
  /** Incremented with each change of the owner. */
  readonly epoch: number;
  /** Incremented with each renewal. */
  readonly beat: number;
}

/** Stores leases. They change by compare-and-set only. */
export interface LeaseTable {
  /** Returns a lease; undefined when it was never taken. */
  look(name: string): Promise<Lease | undefined>;
  /** Creates a lease. Returns false when it exists. */
  begin(name: string, lease: Lease): Promise<boolean>;
  /** Replaces the state `from` of a lease by `to`. Returns false when its state is another one. */
  move(name: string, from: Lease, to: Lease): Promise<boolean>;
}
