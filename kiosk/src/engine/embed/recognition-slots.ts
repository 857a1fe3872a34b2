// Which recognition models are open: the current one and, during a roll-over, the next. Changing them never disturbs an
// embedding that is under way, and a model that cannot be opened changes nothing.
//
//   current A, next null ──use(A, B)──▶ current A, next B ──use(B, null)──▶ current B, next null
//                                                         (B stays open, A is closed when its last run is over)

import { err, InvariantError, ok, type Result } from '@hazri/shared/result';
import type { Network } from '../network.js';
import type { EngineModelIds, RecognitionModels } from '../port.js';

/** One open model. */
interface Slot {
  readonly modelId: string;
  readonly network: Network;
}

type Opening = (modelId: string) => Promise<Network | null>;

export class RecognitionSlots {
  #current: Slot | null = null;
  #next: Slot | null = null;
  #changes: Promise<unknown> = Promise.resolve();

  constructor(private readonly open: Opening) {}

  /** The model that decides. Throws InvariantError before the first successful `use`. */
  get current(): Slot {
    if (!this.#current) throw new InvariantError('no recognition model was opened');
    return this.#current;
  }

  get next(): Slot | null {
    return this.#next;
  }

  get modelIds(): Pick<EngineModelIds, 'recognition' | 'nextRecognition'> {
    const recognition = this.current.modelId;
    return this.#next ? { recognition, nextRecognition: this.#next.modelId } : { recognition };
  }

  /** Opens what is not open yet, then switches at once. Calls are done one after another. */
  use(models: RecognitionModels): Promise<Result<null, 'ENGINE_MODEL_UNKNOWN'>> {
    const change = this.#changes.then(() => this.#change(models));
    this.#changes = change.catch(() => undefined);
    return change;
  }

  async close(): Promise<void> {
    await this.#changes;
    await closeAll(this.#opened());
  }

  #opened(): Slot[] {
    return [this.#current, this.#next].filter((slot) => slot !== null);
  }

  async #change({ current, next }: RecognitionModels): Promise<Result<null, 'ENGINE_MODEL_UNKNOWN'>> {
    const before = this.#opened();
    const made: Slot[] = [];
    const slotOf = async (modelId: string): Promise<Slot | null> => {
      const known = [...before, ...made].find((slot) => slot.modelId === modelId);
      if (known) return known;
      const network = await this.open(modelId);
      if (!network) return null;
      const slot = { modelId, network };
      made.push(slot);
      return slot;
    };
    const currentSlot = await slotOf(current);
    const nextSlot = next === null || next === current ? null : await slotOf(next);
    if (!currentSlot || (next !== null && next !== current && !nextSlot)) {
      await closeAll(made);
      return err('ENGINE_MODEL_UNKNOWN');
    }
    this.#current = currentSlot;
    this.#next = nextSlot;
    await closeAll(before.filter((slot) => slot !== currentSlot && slot !== nextSlot));
    return ok(null);
  }
}

async function closeAll(slots: readonly Slot[]): Promise<void> {
  await Promise.all(slots.map(({ network }) => network.close()));
}
