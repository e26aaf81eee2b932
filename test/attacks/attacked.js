import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { answering } from '../../bench/lib/child.js';
import { built } from '../../bench/lib/dist.js';

// The attacked server, in a separate process that reports stalls and memory.
const { readConfig } = await built('app/config.js');
const { serve } = await built('app/serve.js');
const { path, clock, key } = JSON.parse(process.argv[2]);

const config = readConfig({
  ...{ LETOPIS_DATA: path, LETOPIS_PORT: '0', LETOPIS_SAMPLE: 'off', LETOPIS_CLOCK: clock, LETOPIS_BOOTSTRAP_KEY: key },
  ...{ LETOPIS_PUBLIC: 'on' },
});
const server = await serve(config, pino({ level: 'silent' }));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let peak = process.memoryUsage();
const watching = setInterval(() => {
  const now = process.memoryUsage();
  if (now.rss > peak.rss) peak = now;
}, 20);

answering(
  { address: server.address },
  {
    /** Restarts the measurement. */
    begin() {
      delay.reset();
      peak = process.memoryUsage();
      return {};
    },
    /**
     * Returns since the last `begin` the longest stall of the event loop in milliseconds, the peak memory in bytes,
     * with the parts in the heap (including free pages) and outside it.
     */
    fared: () => ({ stall: delay.max / 1e6, peak: peak.rss, heap: peak.heapTotal, external: peak.external }),
  },
  async () => {
    clearInterval(watching);
    await server.close();
  },
);
