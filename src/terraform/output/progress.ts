import type { Reporter } from './reporter';

/** One line for each stack, as it ends; on a terminal also what is running. */
export class Progress {
  private readonly width: number;
  private readonly running = new Map<string, number>();
  private readonly paused = new Map<string, number>();

  constructor(
    private readonly reporter: Reporter,
    stacks: readonly { readonly id: string }[],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.width = Math.max(0, ...stacks.map(({ id }) => id.length));
  }

  start(id: string): void {
    this.running.set(id, this.now());
    this.showRunning();
  }

  /** For a stack whose line has to wait for others, while the time that it took is known. */
  pause(id: string): void {
    this.paused.set(id, this.seconds(id));
    this.running.delete(id);
    this.showRunning();
  }

  isPaused(id: string): boolean {
    return this.paused.has(id);
  }

  /** @param details lines that belong to it, such as why it failed */
  end(id: string, text: string, details: readonly string[] = []): void {
    const seconds = this.paused.get(id) ?? this.seconds(id);
    this.running.delete(id);
    const time = seconds === 0 ? '' : ` (${seconds} s)`;
    this.reporter.line(`${id.padEnd(this.width)}  ${text}${time}`);
    for (const detail of details) this.reporter.line(`  ${detail}`);
    this.showRunning();
  }

  private seconds(id: string): number {
    return Math.round((this.now() - (this.running.get(id) ?? this.now())) / 1000);
  }

  private showRunning(): void {
    if (this.running.size > 0) this.reporter.status(`${[...this.running.keys()].join(', ')} ...`);
  }
}
