import { secretArn, secretsPath } from '../../modules/compute/parameter-names';
import { serviceNames } from '../../modules/compute/service-names';
import { Naming } from '../../modules/naming/naming';
import { parametersOwner } from '../../src/terraform/parameters/service-parameters';
import { parametersNeeded } from '../../src/terraform/stacks/stack-config';
import { everyEstate } from '../support/estates';
import type { Blocks } from '../support/harness';
import { isAllowed } from '../support/iam';
import { statementsOf } from '../support/statements';

/** How ECS reads a secret for a task, and KMS what it is encrypted with. */
describe.each(everyEstate)('secrets of $name', ({ estate, stacks }) => {
  const workloads = () => stacks().filter(({ place }) => place.layer === 'workload');
  const services = estate.environments.flatMap((environment) =>
    Object.keys(environment.settings.services).map((service) => ({
      environment: environment.name,
      owner: parametersOwner(environment, service),
      has: (environment.settings.services[service]?.secrets ?? []).length > 0,
    })),
  );

  test('come from no stack, so that no state holds a value', () => {
    for (const { id, resource, data } of stacks()) {
      expect(Object.keys(resource), id).not.toContain('aws_ssm_parameter');
      const read = Object.values(data['aws_ssm_parameter'] ?? {}).map(({ name }) => String(name));
      expect(
        read.filter((name) => !/^\/(releases|aws\/service)\//.test(name)),
        id,
      ).toEqual([]);
      expect(Object.keys(data), id).not.toContain('aws_ssm_parameters_by_path');
      expect(Object.keys(data), id).not.toContain('aws_secretsmanager_secret_version');
    }
  });

  test('are known to the driver, which plans and applies nothing without them', () => {
    const needed = workloads().flatMap(({ text, place }) => parametersNeeded(text, place.region));
    const secrets = new Set(needed.filter(({ secret }) => secret).map(({ name }) => name));
    const settled = estate.environments.flatMap((environment) =>
      Object.entries(environment.settings.services).flatMap(([service, { secrets = [] }]) =>
        secrets.map(
          (name) => `${secretsPath(environment.name, parametersOwner(environment, service))}/${name}`,
        ),
      ),
    );
    expect([...secrets].sort()).toEqual(settled.sort());
  });

  test('are read by the starting role of their own service alone, and by no task', () => {
    for (const { id, place, resource } of workloads()) {
      const policies = policiesByRole(resource);
      const keys = [...policies.values()].flat().flatMap(parameterKeys);
      const naming = new Naming({ environment: place.scope, account: place.account, region: place.region });
      for (const { owner, has } of services.filter(({ environment }) => environment === place.scope)) {
        const arn = secretArn(naming, owner, 'KEY');
        const readers = [...policies].filter(([, texts]) =>
          READING.some((action) => isAllowed(texts, { action, resource: arn })),
        );
        const own = serviceNames(naming, owner).executionRole;
        const runsHere = policies.has(own);
        expect(
          readers.map(([role]) => role),
          `${arn} in ${id}`,
        ).toEqual(has && runsHere ? [own] : []);
        const openers = [...policies].filter(([, texts]) => keys.some((key) => opens(texts, key, arn)));
        expect(
          openers.map(([role]) => role),
          `${arn} in ${id}`,
        ).toEqual(has && runsHere ? [own] : []);
      }
    }
  });
});

const READING = ['', 's', 'History', 'sByPath'].map((end) => `ssm:GetParameter${end}`);

/** Inline policies of each role, by its name. */
function policiesByRole(resource: Blocks): ReadonlyMap<string, readonly string[]> {
  const policies = new Map<string, string[]>();
  for (const { role, policy } of Object.values(resource['aws_iam_role_policy'] ?? {})) {
    const id = /aws_iam_role\.([\w-]+)\.name/.exec(String(role))?.[1] ?? '';
    const name = String(resource['aws_iam_role']?.[id]?.['name'] ?? role);
    policies.set(name, [...(policies.get(name) ?? []), String(policy)]);
  }
  return policies;
}

/** Keys that a policy opens for parameters. */
const parameterKeys = (policy: string): string[] =>
  statementsOf(policy)
    .filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes('PARAMETER_ARN'))
    .map(({ Resource }) => String(Resource));

const opens = (policies: readonly string[], resource: string, parameter: string) =>
  isAllowed(policies, {
    action: 'kms:Decrypt',
    resource,
    context: { 'kms:EncryptionContext:PARAMETER_ARN': parameter },
  });
