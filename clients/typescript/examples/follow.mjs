// Prints each change as it happens: LETOPIS_KEY=… node examples/follow.mjs http://localhost:4000 [POSITION]
import { follow } from 'letopis-client';

const [address = 'http://localhost:4000', after] = process.argv.slice(2);
for await (const change of follow({ address, key: process.env.LETOPIS_KEY ?? '' }, { after })) {
  process.stdout.write(`${JSON.stringify(change)}\n`);
}
