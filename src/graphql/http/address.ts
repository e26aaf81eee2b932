import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { LRUCache } from 'lru-cache';

/** Returns true for the address of a trusted proxy. */
export type TrustedProxies = (address: string) => boolean;

/** Maximum number of addresses whose check is cached. A request needs the check twice, and checking a list is slow. */
const MAX_CACHED_ADDRESSES = 1_000;

/** Returns the check for these addresses and ranges (CIDR). */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const isListed = (address: string) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
  const known = new LRUCache<string, boolean>({ max: MAX_CACHED_ADDRESSES, memoMethod: isListed });
  return (address) => known.memo(address);
}

/**
 * Returns the client address of a request: that of the connection, or behind trusted proxies the last address of
 * X-Forwarded-For that is not a trusted proxy.
 */
export function addressOf({ socket, headers }: IncomingMessage, isTrusted: TrustedProxies): string {
  let address = plainAddress(socket.remoteAddress ?? '');
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((each) => plainAddress(each.trim()))
    .toReversed();
  for (const before of forwarded) {
    if (!isTrusted(address) || isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** Returns an IPv4-mapped IPv6 address as IPv4. */
function plainAddress(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice('::ffff:'.length) : address;
}
