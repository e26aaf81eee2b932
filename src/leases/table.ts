/** Who holds a lease. Each beat shows that the owner lives; each epoch is another ownership. */
export interface Lease {
  /** Empty: it was given back. */
  readonly owner: string;
  readonly epoch: number;
  readonly beat: number;
}

/** Where leases are kept: each is changed by compare-and-set. */
export interface LeaseTable {
  look(name: string): Promise<Lease | undefined>;
  /** Makes a lease that is not there yet; false when there is one. */
  begin(name: string, lease: Lease): Promise<boolean>;
  /** Changes a lease that is still as it was; false when it is not. */
  move(name: string, from: Lease, to: Lease): Promise<boolean>;
}
