import { secretParameter } from '../../modules/compute/parameter-names';
import type { Environment } from '../config/estate';
import { didYouMean } from '../config/problem';
import { InputError } from '../errors';
import { makeCommand } from '../terraform/output/command-text';
import { checkAccount } from '../terraform/aws/credentials';
import { inEachRegion } from '../terraform/stacks/in-each-region';
import { readSecret } from '../terraform/parameters/read-secret';
import {
  homeOf,
  parametersOwner,
  regionsOfService,
  serviceNamed,
} from '../terraform/parameters/service-parameters';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';

export interface SecretsOptions {
  readonly environment: string;
  readonly example?: string | undefined;
  /** With `name`: the secret that is written. @default none: all of them are listed */
  readonly service?: string | undefined;
  readonly name?: string | undefined;
}

/** Lists the secrets of all services, or writes one, in every region where its service runs. */
export async function runSecrets(
  options: SecretsOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const { name } = options;
  const environment = await outside.loadEnvironment(options);
  const service = options.service === undefined ? undefined : serviceNamed(environment, options.service);
  if (name === undefined) return list(environment, { ...options, service }, outside);
  if (service === undefined) {
    throw new InputError([
      `SERVICE must be given with NAME, got nothing; write it like ${makeCommand('secrets', target(options), `SERVICE=inventory NAME=${name}`)}`,
    ]);
  }
  return write(environment, service, name, outside);
}

interface Secret {
  readonly service: string;
  readonly name: string;
  readonly parameter: string;
}

async function list(
  environment: Environment,
  options: SecretsOptions,
  { callerAccount, parameters, reporter }: Surroundings,
): Promise<void> {
  const secrets = secretsOf(environment).filter(
    ({ service }) => options.service === undefined || service === options.service,
  );
  if (secrets.length === 0) return reporter.line(`no service of ${environment.name} has secrets`);
  await checkAccount(callerAccount, homeOf(environment));
  const regions = [...new Set(secrets.flatMap(({ service }) => regionsOfService(environment, service)))];
  const missing = new Set<Secret>();
  const lists = regions.map(async (region) => {
    const here = secrets.filter(({ service }) => regionsOfService(environment, service).includes(region));
    const present = await parameters.present(
      region,
      here.map(({ parameter }) => parameter),
    );
    return here.map((secret) => {
      if (present.has(secret.parameter)) return `${region}  ${secret.parameter}  present`;
      missing.add(secret);
      return `${region}  ${secret.parameter}  missing`;
    });
  });
  for (const line of (await Promise.all(lists)).flat()) reporter.line(line);
  for (const { service, name } of secrets.filter((secret) => missing.has(secret))) {
    const command = makeCommand('secrets', target(options), `SERVICE=${service} NAME=${name}`);
    reporter.line(`to write it from standard input: ${command}`);
  }
}

async function write(
  environment: Environment,
  service: string,
  name: string,
  { callerAccount, parameters, reporter, input }: Surroundings,
): Promise<void> {
  const known = environment.settings.services[service]?.secrets ?? [];
  if (!known.includes(name)) {
    throw new InputError([
      `NAME must be a secret of ${service} in ${environment.name}, got "${name}"; ${didYouMean(name, known)}`,
    ]);
  }
  await checkAccount(callerAccount, homeOf(environment));
  const value = await readSecret(input, reporter, `${name} of ${service} in ${environment.name}`);
  const parameter = secretParameter(environment.name, parametersOwner(environment, service), name);
  // the environment's key for parameters, by the alias that the foundation gives it
  const keyId = `alias/${environment.name}-parameters`;
  await inEachRegion(regionsOfService(environment, service), reporter, async (region) => {
    await parameters.write({ region, name: parameter, value, keyId });
    return `${parameter} written`;
  });
}

const secretsOf = (environment: Environment): readonly Secret[] =>
  Object.entries(environment.settings.services).flatMap(([service, { secrets }]) =>
    secrets.map((name) => ({
      service,
      name,
      parameter: secretParameter(environment.name, parametersOwner(environment, service), name),
    })),
  );

const target = ({ environment, example }: SecretsOptions) => ({ scope: environment, example });
