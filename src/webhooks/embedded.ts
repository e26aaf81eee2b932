import { lookup } from 'node:dns';
import { BlockList, isIPv4, isIPv6, type LookupFunction } from 'node:net';

/**
 * IPv6 ranges that embed IPv4 addresses or are site-local, and that the filter of the agents considers public:
 * `::127.0.0.1` (RFC 4291), NAT64 (RFC 6052, RFC 8215), IPv4-translated (RFC 2765), 6to4 (RFC 3056), Teredo (RFC 4380),
 * site-local (RFC 3879).
 */
const EMBEDDING = [
  ...(['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '::ffff:0:0:0/96'] as const),
  ...(['2002::/16', '2001::/32', 'fec0::/10'] as const),
];

/** Blocks IPv6 addresses that can lead into an internal network by an embedded IPv4 address. */
export class EmbeddedAddresses {
  readonly #embedding = blockListOf(EMBEDDING);
  readonly #allowed: BlockList;
  /** Looks up a host name like `dns.lookup`. Fails when one of its addresses is blocked. */
  readonly lookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      const all = typeof address === 'string' ? [address] : (address ?? []).map((each) => each.address);
      const refused = error ? undefined : this.refusal(...all);
      callback(error ?? refused ?? null, address, family);
    });

  /** @param allowed addresses and CIDR ranges that are never blocked. */
  constructor(allowed: readonly string[]) {
    this.#allowed = blockListOf(allowed);
  }

  /**
   * Returns an error for the first blocked address, with the message of the agents' filter; undefined if there is none.
   */
  refusal(...addresses: readonly string[]): Error | undefined {
    const found = addresses.find(
      (address) => isIPv6(address) && this.#embedding.check(address, 'ipv6') && !this.#allowed.check(address, 'ipv6'),
    );
    return found === undefined
      ? undefined
      : new Error(`DNS lookup ${found}() is not allowed: it holds another address`);
  }
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
