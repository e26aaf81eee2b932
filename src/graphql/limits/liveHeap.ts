import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { z } from 'zod';

/**
 * Maximum share of the heap limit for live objects; above it the heap counts as tight. The rest is needed for running
 * requests and for garbage.
 */
const TIGHT_SHARE = 0.6;

const FullCollection = z.object({ detail: z.object({ kind: z.literal(constants.NODE_PERFORMANCE_GC_MAJOR) }) });

/** State of the heap. While it is tight, because live objects take much of it, less work should run at once. */
export interface HeapUse {
  readonly isTight: boolean;
}

/** A measurement after a full garbage collection: the bytes of live objects, and the limit of the heap in bytes. */
export interface MeasuredHeap extends HeapUse {
  readonly live: number;
  readonly limit: number;
  /** True if the heap has just become tight, or has just stopped being tight. */
  readonly hasChanged: boolean;
}

/**
 * Measures after each full garbage collection how many bytes live objects take. Between collections most of the heap is
 * garbage, so its size is not meaningful.
 */
export class LiveHeap implements HeapUse {
  #isTight = false;
  readonly #observer: PerformanceObserver;

  /**
   * Begins to measure.
   *
   * @param onMeasured called after each full collection.
   * @param limit maximum bytes of the heap; by default the limit of this process.
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
