import { join } from 'node:path';
import { readMoves } from '../../../src/config/moves';
import { InputError } from '../../../src/errors';
import { temporaryFolders, writeFiles } from '../../support/folders';

const folder = temporaryFolders();
const FILE = 'environments/moves.json';

function read(text: string) {
  const where = folder();
  writeFiles(where, { 'moves.json': text });
  return readMoves(join(where, 'moves.json'), FILE);
}
const move = (resource: object) =>
  JSON.stringify([{ from: 'dev-us-east-1-foundation', to: 'dev-us-east-1-workload', resources: [resource] }]);

test('without a file nothing moves', () => {
  expect(readMoves(join(folder(), 'moves.json'), FILE)).toEqual({ file: FILE, list: [] });
});

test.each([
  ['[', `${FILE}: the file must be JSON, got something else; let make move write it`],
  [
    move({ from: 'network', to: 'aws_vpc.network', id: 'vpc-1' }),
    `${FILE}: 0.resources.0.from must be the address of a resource, got "network"; write it like aws_vpc.network`,
  ],
])('refuses %s', (text, line) => {
  expect(() => read(text)).toThrow(new InputError([line]));
});
