/** CPU units, 1024 to a vCPU, and the least and most memory that Fargate offers with them, in MiB. */
interface TaskSize {
  readonly min: number;
  readonly max: number;
  /** Between two sizes. @default twice the one before */
  readonly step?: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const TASK_SIZES = {
  256: { min: 512, max: 2048 },
  512: { min: 1024, max: 4096, step: 1024 },
  1024: { min: 2048, max: 8192, step: 1024 },
  2048: { min: 4096, max: 16384, step: 1024 },
  4096: { min: 8192, max: 30720, step: 1024 },
  8192: { min: 16384, max: 61440, step: 4096 },
  16384: { min: 32768, max: 122880, step: 8192 },
} as const satisfies Record<number, TaskSize>;

export type TaskCpu = keyof typeof TASK_SIZES;
export const TASK_CPUS = [256, 512, 1024, 2048, 4096, 8192, 16384] as const satisfies readonly TaskCpu[];

/** Whether Fargate runs tasks of this size. */
export function isTaskSize(cpu: TaskCpu, memoryMiB: number): boolean {
  const { min, max, step }: TaskSize = TASK_SIZES[cpu];
  if (memoryMiB < min || memoryMiB > max) return false;
  return step === undefined ? Number.isInteger(Math.log2(memoryMiB / min)) : (memoryMiB - min) % step === 0;
}

/** The memory sizes that go with a CPU size, in the words of an error message. */
export function memoryInWords(cpu: TaskCpu): string {
  const { min, max, step }: TaskSize = TASK_SIZES[cpu];
  return step === undefined ? `${min}, ${2 * min} or ${max}` : `${min} to ${max} in steps of ${step}`;
}
