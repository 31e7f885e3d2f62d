import { releaseParameter, secretParameter, secretsPath } from '../../../modules/compute/parameter-names';

test('a service that may read its secrets reads no release, and no secret of another', () => {
  expect(releaseParameter('prod', 'inventory')).toBe('/releases/prod/inventory');
  expect(secretsPath('prod', 'inventory')).toBe('/prod/inventory');
  expect(secretParameter('prod', 'inventory', 'TOKEN')).toBe('/prod/inventory/TOKEN');
});
