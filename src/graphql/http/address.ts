import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Tells addresses of proxies that are trusted to say for whom they ask. */
export type TrustedProxies = (address: string) => boolean;

/** The proxies of these addresses and ranges (CIDR). */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/**
 * The address that a request comes from: that of the connection, or where that is a trusted proxy the last one of X-Forwarded-For that is
 * none.
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

/** An IPv4 address without the IPv6 around it. */
function plainAddress(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice('::ffff:'.length) : address;
}
