import { isTaskSize, memoryInWords, TASK_CPUS, type TaskCpu } from '../../../modules/compute/task-sizes';

/** As the table of AWS has it, in GiB. */
const OFFERED: Record<TaskCpu, number[]> = {
  256: [0.5, 1, 2],
  512: [1, 2, 3, 4],
  1024: [2, 3, 4, 5, 6, 7, 8],
  2048: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  4096: Array.from({ length: 23 }, (_, index) => 8 + index),
  8192: [16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60],
  16384: [32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120],
};

test.each(TASK_CPUS)('offers with cpu %i the memory that Fargate does, and no other', (cpu) => {
  const sizes = Array.from({ length: 2 * 125 }, (_, index) => 512 * (index + 1));
  expect(sizes.filter((size) => isTaskSize(cpu, size))).toEqual(OFFERED[cpu].map((gib) => gib * 1024));
});

test('offers no size between two steps', () => {
  expect(isTaskSize(256, 1000)).toBe(false);
  expect(isTaskSize(512, 1025)).toBe(false);
  expect(isTaskSize(256, 0)).toBe(false);
  expect(isTaskSize(256, -512)).toBe(false);
});

test('says the sizes in words', () => {
  expect(memoryInWords(256)).toBe('512, 1024 or 2048');
  expect(memoryInWords(2048)).toBe('4096 to 16384 in steps of 1024');
  expect(memoryInWords(16384)).toBe('32768 to 122880 in steps of 8192');
});
