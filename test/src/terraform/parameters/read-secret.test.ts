import { PassThrough } from 'node:stream';
import { InputError, RunError } from '../../../../src/errors';
import { readSecret } from '../../../../src/terraform/parameters/read-secret';

const lines: string[] = [];
const reporter = { line: (text: string) => lines.push(text), warn: () => undefined, status: () => undefined };
beforeEach(() => void lines.splice(0));

function piped(...chunks: readonly (string | Buffer)[]) {
  const input = new PassThrough();
  for (const chunk of chunks) input.write(chunk);
  input.end();
  return input;
}

function terminal(...chunks: readonly (string | Buffer)[]) {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    modes,
    setRawMode: (mode: boolean) => modes.push(mode),
  });
  for (const chunk of chunks) input.write(chunk);
  return input;
}

it.each([
  ['plain', ['value'], 'value'],
  ['with a line break at its end', ['value\n'], 'value'],
  ['with a line break of Windows', ['value\r\n'], 'value'],
  ['with line breaks inside', ['-----BEGIN\nabc\n-----END\n\n'], '-----BEGIN\nabc\n-----END\n'],
  ['with spaces around', [' value '], ' value '],
  ['in pieces that cut a character', [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)], 'ä'],
])('reads what is piped in, %s', async (_, chunks, value) => {
  expect(await readSecret(piped(...chunks), reporter, 'KEY')).toBe(value);
  expect(lines).toEqual([]);
});

it.each([[['']], [['\n']]])('refuses an empty value', async (chunks) => {
  await expect(readSecret(piped(...chunks), reporter, 'KEY of api in dev')).rejects.toThrow(
    new InputError([
      'the value of KEY of api in dev must come from standard input, got nothing; pipe it in, or type it when asked',
    ]),
  );
});

it('refuses what does not fit, without showing it', async () => {
  await expect(readSecret(piped('ä'.repeat(2049)), reporter, 'KEY')).rejects.toThrow(
    new InputError(['the value of KEY must have at most 4096 bytes, got 4098; shorten it']),
  );
  expect(await readSecret(piped('ä'.repeat(2048)), reporter, 'KEY')).toHaveLength(2048);
});

it('asks on a terminal without showing what is typed', async () => {
  const input = terminal('vax', '\u007f', 'lue', '\r', 'more');
  expect(await readSecret(input, reporter, 'KEY of api in dev')).toBe('value');
  expect(input.modes).toEqual([true, false]);
  expect(lines).toEqual(['Value of KEY of api in dev, which is not shown; end with Enter:']);
});

it('puts a typed character together that arrives in two halves', async () => {
  const input = terminal(Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1), '\r');
  expect(await readSecret(input, reporter, 'KEY')).toBe('ä');
});

it('ends with Ctrl-D as with Enter', async () => {
  expect(await readSecret(terminal('value\u0004'), reporter, 'KEY')).toBe('value');
});

it('gives up with Ctrl-C, and gives the terminal back', async () => {
  const input = terminal('val\u0003');
  await expect(readSecret(input, reporter, 'KEY')).rejects.toThrow(
    new RunError('KEY was not written: interrupted'),
  );
  expect(input.modes).toEqual([true, false]);
});
