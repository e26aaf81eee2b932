import { lookup } from 'node:dns';
import { BlockList, isIPv4, isIPv6, type LookupFunction } from 'node:net';

/**
 * Ranges of IPv6 that hold addresses of IPv4, or of a site, and that the filter of the agents takes for public: `::127.0.0.1` (RFC 4291),
 * NAT64 (RFC 6052, RFC 8215), IPv4-translated (RFC 2765), 6to4 (RFC 3056), Teredo (RFC 4380), site-local (RFC 3879).
 */
const EMBEDDING = [
  ...(['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '::ffff:0:0:0/96'] as const),
  ...(['2002::/16', '2001::/32', 'fec0::/10'] as const),
];

/** Finds addresses of IPv6 that lead into this network by an address of IPv4 within them. */
export class EmbeddedAddresses {
  readonly #embedding = listOf(EMBEDDING);
  readonly #allowed: BlockList;
  /** Looks up a name as `dns.lookup` does, and fails for one that has such an address. */
  readonly lookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      const all = typeof address === 'string' ? [address] : (address ?? []).map((each) => each.address);
      const refused = error ? undefined : this.refusal(...all);
      callback(error ?? refused ?? null, address, family);
    });

  /** @param allowed addresses and ranges that may be called all the same. */
  constructor(allowed: readonly string[]) {
    this.#allowed = listOf(allowed);
  }

  /** An error in the words of the filter for the first of the addresses that may not be called; undefined when all may be. */
  refusal(...addresses: readonly string[]): Error | undefined {
    const found = addresses.find(
      (address) => isIPv6(address) && this.#embedding.check(address, 'ipv6') && !this.#allowed.check(address, 'ipv6'),
    );
    return found === undefined
      ? undefined
      : new Error(`DNS lookup ${found}() is not allowed: it holds another address`);
  }
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
