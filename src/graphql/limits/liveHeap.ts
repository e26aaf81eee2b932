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

/** How much of the heap live objects take after a full collection, in bytes. */
export interface MeasuredHeap extends HeapUse {
  readonly live: number;
  readonly limit: number;
  /** True when the heap was not tight before and is now, or the other way round. */
  readonly hasChanged: boolean;
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
   * @param onMeasured called after each full collection.
   * @param limit most bytes of the heap; by default the limit of this process.
   */
  constructor(onMeasured: (heap: MeasuredHeap) => void, limit: number = getHeapStatistics().heap_size_limit) {
    this.#observer = new PerformanceObserver((list) => {
      if (!list.getEntries().some((entry) => FullCollection.safeParse(entry).success)) return;
      const live = getHeapStatistics().used_heap_size;
      const wasTight = this.#isTight;
      this.#isTight = live > TIGHT_SHARE * limit;
      onMeasured({ live, limit, isTight: this.#isTight, hasChanged: this.#isTight !== wasTight });
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
