/** How far the run has got: a bar where a person looks on, else a line now and then. */
export interface Progress {
  update(done: number): void;
  /** Clears the bar. */
  end(): void;
}

export interface ProgressOptions {
  readonly total: number;
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In milliseconds. */
  now(): number;
}

const BAR_WIDTH = 30;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5000;

export function createProgress({ total, write, isTerminal, now }: ProgressOptions): Progress {
  const every = isTerminal ? BAR_EVERY_MS : LINE_EVERY_MS;
  let next = now() + every;
  let drawn = false;
  return {
    update(done) {
      const at = now();
      if (at < next) return;
      next = at + every;
      drawn = true;
      const share = total === 0 ? 1 : Math.min(done / total, 1);
      const counted = `${done} of ${total}`;
      if (!isTerminal) return write(`${counted}\n`);
      const filled = Math.round(share * BAR_WIDTH);
      write(`\r[${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${counted}`);
    },
    end() {
      if (isTerminal && drawn) write('\r\u001B[K');
    },
  };
}
