import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { z } from 'zod';

/**
 * Share of the heap limit that live objects may take before the heap counts as tight. The rest is for the requests at
 * work, and for objects that are garbage already.
 */
const TIGHT_SHARE = 0.6;

const FullCollection = z.object({ detail: z.object({ kind: z.literal(constants.NODE_PERFORMANCE_GC_MAJOR) }) });

/** Whether live objects take so much of the heap that less work should begin at once. */
export interface HeapUse {
  readonly isTight: boolean;
}

/**
 * Measures after each full garbage collection how much of the heap live objects take. Between collections most of the
 * heap is garbage, so its size says nothing.
 */
export class LiveHeap implements HeapUse {
  #isTight = false;
  readonly #observer: PerformanceObserver;

  /**
   * Begins to measure.
   *
   * @param onTight called after each full collection that leaves the heap tight, with the bytes of live objects.
   * @param limit most bytes of the heap; by default the limit of this process.
   */
  constructor(onTight: (live: number) => void, limit: number = getHeapStatistics().heap_size_limit) {
    this.#observer = new PerformanceObserver((list) => {
      if (!list.getEntries().some((entry) => FullCollection.safeParse(entry).success)) return;
      const live = getHeapStatistics().used_heap_size;
      this.#isTight = live > TIGHT_SHARE * limit;
      if (this.#isTight) onTight(live);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  get isTight(): boolean {
    return this.#isTight;
  }

  close(): void {
    this.#observer.disconnect();
  }
}
